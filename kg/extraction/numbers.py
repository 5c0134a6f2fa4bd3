"""Numbers as words and numerals."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_HUNDRED = 100
_LONGEST = 16


@cache
def numbers() -> dict[str, Any]:
    """Number words and the words that bound a figure."""
    return tomllib.loads((Path(__file__).parent / "data" / "numbers.toml").read_text("utf8"))


def numeral(text: str) -> int | None:
    """A numeral with or without separators of thousands; None where it is no whole number of people or days."""
    if len(text) <= _LONGEST and (_GROUPED.fullmatch(text) or _DIGITS.fullmatch(text)):
        return int(re.sub("[.,]", "", text))
    return None


def without_decimals(text: str) -> str:
    """A text with "1.2 million" and the like as numerals."""
    return _decimal_scale().sub(lambda m: str(round(float(m[1]) * numbers()["scales"][m[2].casefold()])), text)


@cache
def _decimal_scale() -> re.Pattern[str]:
    scales = "|".join(numbers()["scales"])
    return re.compile(rf"\b(\d{{1,4}}\.\d{{1,2}})[ -]({scales})\b", re.IGNORECASE | re.ASCII)


def word_number(words: Sequence[str]) -> int | None:
    """Number words as a number ("two hundred and five": 205); None where one of them is no number word."""
    units, scales = numbers()["units"], numbers()["scales"]
    total, group, seen = 0, 0, False
    for word in (word for word in words if word != "and"):
        value = units.get(word, numeral(word))
        if value is not None:
            group += value
        elif scales.get(word, 0) > _HUNDRED:
            total, group = total + max(group, 1) * scales[word], 0
        elif word in scales:
            group = max(group, 1) * scales[word]
        else:
            return None
        seen = True
    return total + group if seen else None
