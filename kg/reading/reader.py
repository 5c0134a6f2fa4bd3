"""The documents that sources hold, one after another; what fails is given as its error in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError, RepeatedId
from kg.reading.documents import refuse_empty
from kg.reading.encodings import declared_in, decoded
from kg.reading.selection import Selection, select
from kg.reading.settings import CONTENT
from kg.reading.streams import Input, Source, opened, whole
from kg.reading.tables import read_csv, read_json, read_json_lines, read_tsv
from kg.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.reading.options import ReadOptions
    from kg.records import Document

    Reader = Callable[[str, Source, ReadOptions], Iterator[Document | InputError]]


def read_sources(sources: Sequence[str], options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents of files, folders, globs, `-` (standard input) and http(s) addresses, in a fixed order.

    An input or row that fails yields its error, and the run goes on. `select` and `read_selection` are the
    two halves of it, for those who need the number of inputs or the files that were left out.
    """
    return read_selection(select(sources, options), options)


def read_selection(selection: Selection, options: ReadOptions) -> Iterator[Document | InputError]:
    """The documents and errors of the selected inputs; an id given to a second document is an error."""
    first_with: dict[str, str] = {}
    for item in selection.inputs:
        for outcome in _outcomes(item, options):
            yield outcome if isinstance(outcome, InputError) else _unless_repeated(outcome, first_with)


def _unless_repeated(document: Document, first_with: dict[str, str]) -> Document | RepeatedId:
    first = first_with.get(document.id)
    if first is None:
        first_with[document.id] = document.source
        return document
    reason = f"its id {document.id[:80]!r} is also that of {first}"
    return RepeatedId(reason, input=document.source, remedy="Give one of them another name or id")


def _outcomes(item: Input | InputError, options: ReadOptions) -> Iterator[Document | InputError]:
    if isinstance(item, InputError):
        yield item
        return
    try:
        with opened(item) as source:
            yield from _read(source, options)
    except InputError as error:
        yield error


def _read(source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    if source.format == "jsonl":
        return read_json_lines(source, options)
    data = whole(source, options.max_bytes)
    kind = source.format or _kind_by_content(data)
    declared = source.encoding or (declared_in(data) if kind == "html" else None)
    text = decoded(data, name=source.name, declared=declared)
    refuse_empty(text, source.name)
    return _READERS[kind](text, source, options)


def _kind_by_content(data: bytes) -> str:
    return next(kind for kind, pattern in CONTENT.items() if pattern.match(data))


def _read_html(text: str, source: Source, options: ReadOptions) -> Iterator[Document | InputError]:
    # Imported here because trafilatura takes longer to load than all the rest of reading.
    from kg.reading.pages import read_page  # noqa: PLC0415

    return read_page(text, source, options)


_READERS: dict[str, Reader] = {
    "text": read_text,
    "html": _read_html,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
}
