"""The linker's tables of words: read once from the tab-separated files in `data`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files(__package__) / "data"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.tsv` by column; a field left off at the end of a line is empty."""
    head, *lines = (DATA / f"{name}.tsv").read_text("utf8").splitlines()
    columns = head.split("\t")
    return tuple(dict(zip(columns, [*line.split("\t"), *[""] * len(columns)], strict=False)) for line in lines)


@cache
def mapping(name: str) -> dict[str, str]:
    """The first column of `data/<name>.tsv` to its second."""
    return {first: second for first, second, *_ in (row.values() for row in rows(name))}


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `data/<name>.tsv`."""
    return frozenset(next(iter(row.values())) for row in rows(name))


@cache
def settings(name: str) -> dict[str, Any]:
    """The table of `data/<name>.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf8"))
