"""Writes an authority: under a name of its own until it is whole, then packed and put in place."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kg.linking.authority import DEGREE, MADE, SCHEMA, VERSION
from kg.linking.items import Item, names_of, types_of_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_ITEM = "INSERT OR REPLACE INTO item VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NAME = "INSERT OR IGNORE INTO name(key, item, form, made) VALUES(?, ?, ?, ?)"
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_PAGE = 4096


def write_authority(items: Iterable[Item], out: Path, meta: Mapping[str, str]) -> int:
    """Writes the items to a new authority at `out`, replacing what is there; gives their number.

    The same items in the same order with the same `meta` give the same file with the same SQLite.
    """
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as connection:
        create(connection)
        count = add(connection, items)
        finish(connection, meta)
    part.replace(out)
    return count


def create(connection: sqlite3.Connection) -> None:
    """Lays out an empty authority."""
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO kind VALUES(?, ?)", enumerate(types_of_kinds()))


def add(connection: sqlite3.Connection, items: Iterable[Item]) -> int:
    """Adds items, replacing those of the same id; gives their number. The caller commits."""
    kinds = {name: number for number, name in connection.execute("SELECT id, name FROM kind")}
    roles = {words: number for number, words in connection.execute("SELECT id, words FROM role")}
    count = 0
    for count, item in enumerate(items, start=1):  # noqa: B007 - the count is the answer
        number = _number(connection, item.id)
        role = _role(connection, roles, item.role)
        connection.execute("DELETE FROM name WHERE item = ?", (number,)) if _known(connection, number) else None
        connection.execute(_ITEM, (number, kinds[item.kind], *_fields(item), role, item.extent, item.linkable))
        names = sorted(names_of(item), key=lambda name: MADE.index(name.made))
        connection.executemany(_NAME, ((name.key, number, name.form, MADE.index(name.made)) for name in names))
    return count


def finish(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
    """Records what the authority was made from and packs the file."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", sorted({**meta, "version": VERSION}.items()))
    connection.commit()
    connection.execute("VACUUM")


def _fields(item: Item) -> tuple[object, ...]:
    return (item.label, item.country, _scaled(item.latitude), _scaled(item.longitude), item.weight, item.sources)


def _scaled(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * DEGREE)


def _number(connection: sqlite3.Connection, id: str) -> int:
    if _WIKIDATA.fullmatch(id):
        return int(id[1:])
    found = connection.execute("SELECT item FROM iri WHERE iri = ?", (id,)).fetchone()
    if found:
        return int(found[0])
    lowest = connection.execute("SELECT min(item) FROM iri").fetchone()[0]
    connection.execute("INSERT INTO iri VALUES(?, ?)", ((lowest or 0) - 1, id))
    return int(lowest or 0) - 1


def _known(connection: sqlite3.Connection, number: int) -> bool:
    return connection.execute("SELECT 1 FROM item WHERE id = ?", (number,)).fetchone() is not None


def _role(connection: sqlite3.Connection, roles: dict[str, int], words: str) -> int | None:
    if not words:
        return None
    if words not in roles:
        roles[words] = len(roles) + 1
        connection.execute("INSERT INTO role VALUES(?, ?)", (roles[words], words))
    return roles[words]
