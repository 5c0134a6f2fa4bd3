"""Reading in tests: a fixed day, and outcomes that can be compared whole."""

import gzip
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.reading import ReadOptions, read_sources
from kg.records import Document

TODAY = date(2024, 6, 30)
REPORT = "Gunmen shot at a bus near Dorbala on Monday, the town's police said."


def options(**changes: Any) -> ReadOptions:
    return ReadOptions(today=TODAY, **changes)


def read(*sources: Path | str, **changes: Any) -> list[Document | InputError]:
    return list(read_sources([str(source) for source in sources], options(**changes)))


def read_one(source: Path | str, **changes: Any) -> Document:
    (document,) = read(source, **changes)
    assert isinstance(document, Document), document
    return document


def failure(source: Path | str, **changes: Any) -> InputError:
    (error,) = read(source, **changes)
    assert isinstance(error, InputError), error
    return error


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def told(error: InputError) -> tuple[type[InputError], str, str]:
    """The class, the input's file name and the place: what a message must say beside its words."""
    return type(error), Path(error.input).name, error.place
