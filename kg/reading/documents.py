"""From a body and what is told about it to a `Document`: one set of rules for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import BinaryInput, BrokenRow, EmptyInput, EncodingError
from kg.reading.dates import read_date
from kg.reading.settings import FIELDS
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.reading.options import ReadOptions
    from kg.reading.streams import Source


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands in its source: its text and its metadata, in words for messages.

    `source` is what `Document.source` says, `id` the document's where it is given none.
    """

    text: str
    details: str
    source: str
    id: str


def whole_source(source: Source, details: str) -> Place:
    """The place of a document that is all of its source, with the words for where its metadata stands."""
    return Place("", details, source.name, source.id)


def make_document(
    body: str, details: Mapping[str, str], source: Source, options: ReadOptions, place: Place
) -> Document:
    """The document of this body and these details (keys as in `[fields]` of `reading.toml`).

    The body loses its outer blank lines and nothing else; a default of the options stands in for what the
    details lack. Raises EmptyInput, BinaryInput or EncodingError where the body is no text, and BadDate.
    """
    text = without_outer_blank_lines(body)
    refuse_empty(text, source.name, place.text)
    _refuse_no_characters(text, source.name, place.text)
    written = details.get("date")
    return Document(
        id=details.get("id") or place.id,
        text=text,
        source=place.source,
        title=details.get("title"),
        publisher=details.get("publisher") or options.publisher,
        url=details.get("url"),
        published=read_date(written, options.today, input=source.name, place=place.details)
        if written
        else options.published,
    )


def details_of(record: Mapping[str, object], fields: Mapping[str, str], name: str, place: str) -> dict[str, str]:
    """The filled fields of front matter or a row, each under our name, on one line.

    `fields` are the user's own columns. The text, of which every line counts, is not among them. Raises
    BrokenRow for a value that is a list or an object.
    """
    found = {
        field: _first_filled(record, names, name, place) for field, names in columns(fields).items() if field != "text"
    }
    return {field: value for field, value in found.items() if value}


def columns(fields: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns in which each field is looked for: the user's own, else those of `reading.toml`."""
    return {field: (fields[field],) if field in fields else names for field, names in FIELDS.items()}


def without_outer_blank_lines(text: str) -> str:
    """The text from its first to its last line that is not blank, those lines unchanged."""
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def _first_filled(record: Mapping[str, object], names: tuple[str, ...], source: str, place: str) -> str:
    values = (_one_line(record[name], name, source, place) for name in names if name in record)
    return next((value for value in values if value), "")


def _one_line(value: object, name: str, source: str, place: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        reason = f"{name!r} holds a {type(value).__name__}, not a text"
        raise BrokenRow(reason, input=source, place=place, remedy="Give one text, or map another field")
    line = " ".join(str(value).split())
    _refuse_no_characters(line, source, place)
    return line


def refuse_empty(text: str, source: str, place: str = "") -> None:
    """Raises EmptyInput for a text of blanks alone."""
    if not text or text.isspace():
        raise EmptyInput("there is no text in it", input=source, place=place, remedy="Give a text, or leave it out")


def _refuse_no_characters(text: str, source: str, place: str) -> None:
    if "\0" in text:
        raise BinaryInput("the text holds a NUL", input=source, place=place, remedy="Take it out")
    if not _encodable(text):
        raise EncodingError("the text holds half a character", input=source, place=place, remedy="Write it anew")


def _encodable(text: str) -> bool:
    """Whether it has no lone surrogate, which JSON can write with an escape but no file can hold."""
    try:
        text.encode("utf8")
    except UnicodeEncodeError:
        return False
    return True
