"""A person's judgements on links: kept as lines in a file, never overwritten, and stronger than the machine.

A judgement is about one name of one document: the document's id, the entity's type and the plain form of its
label, so that it holds when the document is read or linked again. The model is nomenklatura's resolver: a
judgement says who and when, and taking it back is a judgement too.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.errors import BrokenRow, UsageError
from kg.linking.keys import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from kg.records import Entity

Verdict = Literal["accepted", "rejected", "revoked"]
_VERDICTS = ("accepted", "rejected", "revoked")
_ID = re.compile(r"Q[1-9][0-9]*|[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's word on whether a name of a document means an item; `at` is an ISO time with its zone."""

    document: str
    type: str
    name: str
    wikidata: str
    verdict: Verdict
    by: str
    at: str

    @property
    def key(self) -> Key:
        """What the judgement is about."""
        return self.document, self.type, self.name


@dataclass(frozen=True, slots=True)
class Judgements:
    """The judgements in force: the item accepted for a name, and the items rejected."""

    accepted: Mapping[Key, str] = field(default_factory=dict)
    rejected: Mapping[Key, frozenset[str]] = field(default_factory=dict)


def judgement_key(document: str, entity: Entity) -> Key:
    """What judgements on an entity of a document are about."""
    return document, entity.type, plain(entity.label)


def judge(
    path: Path, document: str, entity: Entity, wikidata: str, verdict: Verdict, by: str, at: datetime
) -> Judgement:
    """Adds a judgement to the file, which is made where there is none, and gives it.

    Raises `UsageError` where the id is neither a Wikidata id nor an IRI, where nobody judges, where the time has
    no zone, and where there is nothing to revoke.
    """
    if not _ID.fullmatch(wikidata):
        raise UsageError("not an item", input=wikidata, remedy="Give a Wikidata id such as Q212, or an IRI.")
    if not by.strip():
        raise UsageError("nobody is named as the judge", remedy="Say who judges.")
    if at.tzinfo is None:
        raise UsageError("the time of a judgement needs a zone", input=at.isoformat())
    told = Judgement(*judgement_key(document, entity), wikidata, verdict, by, at.isoformat(timespec="seconds"))
    if verdict == "revoked" and wikidata not in _verdicts(history(path)).get(told.key, {}):
        raise UsageError("there is no judgement on this to revoke", input=wikidata, place=entity.label)
    with path.open("a", encoding="utf8") as lines:
        lines.write(json.dumps(asdict(told), ensure_ascii=False, sort_keys=True) + "\n")
    return told


def history(path: Path) -> list[Judgement]:
    """All judgements ever made, in their order; none where there is no file. Raises `BrokenRow` for a broken line."""
    if not path.exists():
        return []
    return [_read(line, path, number) for number, line in enumerate(path.read_text("utf8").splitlines(), start=1)]


def in_force(judgements: Iterable[Judgement]) -> Judgements:
    """What holds after all judgements: the last one on each item, and one accepted item for a name at most."""
    verdicts = _verdicts(judgements)
    accepted = {
        key: item for key, items in verdicts.items() for item, verdict in items.items() if verdict == "accepted"
    }
    rejected = {
        key: frozenset(item for item, verdict in items.items() if verdict == "rejected")
        for key, items in verdicts.items()
    }
    return Judgements(accepted, {key: items for key, items in rejected.items() if items})


def _verdicts(judgements: Iterable[Judgement]) -> dict[Key, dict[str, Verdict]]:
    verdicts: dict[Key, dict[str, Verdict]] = {}
    for one in judgements:
        items = verdicts.setdefault(one.key, {})
        if one.verdict == "accepted":
            for other in [item for item, verdict in items.items() if verdict == "accepted"]:
                del items[other]
        if one.verdict == "revoked":
            items.pop(one.wikidata, None)
        else:
            items[one.wikidata] = one.verdict
    return verdicts


def _read(line: str, path: Path, number: int) -> Judgement:
    try:
        told = Judgement(**json.loads(line))
    except (ValueError, TypeError) as error:
        remedy = "Mend or remove the line."
        raise BrokenRow(f"no judgement: {error}", input=str(path), place=f"line {number}", remedy=remedy) from error
    if told.verdict not in _VERDICTS:
        raise BrokenRow(f"unknown verdict {told.verdict!r}", input=str(path), place=f"line {number}")
    return told
