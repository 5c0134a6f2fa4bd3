"""The authority of names: items and the keys that find them, in one SQLite file that is read in place.

meta(name, value)                     schema version and what the file was made from
kind(id, name), role(id, words)       words that many items share
item(id, …)                           one row an item; `id` is the number of a Wikidata id, own items count down from -1
iri(item, iri)                        the IRIs of own items
name(key, item, made, form)           the keys of `kg.linking.items.Name`
"""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from kg.errors import DatasetMissing, DatasetVersion
from kg.linking.items import Item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

SHIPPED = "authority.sqlite"
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
VERSION = "1"
_MOST_FOUND = 400
_MAPPED = 1 << 28
SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE role(id INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE);
CREATE TABLE item(
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, label TEXT NOT NULL, country TEXT, latitude INTEGER,
    longitude INTEGER, weight INTEGER NOT NULL, sources INTEGER NOT NULL, role INTEGER, extent INTEGER,
    linkable INTEGER NOT NULL);
CREATE TABLE iri(item INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE name(key TEXT, item INTEGER, form TEXT, made INTEGER NOT NULL, PRIMARY KEY(key, item, form)) WITHOUT ROWID;
"""
MADE = ("label", "alias", "short", "surname", "acronym", "institution", "force")
_COLUMNS = (
    "i.id, i.kind, i.label, i.country, i.latitude, i.longitude, i.weight, i.sources, i.role, i.extent, i.linkable"
)
_FIND = (
    f"SELECT n.made, n.form, {_COLUMNS} FROM name n JOIN item i ON i.id = n.item WHERE n.key = ? LIMIT {_MOST_FOUND}"  # noqa: S608
)
_GET = f"SELECT {_COLUMNS} FROM item i WHERE i.id = ?"  # noqa: S608
_ALL = f"SELECT {_COLUMNS} FROM item i ORDER BY i.id"  # noqa: S608
_STARTING = "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? LIMIT 2000"
DEGREE = 10_000


class Found(NamedTuple):
    """An item that a key led to, how the name was made and its plain form."""

    item: Item
    made: str
    form: str


class Lookup(Protocol):
    """What linking needs of an authority."""

    def find(self, key: str, /) -> tuple[Found, ...]:
        """The items with a name of that key."""
        ...

    def starting(self, prefix: str, /) -> tuple[str, ...]:
        """The keys that begin with some letters, at most 2,000."""
        ...

    def get(self, id: str, /) -> Item | None:
        """The item of a Wikidata id or own IRI; None where it is not here."""
        ...


class Authority:
    """Items by key and by id. Items that come out carry no aliases."""

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        self._connection, self.origin = connection, origin
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self.meta = dict(connection.execute("SELECT name, value FROM meta"))
        self._kinds = dict(connection.execute("SELECT id, name FROM kind"))
        self.find = lru_cache(maxsize=65536)(self._find)
        self._role = lru_cache(maxsize=8192)(self._words)

    @classmethod
    def open_shipped(cls) -> Self:
        """The authority that comes with the package."""
        with as_file(files(__package__) / "data" / SHIPPED) as path:
            return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The authority at a path, read in place and never written.

        Raises `DatasetMissing` where there is no file and `DatasetVersion` where it is no authority of this version.
        """
        remedy = "Build one with `python -m kg.linking.build` or `kg authority import`."
        if not path.is_file():
            raise DatasetMissing("there is no authority of names", input=str(path), remedy=remedy)
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            version = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise DatasetVersion(f"not an authority of names: {error}", input=str(path), remedy=remedy) from error
        if version != (VERSION,):
            connection.close()
            raise DatasetVersion(f"version {version} is not {VERSION}", input=str(path), remedy=remedy)
        return cls(connection, str(path))

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM item").fetchone()[0])

    def get(self, id: str) -> Item | None:
        """The item of a Wikidata id or own IRI; None where it is not here."""
        number = self._number(id)
        row = None if number is None else self._connection.execute(_GET, (number,)).fetchone()
        return row and self._item(row)

    def items(self) -> Iterator[Item]:
        """All items in the order of their numbers."""
        for row in self._connection.execute(_ALL):
            yield self._item(row)

    def aliases(self, id: str) -> list[str]:
        """The plain forms of the names that an item is found by, in order."""
        query = "SELECT DISTINCT form FROM name WHERE item = ? AND form <> '' ORDER BY form"
        return [form for (form,) in self._connection.execute(query, (self._number(id),))]

    def starting(self, prefix: str) -> tuple[str, ...]:
        """The keys that begin with some letters, at most 2,000."""
        return tuple(key for (key,) in self._connection.execute(_STARTING, (prefix, prefix + "\U0010ffff")))

    def _find(self, key: str) -> tuple[Found, ...]:
        """The items with a name of that key, at most 400."""
        rows = self._connection.execute(_FIND, (key,))
        return tuple(Found(self._item(row[2:]), MADE[row[0]], row[1]) for row in rows)

    def _item(self, row: tuple[Any, ...]) -> Item:
        number, kind, label, country, latitude, longitude, weight, sources, role, extent, linkable = row
        return Item(
            f"Q{number}" if number > 0 else self._iri(number),
            self._kinds[kind],
            label,
            (),
            country,
            None if latitude is None else latitude / DEGREE,
            None if longitude is None else longitude / DEGREE,
            weight,
            sources,
            self._role(role) if role else "",
            extent,
            bool(linkable),
        )

    def _number(self, id: str) -> int | None:
        if _WIKIDATA.fullmatch(id):
            return int(id[1:])
        row = self._connection.execute("SELECT item FROM iri WHERE iri = ?", (id,)).fetchone()
        return row and int(row[0])

    def _iri(self, number: int) -> str:
        return str(self._connection.execute("SELECT iri FROM iri WHERE item = ?", (number,)).fetchone()[0])

    def _words(self, role: int) -> str:
        return str(self._connection.execute("SELECT words FROM role WHERE id = ?", (role,)).fetchone()[0])


class Layers:
    """Several authorities as one: what an earlier one says of an id hides what a later one says."""

    def __init__(self, *layers: Lookup) -> None:
        self._layers = layers
        self.find = lru_cache(maxsize=65536)(self._find)

    def get(self, id: str) -> Item | None:
        """The item of an id in the first layer that has it."""
        return next((item for layer in self._layers if (item := layer.get(id))), None)

    def starting(self, prefix: str) -> tuple[str, ...]:
        """The keys of all layers that begin with some letters."""
        return tuple(dict.fromkeys(key for layer in self._layers for key in layer.starting(prefix)))

    def _find(self, key: str) -> tuple[Found, ...]:
        found: list[Found] = []
        for depth, layer in enumerate(self._layers):
            above = self._layers[:depth]
            found += (one for one in layer.find(key) if not any(upper.get(one.item.id) for upper in above))
        return tuple(found)
