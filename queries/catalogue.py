"""The saved queries: the `.rq` files of this folder, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import QueryError
from queries.header import read_header, split_header
from queries.parameters import Parameter, find_parameters
from queries.sparql_text import blanked, prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

WHERE = re.compile(r"^WHERE \{$", re.MULTILINE)


@dataclass(frozen=True)
class SavedQuery:
    """A query with a name: its SPARQL text (header left out) and what its header says of it.

    `text` has its outermost group opened by a line `WHERE {` of its own, where values are bound.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, if there is one."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)


def read_query(name: str, source: str) -> SavedQuery:
    """Read one saved query from the text of its file.

    Raises QueryError where the header, a parameter or the layout breaks the conventions.
    """
    head, text = split_header(source)
    header = read_header(head, name)
    syntax = blanked(text)
    if len(WHERE.findall(syntax)) != 1:
        raise QueryError("the line `WHERE {` must stand once, at the start of a line", input=name)
    parameters = find_parameters(syntax, header.defaults, header.choices, prefixes(text), name)
    return SavedQuery(name, header.summary, header.description, header.tags, parameters, text)


@cache
def catalogue() -> Mapping[str, SavedQuery]:
    """All saved queries by name, in alphabetical order."""
    sources = {path.name: path.read_text("utf8") for path in files("queries").iterdir() if path.name.endswith(".rq")}
    names = sorted(name.removesuffix(".rq") for name in sources)
    return MappingProxyType({name: read_query(name, sources[f"{name}.rq"]) for name in names})
