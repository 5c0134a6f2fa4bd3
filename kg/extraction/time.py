"""Time phrases of the news as closed intervals of days.

Rules over word lists, after the manner of HeidelTime (Strötgen and Gertz 2013) and timenorm (Bethard 2013): a phrase
is read from the outside in ("since" + "early" + "March"), each rule reckoning from what is inside.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extraction.periods import (
    ALWAYS,
    EVER,
    Period,
    holding,
    months_of,
    precision_of,
    shifted,
    third_of,
    week_of,
    years_of,
)
from kg.extraction.timepoints import DAY, POINTS, Frame, Handler, Match, away, count_of
from kg.extraction.timewords import grammar, time_words, value
from kg.records import Document, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

Interval = tuple[date | None, date | None, Precision]
# Any day at all, to see whether a phrase can be reckoned.
_SOME_DAY = date(2000, 6, 15)
# One character for one, so that places in the text stay.
_SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\n": " ", "\t": " ", "\xa0": " "})


def resolve(phrase: str, published: date | None, tense: str | None = None) -> Interval | None:
    """First and last day, both inclusive, and precision of a time phrase; None where its words fix no day.

    `tense` is "past", "future" or None where unknown; without `published` only dates with a year are resolved.
    """
    period = _read(_plain(phrase), Frame(published, tense))
    return (*period.ends(), period.precision) if period else None


def _plain(phrase: str) -> str:
    """A phrase on one line, without marks around it and a possessive's ending."""
    return " ".join(phrase.translate(_SAME).split()).strip(" ,.;:!?\"'“”()[]").removesuffix("'s")


def reckoning_day(document: Document) -> date | None:
    """The day that relative dates of a document count from: its publication.

    None where the title tells of days after that ("…, 2025-04-24 to 2025-05-02"): such a review was not written on
    the day it is dated by, so that "on Sunday" in it says nothing.
    """
    title, published = document.title or "", document.published
    told = [_exact(_plain(title[begin:end]), Frame(published)) for begin, end in time_phrases(title)]
    if published and any(p and p.precision == "day" and p.first <= published < p.last for p in told):
        return None
    return published


def time_phrases(text: str) -> list[tuple[int, int]]:
    """Ranges (code points) of the phrases in a text that fix a day or a period, in order, none overlapping."""
    return list(_found(text))


def _found(text: str) -> Iterator[tuple[int, int]]:
    plain = text.translate(_SAME)
    place = 0
    joined, one = grammar().finders
    while match := one.search(plain, place):
        longer = joined.match(plain, match.start())
        for candidate in (longer, match):
            if candidate and _exact(candidate.group(), Frame(_SOME_DAY)):
                yield candidate.span()
                place = candidate.end()
                break
        else:
            place = match.end()


def _read(text: str, frame: Frame) -> Period | None:
    """A phrase as a whole, else the first time in it."""
    return _exact(text, frame) or _inside(text, frame)


def _inside(text: str, frame: Frame) -> Period | None:
    """The first time found among other words."""
    matches = grammar().finders[1].finditer(text)
    periods = (_exact(match.group(), frame) for match in matches if len(match.group()) < len(text))
    return next((period for period in periods if period), None)


@lru_cache(maxsize=10_000)
def _exact(text: str, frame: Frame) -> Period | None:
    """A phrase of nothing but time words; None also where it leads out of the calendar (years 1 to 9999)."""
    if len(text) > time_words()["longest"] or grammar().elsewhere.match(text):
        return None
    for name, rule in grammar().rules:
        match = rule.fullmatch(text)
        try:
            period = RULES[name](match, frame) if match else None
        except (OverflowError, ValueError):
            period = None
        if period:
            return period
    return None


def _part(number: int, period: Period | None, frame: Frame) -> Period | None:
    """A third of a period, or what of it lies before (-1) or after (3) the day of publication."""
    today = frame.published
    if period is None or period.precision == "day":
        return period
    if 0 <= number <= 2:
        return third_of(period, number)
    if today is None or not period.first <= today <= period.last:
        return period
    return replace(period, last=max(today - DAY, period.first)) if number < 0 else replace(period, first=today)


def _part_of(match: Match, frame: Frame) -> Period | None:
    return _part(value("part", match["part"]), _whole(match["rest"], frame), frame)


def _part_of_this(match: Match, frame: Frame) -> Period | None:
    if frame.published is None:
        return None
    return _part(value("part", match["part"]), holding(frame.published, value("unit", match["unit"])), frame)


def _so_far(match: Match, frame: Frame) -> Period | None:
    period = _exact(match["before"] or match["after"], frame)
    return period.until(frame.published) if period and frame.published else period


def _whole(text: str, frame: Frame) -> Period | None:
    """A period that a piece is cut from; "the year" is the present one."""
    if text.casefold() in ("the year", "the month"):
        return holding(frame.published, text[4:].casefold()) if frame.published else None
    return _exact(text, replace(frame, tense="future") if text.casefold().startswith("this ") else frame)


def _piece_of_year(match: Match, frame: Frame) -> Period | None:
    year = _whole(match["rest"], frame)
    count = value("piece", match["piece"])
    number = value("nth", match["nth"]) % (12 // count)
    if year is None or year != years_of(year.first.year):
        return None
    return months_of(year.first.year, number * count + 1, count)


def _head_of(match: Match, frame: Frame) -> Period | None:
    """The first or last so many days, weeks or months of a period."""
    period = _whole(match["rest"], frame)
    if period is None or period.precision == "day":
        return None
    unit, count = value("unit", match["unit"]), count_of(match["number"] or "a")
    if value("nth", match["nth"]) < 0:
        return Period(away(period.last + DAY, -count, unit), period.last, precision_of(unit))
    return Period(period.first, away(period.first, count, unit) - DAY, precision_of(unit))


def _week_of_month(match: Match, frame: Frame) -> Period | None:
    """Days 1 to 7, 8 to 14 and so on; the last seven days."""
    month = _whole(match["rest"], frame)
    if month is None or month.precision != "month":
        return None
    number = value("nth", match["nth"])
    if number < 0:
        return Period(month.last - 6 * DAY, month.last, "week")
    return Period(month.first + 7 * number * DAY, month.first + (7 * number + 6) * DAY, "week")


def _week_holding(match: Match, frame: Frame) -> Period | None:
    day = _exact(match["rest"], frame)
    return week_of(day.first) if day else None


def _night_of(match: Match, frame: Frame) -> Period | None:
    """From the evening of a day into the next; between two days as they stand."""
    return _night(_exact(match["rest"], frame), 0, 1)


def _night_into(match: Match, frame: Frame) -> Period | None:
    """From the evening before a day into it; between two days as they stand."""
    return _night(_exact(match["rest"], frame), -1, 0)


def _night(period: Period | None, before: int, after: int) -> Period | None:
    if period is None or period.precision != "day" or period.first != period.last:
        return period
    return Period(period.first + before * DAY, period.last + after * DAY, "day")


def _rest(match: Match, frame: Frame) -> Period | None:
    return _exact(match["rest"], frame)


def _offset(match: Match, frame: Frame) -> Period | None:
    """So long before or after another time ("two days after September 10")."""
    unit, anchor = value("unit", match["unit"]), _read(match["rest"], frame)
    if anchor is None or unit == "hour":
        return anchor
    sign = 1 if match["side"].casefold() in ("after", "following") else -1
    return holding(shifted(anchor.first if sign < 0 else anchor.last, sign * count_of(match["number"]), unit), unit)


def _between(match: Match, frame: Frame) -> Period | None:
    """From one time to another, cut at the first word or dash that leaves a time on both sides."""
    text = match["rest"]
    cuts = ((text[: joint.start()], text[joint.end() :]) for joint in grammar().joint.finditer(text))
    return next((period for first, last in cuts if (period := _from_to(first, last, frame))), None)


def _from_to(first: str, last: str, frame: Frame) -> Period | None:
    """A period of two ends; the first takes its year or week from the last."""
    end = _exact(last, frame)
    if end is None:
        return None
    begins = (_exact(first, replace(frame, limit=end.last)), _exact(first, frame))
    begin = next((period for period in begins if period and period.first <= end.first), None)
    return Period(begin.first, end.last, begin.precision) if begin else None


def _since(match: Match, frame: Frame) -> Period | None:
    """From the first day on; a date without a year is past."""
    period = _read(match["rest"], frame if frame.is_future else replace(frame, tense="past"))
    return replace(period, last=EVER) if period else None


def _until(match: Match, frame: Frame) -> Period | None:
    """Up to the last day; a date without a year is to come unless the past is meant."""
    period = _read(match["rest"], frame if frame.tense == "past" else replace(frame, tense="future"))
    return replace(period, first=ALWAYS) if period else None


def _after(match: Match, frame: Frame) -> Period | None:
    """From the day after a date ("after Monday"), or on from the period of what is named ("after the vote in May")."""
    period = _exact(match["rest"], frame)
    if period:
        return Period(period.last + DAY, EVER, period.precision)
    period = _inside(match["rest"], frame)
    return replace(period, last=EVER) if period else None


def _before(match: Match, frame: Frame) -> Period | None:
    """Up to the day before a date, or up to the period of what is named."""
    period = _exact(match["rest"], frame)
    if period:
        return Period(ALWAYS, period.first - DAY, period.precision)
    period = _inside(match["rest"], frame)
    return replace(period, first=ALWAYS) if period else None


RULES: dict[str, Handler] = POINTS | {
    "after": _after,
    "before": _before,
    "between": _between,
    "daytime_first": _rest,
    "daytime_last": _rest,
    "filled": _rest,
    "head_of": _head_of,
    "night_into": _night_into,
    "night_of": _night_of,
    "offset": _offset,
    "part_of": _part_of,
    "part_of_this": _part_of_this,
    "piece_of_year": _piece_of_year,
    "since": _since,
    "so_far": _so_far,
    "until": _until,
    "week_holding": _week_holding,
    "week_of_month": _week_of_month,
}
