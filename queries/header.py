"""The `#+` header of a saved query, in grlc's terms (https://github.com/CLARIAH/grlc#decorator-syntax)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = "#+"
_KEYS = frozenset({"summary", "description", "tags", "method", "defaults", "enumerate"})


@dataclass(frozen=True)
class Header:
    """What a query says of itself; defaults and choices are keyed by the parameters' bare names."""

    summary: str
    description: str
    tags: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def split_header(text: str) -> tuple[str, str]:
    """The header's YAML and the rest of the query."""
    lines = text.splitlines(keepends=True)
    header = "".join(line.removeprefix(_MARK) for line in lines if line.startswith(_MARK))
    return header, "".join(line for line in lines if not line.startswith(_MARK))


def read_header(text: str, source: str) -> Header:
    """Read the YAML of a header; `source` names the file in messages.

    Raises QueryError where the YAML is broken, a key is unknown or a needed one is missing.
    """
    fields = _mapping(text, source)
    if unknown := fields.keys() - _KEYS:
        raise _wrong(f"unknown header key {', '.join(sorted(unknown))}", source)
    if missing := {"summary", "description"} - fields.keys():
        raise _wrong(f"the header lacks {', '.join(sorted(missing))}", source)
    if fields.get("method", "GET") != "GET":
        raise _wrong("a saved query only reads, so its method is GET", source)
    return Header(
        summary=str(fields["summary"]),
        description=str(fields["description"]),
        tags=tuple(map(str, fields.get("tags", ()))),
        defaults={name: str(value) for name, value in _one_key_maps(fields.get("defaults", ()), source)},
        choices={name: tuple(map(str, value)) for name, value in _one_key_maps(fields.get("enumerate", ()), source)},
    )


def _mapping(text: str, source: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _wrong(f"the header is not YAML: {error}", source) from error
    if not isinstance(fields, dict):
        raise _wrong("there is no header of `#+ key: value` lines", source)
    return fields


def _one_key_maps(entries: Any, source: str) -> list[tuple[str, Any]]:  # noqa: ANN401 - whatever the YAML holds
    if not all(isinstance(entry, dict) and len(entry) == 1 for entry in entries):
        raise _wrong("defaults and enumerate are lists of `- name: value`", source)
    return [item for entry in entries for item in entry.items()]


def _wrong(reason: str, source: str) -> QueryError:
    return QueryError(reason, input=source, remedy="See the headers of the other saved queries")
