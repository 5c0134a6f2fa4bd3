"""The rules of English time phrases, compiled from their data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extraction.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_TABLES = ("month", "shortmonth", "weekday", "shortday", "season", "holiday", "dayword", "which", "part", "piece")
_TABLES_OF_COUNTS = ("nth", "unit", "amount", "bound")
# These words are others too in lower case ("may", "march", "sun"), so that a text must write them with a capital.
_NAMES = ("month", "shortmonth", "weekday", "shortday", "holiday")
_CAPITAL = "(?-i:(?=[A-Z]))"
_BEGIN, _END = r"(?u:(?<![\w-]))", r"(?u:(?!\w))"
_GROUP_NAME = re.compile(r"\?P<[a-z]+>")
Rule = tuple[str, re.Pattern[str]]


@cache
def time_words() -> dict[str, Any]:
    """The tables and rules as they are written."""
    return tomllib.loads((Path(__file__).parent / "data" / "time.toml").read_text("utf8"))


def value(table: str, word: str) -> Any:  # noqa: ANN401 (a number, a pair or a word, by table)
    """What a table says of a word in any case."""
    return time_words()[table][word.casefold()]


def _alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def _pieces(names_with_capitals: bool) -> dict[str, str]:
    """The pattern of each word in capitals."""
    pieces = {name.upper(): _alternatives(time_words()[name]) for name in (*_TABLES, *_TABLES_OF_COUNTS)}
    pieces["COUNTWORD"] = _alternatives([*numbers()["units"], "dozen"])
    if names_with_capitals:
        pieces |= {name.upper(): _CAPITAL + pieces[name.upper()] for name in _NAMES}
    pieces.update(time_words()["pieces"])
    return pieces


def _expanded(pattern: str, pieces: Mapping[str, str]) -> str:
    return _CAPITALS.sub(lambda match: _expanded(pieces[match.group()], pieces), pattern)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Grammar:
    """Rules for a whole phrase in the order in which they are tried, and finders of phrases in a text."""

    rules: tuple[Rule, ...]
    elsewhere: re.Pattern[str]
    joint: re.Pattern[str]
    finders: tuple[re.Pattern[str], ...]


def _rules(pieces: Mapping[str, str]) -> tuple[Rule, ...]:
    groups = [time_words()[group] for group in ("outer", "plain", "bare", "alone")]
    return tuple((name, _compiled(_expanded(text, pieces))) for rules in groups for name, text in rules.items())


def _finders(pieces: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    """First what joins two times, then what is one."""
    plain = "|".join(["ELSEWHERE", *time_words()["plain"].values()])
    either = "|".join([plain, *time_words()["bare"].values()])
    lead, tail = time_words()["lead"]["words"], time_words()["lead"]["tail"]
    one = f"(?:(?:{lead}){{1,4}}(?:{either})|(?:{plain})){tail}"
    joined = f"{one}TO(?:{lead}){{0,2}}(?:{either}){tail}"
    return tuple(_finder(pattern, pieces) for pattern in (joined, one))


def _finder(pattern: str, pieces: Mapping[str, str]) -> re.Pattern[str]:
    return _compiled(_BEGIN + _GROUP_NAME.sub("?:", _expanded(pattern, pieces)) + _END)


@cache
def grammar() -> Grammar:
    """The grammar, compiled once."""
    pieces = _pieces(names_with_capitals=False)
    return Grammar(
        rules=_rules(pieces),
        elsewhere=_compiled(_expanded("ELSEWHERE", pieces)),
        joint=_compiled(_expanded("TO", pieces)),
        finders=_finders(_pieces(names_with_capitals=True)),
    )
