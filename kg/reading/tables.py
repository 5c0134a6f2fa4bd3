"""JSON Lines, JSON and CSV: one document per row; a row that fails is told and the others go on."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from kg.errors import BrokenRow, EmptyInput, EncodingError, InputError, MissingField
from kg.reading.documents import Place, columns, details_of, make_document
from kg.reading.encodings import mark_of, refuse_binary, with_plain_line_ends
from kg.reading.streams import too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.reading.options import ReadOptions
    from kg.reading.streams import ByteStream, Source
    from kg.records import Document

Values = dict[str, Any]

_AS_UTF8 = "Save it as UTF-8"
_MEND = "Mend it or take it out"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number among the rows, its place for messages, and what gives its values or raises InputError."""

    number: int
    place: str
    values: Callable[[], Values]


def read_json_lines(source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of JSON Lines, with one line in memory at a time.

    Raises BinaryInput or EncodingError where the file as a whole is no UTF-8, InputTooLarge for a line.
    """
    head = source.stream.peek(4096)
    if mark_of(head) not in {None, "utf-8-sig"}:
        raise EncodingError(f"JSON Lines in {mark_of(head)}", input=source.name, remedy=_AS_UTF8)
    refuse_binary(head, source.name)
    return _documents(_line_rows(source.stream, source.name, options.max_bytes), source, options)


def read_json(text: str, source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of a JSON array, of one JSON object, or of JSON Lines under another name.

    Raises BrokenRow where the text is none of these.
    """
    if _holds_lines(text):
        rows = _line_rows(io.BufferedReader(io.BytesIO(text.encode())), source.name, options.max_bytes)
    else:
        rows = _item_rows(_parsed(text, source.name, ""), source.name)
    return _documents(rows, source, options)


def read_csv(text: str, source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of comma-separated values with a header (RFC 4180); raises MissingField, BrokenRow."""
    return _documents(_separated_rows(text, ",", source.name, options), source, options)


def read_tsv(text: str, source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of tab-separated values with a header; raises MissingField, BrokenRow."""
    return _documents(_separated_rows(text, "\t", source.name, options), source, options)


def _documents(rows: Iterable[Row], source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    rows_read, seen = 0, set[str]()
    for row in rows:
        rows_read += 1
        try:
            values = row.values()
            seen.update(values)
            yield _document(row, values, source, options)
        except InputError as error:
            yield error
    if not rows_read:
        yield EmptyInput("there are no rows in it", input=source.name, remedy="Give rows, or leave it out")
    if seen:
        yield from _never_seen(seen, source.name, options)


def _document(row: Row, values: Values, source: Source, options: ReadOptions) -> Document:
    body = _body(values, options.fields, source.name, row.place)
    details = details_of(values, options.fields, source.name, row.place)
    place = Place(row.place, row.place, f"{source.name}, {row.place}", f"{source.id}-{row.number}")
    return make_document(body, details, source, options, place)


def _body(values: Values, fields: Mapping[str, str], name: str, place: str) -> str:
    present = [column for column in columns(fields)["text"] if column in values]
    if not present:
        raise _no_text_column(values, fields, name, place)
    body = next((values[column] for column in present if values[column]), "")
    if not isinstance(body, str):
        raise BrokenRow(f"the text is a {type(body).__name__}", input=name, place=place, remedy=_MEND)
    return with_plain_line_ends(body)


def _no_text_column(given: Iterable[str], fields: Mapping[str, str], name: str, place: str) -> MissingField:
    wanted = " or ".join(repr(column) for column in columns(fields)["text"])
    remedy = f"There is {_listed(given)}: name the one that holds the text with --fields text=NAME"
    return MissingField(f"there is no field {wanted} for the text", input=name, place=place, remedy=remedy)


def _never_seen(seen: set[str], name: str, options: ReadOptions) -> Iterator[MissingField]:
    """An error for each column of `--fields` but the text's, which every row is asked for, that no row has."""
    for field, column in options.fields.items():
        if field != "text" and column not in seen:
            remedy = f"There is {_listed(seen)}: correct --fields"
            yield MissingField(f"no row has a field {column!r} for the {field}", input=name, remedy=remedy)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name[:40]) for name in sorted(names)[:20]) or "none"


def _line_rows(stream: ByteStream, name: str, max_bytes: int) -> Iterator[Row]:
    for number in count(1):
        line = stream.readline(max_bytes + 1)
        place = f"line {number}"
        if not line:
            return
        if len(line) > max_bytes:
            raise too_large(name, max_bytes, place)
        if line.strip():
            yield Row(number, place, partial(_line_values, line, name, place))


def _line_values(line: bytes, name: str, place: str) -> Values:
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} of the line is no UTF-8"
        raise EncodingError(reason, input=name, place=place, remedy=_AS_UTF8) from error
    return _object(_parsed(text, name, place), name, place)


def _item_rows(parsed: object, name: str) -> Iterator[Row]:
    items = parsed if isinstance(parsed, list) else [parsed]
    for number, item in enumerate(items, start=1):
        yield Row(number, f"item {number}", partial(_object, item, name, f"item {number}"))


def _object(parsed: object, name: str, place: str) -> Values:
    if not isinstance(parsed, dict):
        reason = f"here is a {type(parsed).__name__}, not an object with fields"
        raise BrokenRow(reason, input=name, place=place, remedy=_MEND)
    return parsed


def _parsed(text: str, name: str, place: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = ", ".join(part for part in (place or f"line {error.lineno}", f"column {error.colno}") if part)
        raise BrokenRow(f"this is no JSON ({error.msg})", input=name, place=where, remedy=_MEND) from error
    except (ValueError, RecursionError) as error:
        raise BrokenRow(f"this JSON cannot be read ({error})", input=name, place=place, remedy=_MEND) from error


def _holds_lines(text: str) -> bool:
    """Whether more follows after a first line that is a whole object."""
    first, _, rest = text.strip().partition("\n")
    try:
        return bool(rest) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _separated_rows(text: str, separator: str, name: str, options: ReadOptions) -> Iterator[Row]:
    csv.field_size_limit(options.max_bytes)  # a cell is an article: the default of 128 KiB is too little
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = _header(reader, name, options)
    for number in count(1):
        place = f"line {reader.line_num + 1}"
        cells = _next_cells(reader)
        if cells is None:
            return
        if cells:
            yield Row(number, place, partial(_cell_values, header, cells, name, place))


def _header(reader: Iterator[list[str]], name: str, options: ReadOptions) -> list[str]:
    cells = _next_cells(reader)
    if isinstance(cells, csv.Error):
        raise BrokenRow(f"the header cannot be read ({cells})", input=name, place="line 1", remedy=_MEND)
    header = [cell.strip() for cell in cells or []]
    if header and not {*columns(options.fields)["text"]} & {*header}:
        raise _no_text_column(header, options.fields, name, "line 1")
    return header


def _next_cells(reader: Iterator[list[str]]) -> list[str] | csv.Error | None:
    """The next row's cells, what is wrong with them, or None at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _cell_values(header: list[str], cells: list[str] | csv.Error, name: str, place: str) -> Values:
    if isinstance(cells, csv.Error):
        raise BrokenRow(f"this row cannot be read ({cells})", input=name, place=place, remedy=_MEND)
    if len(cells) != len(header):
        reason = f"this row has {len(cells)} cells, the header {len(header)}"
        raise BrokenRow(reason, input=name, place=place, remedy=_MEND)
    return dict(zip(header, cells, strict=True))
