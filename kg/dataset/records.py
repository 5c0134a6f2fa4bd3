"""The extractions of a dataset, beside its store: SQLite, each record written whole or not at all.

A record is live while the store holds its graph; the store alone decides that, so that a process killed
between the two leaves nothing that contradicts itself. `shared` says which statements outside a
document's own graph it gives: one stands for as long as one live document gives it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.serialization import dumps, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from kg.records import Extraction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    key INTEGER PRIMARY KEY AUTOINCREMENT, graph TEXT NOT NULL, digest TEXT NOT NULL, id TEXT NOT NULL,
    sha256 TEXT NOT NULL, configuration TEXT NOT NULL, extraction BLOB NOT NULL, shared BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS record_id ON record (id);
CREATE INDEX IF NOT EXISTS record_graph ON record (graph);
CREATE TABLE IF NOT EXISTS shared (
    statement INTEGER NOT NULL, record INTEGER NOT NULL REFERENCES record (key) ON DELETE CASCADE,
    PRIMARY KEY (statement, record)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shared_record ON shared (record);
"""
_PATIENCE = 30.0  # seconds that a reader waits for a writer's commit


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a record without unpacking it; `digest` is of the quads of its own graph."""

    key: int
    graph: str
    digest: str
    id: str
    sha256: str
    configuration: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written; `shared` are N-Quads statements outside the document's own graph."""

    graph: str
    digest: str
    configuration: str
    extraction: Extraction
    shared: tuple[str, ...]


class Records:
    """The SQLite file of a dataset; a reader opens it beside the writer."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Open the file, made if it is to be written; sqlite3.Error where that fails."""
        mode = "rwc" if writing else "rw"
        self._database = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", timeout=_PATIENCE, uri=True)
        self._database.execute("PRAGMA foreign_keys = ON")
        self._database.execute("PRAGMA synchronous = FULL")
        if writing:
            self._database.executescript(_SCHEMA)
        else:
            self._database.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, drafts: Iterable[Draft]) -> None:
        """Write the records in one transaction."""
        with self._database:
            for draft in drafts:
                self._add(draft)

    def _add(self, draft: Draft) -> None:
        document = draft.extraction.document
        values = (draft.graph, draft.digest, document.id, document.sha256, draft.configuration)
        blobs = (_packed(dumps(to_json(draft.extraction))), _packed("\n".join(draft.shared)))
        statement = (
            "INSERT INTO record (graph, digest, id, sha256, configuration, extraction, shared)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        key = self._database.execute(statement, (*values, *blobs)).lastrowid
        given = ((number, key) for number in {_number(statement) for statement in draft.shared})
        self._database.executemany("INSERT INTO shared VALUES (?, ?)", given)

    def delete(self, keys: Iterable[int]) -> None:
        """Delete records in one transaction."""
        with self._database:
            self._database.executemany("DELETE FROM record WHERE key = ?", ((key,) for key in keys))

    def rows(self) -> list[Row]:
        """All records, by document id and then from oldest to newest."""
        found = self._database.execute(
            "SELECT key, graph, digest, id, sha256, configuration FROM record ORDER BY id, key"
        )
        return [Row(*row) for row in found]

    def of(self, id: str) -> list[Row]:
        """The records of one document, from oldest to newest."""
        found = self._database.execute(
            "SELECT key, graph, digest, id, sha256, configuration FROM record WHERE id = ? ORDER BY key", (id,)
        )
        return [Row(*row) for row in found]

    def extraction(self, key: int) -> Extraction:
        """The extraction of a record; KeyError where there is no such record."""
        return from_json(json.loads(self._text("SELECT extraction FROM record WHERE key = ?", key)))

    def shared(self, key: int) -> list[str]:
        """The N-Quads statements that a record gives outside its own graph."""
        return [line for line in self._text("SELECT shared FROM record WHERE key = ?", key).split("\n") if line]

    def _text(self, query: str, key: int) -> str:
        row = self._database.execute(query, (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return zlib.decompress(row[0]).decode("utf8", "surrogatepass")

    def unsupported(
        self, statements: Iterable[str], without: Collection[int], is_live: Callable[[str], bool]
    ) -> set[str]:
        """Those of the statements that no live record gives any more once the records `without` are gone."""
        numbers = {_number(statement): statement for statement in statements}
        held = {number for number, key, graph in self._givers(numbers) if key not in without and is_live(graph)}
        return {statement for number, statement in numbers.items() if number not in held}

    def _givers(self, numbers: Iterable[int]) -> Iterator[tuple[int, int, str]]:
        # The numbers go in as one JSON list, since SQLite bounds the variables of a statement.
        yield from self._database.execute(
            "SELECT shared.statement, record.key, record.graph FROM json_each(?) AS asked"
            " JOIN shared ON shared.statement = asked.value JOIN record ON record.key = shared.record",
            (json.dumps(list(numbers)),),
        )


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf8", "surrogatepass"), 6)


def _number(statement: str) -> int:
    # 64 bits tell statements apart well enough: a collision could only leave one statement standing.
    return int.from_bytes(blake2b(statement.encode("utf8"), digest_size=8).digest(), "big", signed=True)
