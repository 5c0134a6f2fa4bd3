"""The facts that the shipped authority is made from, read into items by their licence and their sources.

Reads `wikidata_slice.tsv.gz` and `qid_extra.tsv` of a folder; `data/sources.toml` says what may ship,
`data/withheld.tsv` which ids stay out or are never linked, `data/source_classes.tsv` what is what.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import MissingField, UnreadableInput
from kg.linking.items import NO_ID_PREFIX, Item, named_country, types_of_kinds
from kg.linking.tables import rows, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SLICE, EXTRA, NO_ID = "wikidata_slice.tsv.gz", "qid_extra.tsv", "no_id_found.tsv"
_COUNTRY = re.compile(r"(?!X[XYZ])[A-Z]{2}")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one row says of an item, before the rows of an item are put together."""

    item: Item
    sources: frozenset[str]


def items(folder: Path) -> Iterator[Item]:
    """All items that may ship, ordered by their ids' numbers, then things known to have no id that can be trusted.

    Those are never linked, but they stand in the way of a namesake.

    Raises `UnreadableInput` where a file is missing and `MissingField` where one lacks a column.
    """
    facts: dict[str, list[_Facts]] = {}
    for found in _all_facts(folder):
        facts.setdefault(found.item.id, []).append(found)
    for _, of_one in sorted(facts.items(), key=_by_number):
        yield _joined(of_one)
    yield from _without_id(folder)


def _all_facts(folder: Path) -> Iterator[_Facts]:
    left_out = {row["id"] for row in rows("withheld") if row["effect"] == "left out"}
    for name, may_ship, read in ((EXTRA, _extra_may_ship, _extra_facts), (SLICE, _slice_may_ship, _slice_facts)):
        for row in _table(folder / name):
            if row["qid"] not in left_out and may_ship(row):
                yield from read(row)


def _by_number(pair: tuple[str, list[_Facts]]) -> int:
    return int(pair[0][1:])


def _without_id(folder: Path) -> Iterator[Item]:
    """What was sought in vain, and what only a source that may not ship gives an id."""
    sought = list(_table(folder / NO_ID)) + [row for row in _table(folder / EXTRA) if not _extra_may_ship(row)]
    for row in sorted(sought, key=lambda row: row["label"]):
        for fact in _facts({**row, "qid": NO_ID_PREFIX + quote(row["label"]), "aliases": row.get("aliases", "")}, ""):
            yield replace(fact.item, sources=1, linkable=False)


def read_raw(path: Path) -> bytes:
    """The bytes of a file of facts; raises `UnreadableInput` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        remedy = "Give the folder that holds the facts for linking."
        raise UnreadableInput(str(error), input=str(path), remedy=remedy) from error


def _table(path: Path) -> Iterator[Row]:
    raw = read_raw(path)
    head, *lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf8").splitlines()
    columns = head.split("\t")
    for number, line in enumerate(lines, start=2):
        values = line.split("\t")
        if len(values) > len(columns) or len(values) < 3:
            raise MissingField("the row does not fit the columns", input=str(path), place=f"line {number}")
        yield dict(zip(columns, [*values, *[""] * (len(columns) - len(values))], strict=True))


def _slice_may_ship(row: Row) -> bool:
    return any(licence in row["licence"] for licence in settings("sources")["free"])


def _extra_may_ship(row: Row) -> bool:
    closed = set(settings("sources")["closed"])
    return any(_repository(source) not in closed for source in row["sources"].split(" ; "))


def _repository(source: str) -> str:
    return source.split(":", maxsplit=1)[0].split(" (", maxsplit=1)[0]


def _slice_facts(row: Row) -> Iterator[_Facts]:
    yield from _facts(
        row, row["source"], latitude=row["lat"], longitude=row["lon"], weight=row["population_or_sitelinks"]
    )


def _extra_facts(row: Row) -> Iterator[_Facts]:
    yield from _facts(row, row["sources"])


def _facts(row: Row, sources: str, *, latitude: str = "", longitude: str = "", weight: str = "") -> Iterator[_Facts]:
    kind = _kind(row)
    if kind is None:
        return
    country = row["country"] if _COUNTRY.fullmatch(row["country"]) else None
    role = row["subtype"] if " " in row["subtype"] or row["type"] == "person" else ""
    item = Item(
        id=row["qid"],
        kind=kind,
        label=row["label"],
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        country=country or _described_country(row),
        latitude=round(float(latitude), 4) if latitude else None,
        longitude=round(float(longitude), 4) if longitude else None,
        weight=int(float(weight or 0)),
        role=role,
    )
    benchmarks = set(settings("sources")["benchmarks"])
    yield _Facts(item, frozenset(s for s in sources.split(" ; ") if _repository(s) not in benchmarks))


def _described_country(row: Row) -> str | None:
    if row["type"] not in ("organisation", "person"):
        return None
    return (row["type"] == "organisation" and named_country(row["label"])) or named_country(row["subtype"]) or None


def _kind(row: Row) -> str | None:
    return next((kind for field, pattern, kind in _rules(row["type"]) if pattern.search(row[field])), None)


@cache
def _rules(of_type: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple(
        (row["field"], re.compile(row["pattern"]), row["class"])
        for row in rows("source_classes")
        if row["type"] == of_type
    )


def _joined(facts: Iterable[_Facts]) -> Item:
    """One item of the rows about it; where they differ, the first that says something holds."""
    told = [fact.item for fact in facts]
    sources = frozenset().union(*(fact.sources for fact in facts))
    first = min(told, key=_precision)
    names = dict.fromkeys(name for item in told for name in (item.label, *item.aliases))
    names.pop(first.label)
    located = next((item for item in told if item.latitude is not None), first)
    return Item(
        id=first.id,
        kind=first.kind,
        label=first.label,
        aliases=tuple(names),
        country=next((item.country for item in told if item.country), None),
        latitude=located.latitude,
        longitude=located.longitude,
        weight=max(item.weight for item in told),
        sources=len(sources),
        role=first.role or next((item.role for item in told if item.role), ""),
        linkable=first.id not in _never_linked(),
    )


def _precision(item: Item) -> int:
    """Order of the classes of people, so that "President" outranks "politician"; other types keep the first row's."""
    return list(types_of_kinds()).index(item.kind) if item.type == "Person" else 0


@cache
def _never_linked() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("withheld") if row["effect"] == "never linked")
