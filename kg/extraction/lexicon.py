"""The closed classes of words that extraction knows, read once from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def settings() -> dict[str, Any]:
    """Thresholds of extraction."""
    return tomllib.loads((_FOLDER / "settings.toml").read_text("utf8"))


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "data" / f"{name}.toml").read_text("utf8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of words, lower case."""
    return frozenset(_table("words")[name])


@cache
def place_nominals() -> dict[str, str]:
    """Nouns that may stand for a named place, with the subtype they fit."""
    return dict(_table("words")["place_nominals"])


@cache
def demonyms() -> dict[str, str]:
    """Country of each adjective and inhabitant noun, lower case."""
    rows = (line.split("\t") for line in (_FOLDER / "data" / "demonyms.tsv").read_text("utf8").splitlines()[1:])
    return {form.casefold(): country for country, forms in rows for form in forms.split("|")}


@cache
def countries() -> dict[str, str]:
    """Country of each country name of the table of demonyms, lower case."""
    return {country.casefold(): country for country in demonyms().values()}


@cache
def boilerplate(kind: str) -> re.Pattern[str]:
    """Pattern of lines that are no article text ("line"), or after which none follows ("rest")."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in _table("boilerplate")[kind]), re.IGNORECASE)
