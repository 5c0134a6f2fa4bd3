"""What `reading.toml` says, compiled once."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A pattern and what stands in its place."""

    pattern: re.Pattern[str]
    replacement: str


_SETTINGS: Final[dict[str, Any]] = tomllib.loads(files(__package__).joinpath("reading.toml").read_text("utf8"))
_ENCODINGS: Final[dict[str, Any]] = _SETTINGS["encodings"]

MAX_BYTES: Final[int] = _SETTINGS["limits"]["max_bytes"]
FETCH_SECONDS: Final[float] = _SETTINGS["limits"]["fetch_seconds"]
LEAST_ARTICLE_WORDS: Final[int] = _SETTINGS["limits"]["least_article_words"]
USER_AGENT: Final[str] = _SETTINGS["limits"]["user_agent"]

ENDINGS: Final[dict[str, str]] = _SETTINGS["endings"]
CONTENT_TYPES: Final[dict[str, str]] = _SETTINGS["content_types"]
CONTENT: Final[dict[str, re.Pattern[bytes]]] = {
    kind: re.compile(pattern.encode()) for kind, pattern in _SETTINGS["content"].items()
}

PROSE: Final[re.Pattern[str]] = re.compile(_SETTINGS["pages"]["prose"])
PAGE_DATES: Final[tuple[str, ...]] = tuple(_SETTINGS["pages"]["dates"])
LINKED_DATA_DATE: Final[re.Pattern[str]] = re.compile(_SETTINGS["pages"]["linked_data"])

SIGNATURES: Final[dict[bytes, str]] = {bytes.fromhex(head): name for head, name in _SETTINGS["signatures"].items()}

GUESSED_ENCODINGS: Final[list[str]] = _ENCODINGS["guessed"]
DECLARED_ENCODINGS: Final[frozenset[str]] = frozenset(
    codecs.lookup(name).name for name in _ENCODINGS["guessed"] + _ENCODINGS["declared"]
)
ENCODING_DECLARATION: Final[re.Pattern[bytes]] = re.compile(_ENCODINGS["declaration"].encode())
ENCODING_SYNONYMS: Final[dict[str, str]] = _ENCODINGS["synonyms"]

FIELDS: Final[dict[str, tuple[str, ...]]] = {field: tuple(names) for field, names in _SETTINGS["fields"].items()}

DATE_FORMATS: Final[tuple[str, ...]] = tuple(_SETTINGS["dates"]["formats"])
DATE_REWRITES: Final[tuple[Rewrite, ...]] = tuple(
    Rewrite(re.compile(item["pattern"]), item["replacement"]) for item in _SETTINGS["dates"]["rewrites"]
)
