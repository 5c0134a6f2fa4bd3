"""MUC-4 (Latin-American terrorism news): incident types and role fillers by document.

CEAF-REE as in GRIT (Du, Rush and Cardie, EACL 2021): fillers of all templates of a document together, names and
phrases without case, punctuation and articles, one filler of ours to one of gold, right where all its phrases are among
those of gold ("strict"). "overlap" asks for a shared word of content only.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kg.errors import BrokenRow, UnreadableInput
from kg.evaluation.extractor import records, shipped_extractor
from kg.evaluation.likeness import words
from kg.evaluation.matching import match
from kg.evaluation.meanings import SETTINGS
from kg.evaluation.tally import Row, Tally
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.records import Json

Filler = frozenset[str]
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim")
INCIDENT: dict[str, str] = {own: kind for kind, types in SETTINGS["muc4"].items() for own in types}
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_WORD = re.compile(r"[^\w\s]")


def read_muc4(path: Path) -> list[Json]:
    """Documents of a JSON Lines file: `docid`, `doctext`, `templates`.

    Raises UnreadableInput, and BrokenRow for a line that is no such document.
    """
    try:
        lines = path.read_text("utf8").splitlines()
    except OSError as error:
        raise UnreadableInput(
            str(error.strerror), input=str(path), remedy="Give the folder of the corpora by --corpora"
        ) from error
    try:
        documents = [json.loads(line) for line in lines if line.strip()]
        return [{key: one[key] for key in ("docid", "doctext", "templates")} for one in documents]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenRow(f"no document of MUC-4: {error!r}", input=str(path), remedy="Get the file again") from error


def normal_phrase(phrase: str) -> str:
    """A phrase without case, punctuation, articles and further blanks."""
    return " ".join(_ARTICLES.sub(" ", _NO_WORD.sub("", phrase.lower())).split())


def gold_fillers(templates: Iterable[Json]) -> dict[str, list[Filler]]:
    """Fillers of each role over all templates, each the set of its phrases; the same set counts once."""
    fillers: dict[str, dict[Filler, None]] = {role: {} for role in ROLES}
    for template in templates:
        for role in ROLES:
            fillers[role] |= {
                frozenset(normal_phrase(phrase) for phrase, _ in one): None for one in template[role] if one
            }
    return {role: list(found) for role, found in fillers.items()}


def found_fillers(record: Json) -> dict[str, list[Filler]]:
    """Fillers of each role over the actual incidents of an extraction, each by its entity's label or its words."""
    entities = {entity["id"]: entity for entity in record["entities"]}
    fillers: dict[str, dict[Filler, None]] = {role: {} for role in ROLES}
    for event in incidents(record):
        for participant in event["participants"]:
            entity = entities.get(participant["entity"])
            role = _role(participant["role"], entity and entity["type"])
            phrase = normal_phrase(entity["label"] if entity else participant["text"] or "")
            if role and phrase:
                fillers[role][frozenset({phrase})] = None
    return {role: list(found) for role, found in fillers.items()}


def incidents(record: Json) -> list[Json]:
    """Events that happened and are of a type that MUC-4 has."""
    return [event for event in record["events"] if event["type"] in INCIDENT and event["modality"] == "actual"]


def _role(role: str, kind: str | None) -> str | None:
    """MUC-4's role of one of ours, filled by an entity of that type or by words (None)."""
    if role == "perpetrator":
        return {"Person": "PerpInd", "Organisation": "PerpOrg", None: "PerpInd"}.get(kind)
    if role == "victim" or (role == "target" and kind == "Person"):
        return "Victim"
    return "Target" if role == "target" else None


def strict(gold: Filler, found: Filler) -> float:
    """1 where all phrases of a filler are among gold's (phi of CEAF-REE)."""
    return float(found <= gold)


def overlap(gold: Filler, found: Filler) -> float:
    """1 where a word of content is shared."""
    return float(bool(words(" ".join(gold)) & words(" ".join(found))))


def muc4_records(documents: Iterable[Json]) -> dict[str, Json]:
    """Our extraction of each document."""
    texts = (Document(one["docid"], one["doctext"], one["docid"]) for one in documents)
    return records(texts, shipped_extractor(linked=False))


def muc4_scores(documents: Iterable[Json], records: Mapping[str, Json]) -> list[Row]:
    """Incident types by document, and the fillers of each role and of all under both settings."""
    tally = Tally()
    for document in documents:
        record = records[document["docid"]]
        types = {kind for template in document["templates"] for kind in template["incident_type"].split(" / ")}
        ours = {INCIDENT[event["type"]] for event in incidents(record)}
        tally.add("incident type", len(types & ours), len(ours), len(types))
        gold, found = gold_fillers(document["templates"]), found_fillers(record)
        for name, alike in (("strict", strict), ("overlap", overlap)):
            right = {role: len(match(gold[role], found[role], alike)) for role in ROLES}
            for role in ROLES:
                tally.add(f"{role} {name}", right[role], len(found[role]), len(gold[role]))
            totals = (sum(len(fillers[role]) for role in ROLES) for fillers in (found, gold))
            tally.add(f"all roles {name}", sum(right.values()), *totals)
    return tally.rows()
