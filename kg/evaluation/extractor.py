"""Documents to extraction records, with all that is shipped: language model, rules, authority of names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.evaluation.reading import read_records
from kg.records import Document, Extraction, Json
from kg.serialization import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.reading import ReadOptions


def shipped_extractor(*, linked: bool, threads: int = 1) -> Callable[[Document], Extraction]:
    """Reads a document; where `linked`, its entities get their Wikidata ids too."""
    # Imported here: the scorers alone need neither the model nor the authority.
    from kg.extraction import extract  # noqa: PLC0415
    from kg.language import load  # noqa: PLC0415
    from kg.linking import Authority, link  # noqa: PLC0415

    nlp = load(threads=threads)
    if not linked:
        return lambda document: extract(document, nlp(document.text))
    authority = Authority.open_shipped()
    return lambda document: link(extract(document, nlp(document.text)), authority)


def gold_documents(gold: Path) -> list[Document]:
    """The articles that gold records were read from, by the texts and metadata in the records."""
    return [_document(record) for record in read_records(gold).values()]


def _document(record: Json) -> Document:
    told = record["document"]
    published = date.fromisoformat(told["published"]) if told.get("published") else None
    return Document(
        told["id"], record["text"], f"gold record of {told['id']}", told.get("title"), told.get("publisher"),
        told.get("url"), published,
    )  # fmt: skip


def article_documents(folder: Path, ids: Iterable[str], options: ReadOptions) -> list[Document]:
    """Articles of a folder that have one of the ids; raises the error of one that cannot be read."""
    from kg.reading import read_sources  # noqa: PLC0415

    wanted, documents = set(ids), []
    for outcome in read_sources([str(folder)], options):
        if isinstance(outcome, InputError):
            raise outcome
        if outcome.id in wanted:
            documents.append(outcome)
    return documents


def records(documents: Iterable[Document], read: Callable[[Document], Extraction]) -> dict[str, Json]:
    """Extraction records by document id."""
    return {document.id: to_json(read(document)) for document in documents}
