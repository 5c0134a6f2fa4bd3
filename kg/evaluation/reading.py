"""Extraction records as read from files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.errors import BrokenRow, EvidenceError, UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import Json

NOTHING: Json = {"text": "", "entities": [], "mentions": [], "events": [], "claims": []}


def read_records(path: Path) -> dict[str, Json]:
    """Records by the ids of their documents, from a folder of JSON files or a JSON Lines file.

    Raises UnreadableInput where the path cannot be read or holds none, BrokenRow for what is no record.
    """
    try:
        if path.is_dir():
            texts = {file.name: file.read_text("utf8") for file in sorted(path.glob("*.json"))}
        else:
            texts = {f"line {i}": line for i, line in enumerate(path.read_text("utf8").split("\n"), 1) if line.strip()}
    except OSError as error:
        raise UnreadableInput(str(error.strerror), input=str(path), remedy="Check the path of the records") from error
    if not texts:
        raise UnreadableInput("no records in it", input=str(path), remedy="Give a folder of JSON files or JSON Lines")
    records = [_record(path, place, text) for place, text in texts.items()]
    return {record["document"]["id"]: record for record in records}


def _record(path: Path, place: str, text: str) -> Json:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise BrokenRow(f"no JSON: {error}", input=str(path), place=place, remedy="Extract again") from error
    if not isinstance(record, dict) or not {"document", *NOTHING} <= record.keys():
        raise BrokenRow("no extraction record", input=str(path), place=place, remedy="Extract again")
    return record


def check_offsets(gold_text: str, name: str, record: Json) -> None:
    """Raise EvidenceError where words of a prediction do not stand at their offsets in the gold text."""
    spans = record["mentions"] + [trigger for event in record["events"] for trigger in event["triggers"]]
    shifted = next((s for s in spans if gold_text[s["begin"] : s["end"]] != s["text"]), None)
    if shifted:
        raise EvidenceError(
            f"offsets do not fit the gold text, first at {shifted}",
            input=name,
            remedy="Extract from the text of the gold record",
        )
