"""Time phrases that are read by themselves: days, weeks, months, seasons, years, and what counts from publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extraction.numbers import word_number
from kg.extraction.periods import (
    ALWAYS,
    EVER,
    Period,
    day_of,
    holding,
    months_of,
    one_day,
    precision_of,
    shifted,
    week_of,
    years_of,
)
from kg.extraction.timewords import time_words, value

Match = re.Match[str]
DAY = timedelta(days=1)
_WEEKEND = timedelta(days=5)
# Leap years may lie eight years apart (1896 and 1904).
_LEAP_GAP = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """What a phrase is read against: day of publication, "past", "future" or None, and a day it must not pass.

    Words such as "yesterday" count from publication; a date without a year or week is the latest up to `limit`.
    """

    published: date | None
    tense: str | None = None
    limit: date | None = None

    @property
    def base(self) -> date | None:
        """The day that dates without a year are sought from."""
        return self.limit or self.published

    @property
    def is_future(self) -> bool:
        """Whether the nearest coming date is meant."""
        return self.tense == "future" and self.limit is None


Handler = Callable[[Match, Frame], Period | None]


def count_of(word: str) -> int:
    """A number as numeral or words, "a couple of" too."""
    if word.casefold() in time_words()["amount"]:
        amount: int = value("amount", word)
        return amount
    number = word_number(re.split("[ -]", word.casefold()))
    if number is None:
        raise ValueError(word)
    return number


def _month_number(word: str) -> int:
    word = word.rstrip(".")
    table = "month" if word.casefold() in time_words()["month"] else "shortmonth"
    number: int = value(table, word)
    return number


def _day_number(word: str) -> int:
    return int(word.rstrip("stndrhSTNDRH"))


def _year_number(word: str, frame: Frame) -> int | None:
    """A year in digits, or last, this or next year."""
    if word.isdigit():
        return int(word)
    if frame.published is None:
        return None
    shift: int = value("which", word.partition(" ")[0])
    return frame.published.year + shift


def _in_year(match: Match, frame: Frame, make: Callable[[int], Period | None]) -> Period | None:
    """A date with its year; without one, in the nearest year."""
    if match["year"]:
        year = _year_number(match["year"], frame)
        return make(year) if year else None
    return _nearest(make, frame)


def _candidates(make: Callable[[int], Period | None], base: date) -> list[Period]:
    """What a yearly date is in the years about a day, in order."""
    years = range(max(base.year - _LEAP_GAP, 1), min(base.year + _LEAP_GAP, 9998) + 1)
    return [period for year in years if (period := make(year))]


def _nearest(make: Callable[[int], Period | None], frame: Frame) -> Period | None:
    """The latest that began by the base day; the next where the future is meant or it is only days away."""
    base = frame.base
    if base is None:
        return None
    found = _candidates(make, base)
    coming = next((period for period in found if period.last >= base), None)
    past = next((period for period in reversed(found) if period.first <= base), None)
    is_soon = coming is not None and coming.first - base <= timedelta(days=time_words()["soon_days"])
    if frame.is_future or (is_soon and frame.tense is None and frame.limit is None):
        return coming or past
    return past


def _chosen(make: Callable[[int], Period | None], which: int, frame: Frame) -> Period | None:
    """The last one that is over, the one of this year, or the next to begin."""
    today = frame.published
    if today is None:
        return None
    found = _candidates(make, today)
    if which < 0:
        return next((period for period in reversed(found) if period.last < today), None)
    if which > 0:
        return next((period for period in found if period.first > today), None)
    return make(today.year)


def _iso(match: Match, _: Frame) -> Period | None:
    return day_of(int(match["year"]), int(match["month"]), int(match["day"]))


def _month_day(match: Match, frame: Frame) -> Period | None:
    month, day = _month_number(match["month"]), _day_number(match["day"])
    return _in_year(match, frame, lambda year: day_of(year, month, day))


def _days_of_month(match: Match, frame: Frame) -> Period | None:
    month, first, last = _month_number(match["month"]), _day_number(match["first"]), _day_number(match["last"])

    def made(year: int) -> Period | None:
        begin, end = day_of(year, month, first), day_of(year, month, last)
        return Period(begin.first, end.last, "day") if begin and end and first <= last else None

    return _in_year(match, frame, made)


def _month(match: Match, frame: Frame) -> Period | None:
    month = _month_number(match["month"])
    return _nearest(lambda year: months_of(year, month), frame)


def _month_year(match: Match, frame: Frame) -> Period | None:
    month = _month_number(match["month"])
    return _in_year(match, frame, lambda year: months_of(year, month))


def _month_which(match: Match, frame: Frame) -> Period | None:
    month = _month_number(match["month"])
    return _chosen(lambda year: months_of(year, month), value("which", match["which"]), frame)


def _season(match: Match, frame: Frame) -> Period | None:
    parts = match.groupdict()
    first, count = value("season", parts["named"] or parts["season"])
    if parts["which"]:
        return _chosen(lambda year: months_of(year, first, count), value("which", parts["which"]), frame)
    if parts.get("year"):
        return _in_year(match, frame, lambda year: months_of(year, first, count))
    return _nearest(lambda year: months_of(year, first, count), frame)


def _holiday(match: Match, frame: Frame) -> Period | None:
    month, day = value("holiday", match["holiday"])
    return _in_year(match, frame, lambda year: day_of(year, month, day))


def _year(match: Match, _: Frame) -> Period:
    return years_of(int(match["year"]))


def _decade(match: Match, _: Frame) -> Period:
    return years_of(int(match["decade"]), 10)


def _day_alone(match: Match, frame: Frame) -> Period | None:
    """The latest (or next) month's day of that number."""
    number = _day_number(match["day"])
    base = frame.base
    if base is None:
        return None
    starts = [shifted(base.replace(day=1), count, "month") for count in (0, -1, 1, -2, 2)]
    days = [found.first for start in starts if (found := day_of(start.year, start.month, number))]
    fits = [day for day in days if (day >= base if frame.is_future else day <= base)]
    return one_day(min(fits, key=lambda day: abs(day - base))) if fits else None


def _weekday(match: Match, frame: Frame) -> Period | None:
    base = frame.base
    if base is None:
        return None
    name = match["weekday"].casefold()
    number = value("weekday" if name in time_words()["weekday"] else "shortday", name)
    if match["week"] and frame.published:
        weeks = value("which", match["week"].partition(" ")[0])
        return one_day(week_of(frame.published).first + timedelta(days=number + 7 * weeks))
    behind, ahead = (base.weekday() - number) % 7, (number - base.weekday()) % 7
    which = value("which", match["which"]) if match["which"] else None
    if which == 0 and frame.tense != "past":
        return one_day(week_of(base).first + timedelta(days=number))
    if which == 1 or (which is None and frame.is_future):
        return one_day(base + timedelta(days=(ahead or 7) if which else ahead))
    return one_day(base - timedelta(days=(behind or 7) if which == -1 else behind))


def _dayword(match: Match, frame: Frame) -> Period | None:
    if frame.published is None:
        return None
    first, last = value("dayword", match["dayword"])
    return Period(frame.published + first * DAY, frame.published + last * DAY, "day")


def _ago(match: Match, frame: Frame) -> Period | None:
    """The calendar day, week, month or year so long before publication; hours as the days that they reach into."""
    if frame.published is None:
        return None
    unit = value("unit", match["unit"])
    day = away(frame.published, -count_of(match["number"]), unit)
    bound = value("bound", match["bound"]) if match["bound"] else None
    if bound == "over":
        return Period(ALWAYS, day, precision_of(unit))
    if bound == "under" or unit == "hour":
        return Period(day, frame.published, precision_of(unit))
    return holding(day, unit)


def away(day: date, count: int, unit: str) -> date:
    """So many units on; hours as the days that they reach into."""
    if unit == "hour":
        return day + (count // 24 if count < 0 else -(-count // 24)) * DAY
    return shifted(day, count, unit)


def _lately(_: Match, frame: Frame) -> Period | None:
    return Period(ALWAYS, frame.published, "unknown") if frame.published else None


def _soon(_: Match, frame: Frame) -> Period | None:
    return Period(frame.published, EVER, "unknown") if frame.published else None


def _rolling(match: Match, frame: Frame) -> Period | None:
    """So many units up to publication, or on from it."""
    if frame.published is None:
        return None
    unit, count = value("unit", match["unit"]), count_of(match["number"] or "a")
    if value("which", match["which"]) < 0:
        return Period(away(frame.published, -count, unit), frame.published, precision_of(unit))
    return Period(frame.published, away(frame.published, count, unit), precision_of(unit))


def _relative(match: Match, frame: Frame) -> Period | None:
    """A calendar week, month or year; of the present one only what is past, unless the future is meant."""
    if frame.published is None:
        return None
    which, unit = value("which", match["which"]), value("unit", match["unit"])
    period = holding(shifted(frame.published.replace(day=1) if unit == "month" else frame.published, which, unit), unit)
    return period if which or frame.tense == "future" else period.until(frame.published)


def _weekend(match: Match, frame: Frame) -> Period | None:
    """Saturday and Sunday: of the week before publication, of this or the next; without a word the nearest."""
    if frame.published is None:
        return None
    saturday = week_of(frame.published).first + _WEEKEND
    if match["which"]:
        saturday += 7 * value("which", match["which"]) * DAY
    elif saturday > frame.published and not frame.is_future:
        saturday -= 7 * DAY
    return Period(saturday, saturday + DAY, "day")


POINTS: dict[str, Handler] = {
    "ago": _ago,
    "bare_rolling": _rolling,
    "day_alone": _day_alone,
    "day_month": _month_day,
    "days_before_month": _days_of_month,
    "days_of_month": _days_of_month,
    "dayword": _dayword,
    "decade": _decade,
    "holiday": _holiday,
    "iso": _iso,
    "lately": _lately,
    "long_ago": _lately,
    "month": _month,
    "month_day": _month_day,
    "month_which": _month_which,
    "month_year": _month_year,
    "relative": _relative,
    "rolling": _rolling,
    "season": _season,
    "soon": _soon,
    "weekday": _weekday,
    "weekend": _weekend,
    "year": _year,
}
