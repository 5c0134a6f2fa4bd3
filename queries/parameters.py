"""Parameters of saved queries: how their variables are named, and how a value given as text becomes RDF terms.

Names follow grlc: `?_since_date` is required, `?__since_date` optional; the parameter is called `since` and is of
type `date`. A name has no underscore in it, a type is one of `types.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError, QueryError
from ontology import WD, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Term = Literal | NamedNode

_SCHEMES = ("http://", "https://", "urn:")
_VARIABLE = re.compile(r"[?$](?P<variable>(?P<mark>__?)(?P<name>[A-Za-z0-9]+)(?:_(?P<type>\w+))?)\b")
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")

TYPES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    files(__name__.partition(".")[0]).joinpath("types.toml").read_text("utf8")
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a saved query; `variable` is its SPARQL name without the question mark.

    `choices` are the only values allowed, where there are any; for IRIs, `prefixes` are those of the query.
    """

    name: str
    variable: str
    type: str
    optional: bool
    default: str | None = None
    choices: tuple[str, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return not self.optional and self.default is None

    @property
    def short_choices(self) -> tuple[str, ...]:
        """The choices as a person may write them: of an IRI, what stands after its last `#` or `/`."""
        return tuple(_local_name(choice) for choice in self.choices)

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        return f"one of {', '.join(self.short_choices)}" if self.choices else str(TYPES[self.type]["expected"])

    def terms(self, value: str) -> tuple[Term, ...]:
        """The RDF terms that the value stands for, any of which may match.

        Raises ParameterError, which names the parameter, the value and what is expected.
        """
        try:
            value.encode("utf8")
            return _READERS.get(self.type, _literal)(self, self._chosen(value))
        except ValueError as error:
            raise self.refused(value) from error

    def refused(self, value: str) -> ParameterError:
        """The error that says that the value does not fit."""
        shown = value if len(value) <= 80 else value[:79] + "…"
        return ParameterError(
            f"{shown!r} is not {self.expected}", input=f"parameter {self.name}", remedy=f"Give {self.expected}"
        )

    def _chosen(self, value: str) -> str:
        if not self.choices:
            return value
        prefixed = _expanded(value, self.prefixes)
        found = [
            choice for choice in self.choices if choice == prefixed or _folded(_local_name(choice)) == _folded(value)
        ]
        if len(found) != 1:
            raise ValueError(value)
        return found[0]


def find_parameters(
    blanked_sparql: str,
    defaults: Mapping[str, str],
    choices: Mapping[str, tuple[str, ...]],
    prefixes: Mapping[str, str],
    source: str,
) -> tuple[Parameter, ...]:
    """The parameters of a query, in the order in which they first stand in it.

    Raises QueryError for a type that does not exist, two variables of one name, and a default or enumeration of no
    parameter.
    """
    found: dict[str, Parameter] = {}
    for match in _VARIABLE.finditer(blanked_sparql):
        name, kind = match["name"], match["type"] or "string"
        if kind not in TYPES:
            raise QueryError(
                f"?{match['variable']} is of no known type", input=source, remedy=f"Types: {', '.join(TYPES)}"
            )
        parameter = Parameter(
            name=name,
            variable=match["variable"],
            type=kind,
            optional=match["mark"] == "__",
            default=defaults.get(name),
            choices=choices.get(name, ()),
            prefixes=tuple(prefixes.items()),
        )
        if found.setdefault(name, parameter) != parameter:
            raise QueryError(f"two variables for the parameter {name}", input=source, remedy="Use one of them")
    if strays := (defaults.keys() | choices.keys()) - found.keys():
        raise QueryError(
            f"the header speaks of {', '.join(sorted(strays))}, which the query does not use", input=source
        )
    return tuple(found.values())


def _literal(parameter: Parameter, value: str) -> tuple[Term, ...]:
    kind = TYPES[parameter.type]
    if "pattern" in kind and not re.fullmatch(kind["pattern"], value):
        raise ValueError(value)
    if "minimum" in kind and not kind["minimum"] <= Decimal(value) <= kind["maximum"]:
        raise ValueError(value)
    return (Literal(value, datatype=NamedNode(XSD + kind["datatype"])),)


def _date(parameter: Parameter, value: str) -> tuple[Term, ...]:
    terms = _literal(parameter, value)
    date.fromisoformat(value)
    return terms


def _iri(parameter: Parameter, value: str) -> tuple[Term, ...]:
    iri = _expanded(value, parameter.prefixes)
    if not iri.startswith(_SCHEMES):
        raise ValueError(value)
    return (NamedNode(iri),)


def _entity(parameter: Parameter, value: str) -> tuple[Term, ...]:
    """A name as given and with the capitals that names have, so that `kherson` finds Kherson by the index."""
    if value.startswith(_SCHEMES):
        return _iri(parameter, value)
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not name:
        raise ValueError(value)
    names = dict.fromkeys((name, name.title(), name.upper()))
    item = (NamedNode(WD + name),) if _ITEM.fullmatch(name) else ()
    return (*item, *map(Literal, names))


_READERS: dict[str, Callable[[Parameter, str], tuple[Term, ...]]] = {"date": _date, "iri": _iri, "entity": _entity}


def _expanded(value: str, prefixes: tuple[tuple[str, str], ...]) -> str:
    prefix, colon, local = value.partition(":")
    return dict(prefixes).get(prefix, f"{prefix}:") + local if colon else value


def _folded(word: str) -> str:
    """A word without what people write differently: capitals, hyphens, underscores."""
    return re.sub("[_-]", "", word).casefold()


def _local_name(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
