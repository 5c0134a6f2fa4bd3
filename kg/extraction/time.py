"""Time phrases of the news as closed intervals of days.

Rules over word lists, after the manner of HeidelTime (Strötgen and Gertz 2013) and timenorm (Bethard 2013): a phrase
is read from the outside in ("since" + "early" + "March"), each rule reckoning from what is inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

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
    third_of,
    week_of,
    years_of,
)
from kg.extraction.timewords import grammar, time_words, value
from kg.records import Document, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Match = re.Match[str]
Interval = tuple[date | None, date | None, Precision]
_DAY = timedelta(days=1)
_WEEKEND = timedelta(days=5)
# Leap years may lie eight years apart (1896 and 1904).
_LEAP_GAP = 8
# Any day at all, to see whether a phrase can be reckoned.
_SOME_DAY = date(2000, 6, 15)
# One character for one, so that places in the text stay.
_SAME = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\n": " ", "\t": " ", "\xa0": " "})


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
            period = _HANDLERS[name](match, frame) if match else None
        except (OverflowError, ValueError):
            period = None
        if period:
            return period
    return None


def _count(word: str) -> int:
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
    week = _read(match["week"], frame) if match["week"] else None
    if week:
        return one_day(week_of(week.first).first + timedelta(days=number))
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
    return Period(frame.published + first * _DAY, frame.published + last * _DAY, "day")


def _ago(match: Match, frame: Frame) -> Period | None:
    """The calendar day, week, month or year so long before publication; hours as the days that they reach into."""
    if frame.published is None:
        return None
    unit = value("unit", match["unit"])
    day = _away(frame.published, -_count(match["number"]), unit)
    bound = value("bound", match["bound"]) if match["bound"] else None
    if bound == "over":
        return Period(ALWAYS, day, precision_of(unit))
    if bound == "under" or unit == "hour":
        return Period(day, frame.published, precision_of(unit))
    return holding(day, unit)


def _away(day: date, count: int, unit: str) -> date:
    """So many units on; hours as the days that they reach into."""
    if unit == "hour":
        return day + (count // 24 if count < 0 else -(-count // 24)) * _DAY
    return shifted(day, count, unit)


def _lately(_: Match, frame: Frame) -> Period | None:
    return Period(ALWAYS, frame.published, "unknown") if frame.published else None


def _soon(_: Match, frame: Frame) -> Period | None:
    return Period(frame.published, EVER, "unknown") if frame.published else None


def _rolling(match: Match, frame: Frame) -> Period | None:
    """So many units up to publication, or on from it."""
    if frame.published is None:
        return None
    unit, count = value("unit", match["unit"]), _count(match["number"] or "a")
    if value("which", match["which"]) < 0:
        return Period(_away(frame.published, -count, unit), frame.published, precision_of(unit))
    return Period(frame.published, _away(frame.published, count, unit), precision_of(unit))


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
        saturday += 7 * value("which", match["which"]) * _DAY
    elif saturday > frame.published and not frame.is_future:
        saturday -= 7 * _DAY
    return Period(saturday, saturday + _DAY, "day")


def _part(number: int, period: Period | None, frame: Frame) -> Period | None:
    """A third of a period, or what of it lies before (-1) or after (3) the day of publication."""
    today = frame.published
    if period is None or period.precision == "day":
        return period
    if 0 <= number <= 2:
        return third_of(period, number)
    if today is None or not period.first <= today <= period.last:
        return period
    return replace(period, last=max(today - _DAY, period.first)) if number < 0 else replace(period, first=today)


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
    unit, count = value("unit", match["unit"]), _count(match["number"] or "a")
    if value("nth", match["nth"]) < 0:
        return Period(_away(period.last + _DAY, -count, unit), period.last, precision_of(unit))
    return Period(period.first, _away(period.first, count, unit) - _DAY, precision_of(unit))


def _week_of_month(match: Match, frame: Frame) -> Period | None:
    """Days 1 to 7, 8 to 14 and so on; the last seven days."""
    month = _whole(match["rest"], frame)
    if month is None or month.precision != "month":
        return None
    number = value("nth", match["nth"])
    if number < 0:
        return Period(month.last - 6 * _DAY, month.last, "week")
    return Period(month.first + 7 * number * _DAY, month.first + (7 * number + 6) * _DAY, "week")


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
    return Period(period.first + before * _DAY, period.last + after * _DAY, "day")


def _rest(match: Match, frame: Frame) -> Period | None:
    return _exact(match["rest"], frame)


def _offset(match: Match, frame: Frame) -> Period | None:
    """So long before or after another time ("two days after September 10")."""
    unit, anchor = value("unit", match["unit"]), _read(match["rest"], frame)
    if anchor is None or unit == "hour":
        return anchor
    sign = 1 if match["side"].casefold() in ("after", "following") else -1
    return holding(shifted(anchor.first if sign < 0 else anchor.last, sign * _count(match["number"]), unit), unit)


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
        return Period(period.last + _DAY, EVER, period.precision)
    period = _inside(match["rest"], frame)
    return replace(period, last=EVER) if period else None


def _before(match: Match, frame: Frame) -> Period | None:
    """Up to the day before a date, or up to the period of what is named."""
    period = _exact(match["rest"], frame)
    if period:
        return Period(ALWAYS, period.first - _DAY, period.precision)
    period = _inside(match["rest"], frame)
    return replace(period, first=ALWAYS) if period else None


_HANDLERS: dict[str, Callable[[Match, Frame], Period | None]] = {
    "after": _after,
    "ago": _ago,
    "bare_rolling": _rolling,
    "before": _before,
    "between": _between,
    "day_alone": _day_alone,
    "day_month": _month_day,
    "days_before_month": _days_of_month,
    "days_of_month": _days_of_month,
    "daytime_first": _rest,
    "daytime_last": _rest,
    "dayword": _dayword,
    "decade": _decade,
    "filled": _rest,
    "head_of": _head_of,
    "holiday": _holiday,
    "iso": _iso,
    "lately": _lately,
    "long_ago": _lately,
    "month": _month,
    "month_day": _month_day,
    "month_which": _month_which,
    "month_year": _month_year,
    "night_into": _night_into,
    "night_of": _night_of,
    "offset": _offset,
    "part_of": _part_of,
    "part_of_this": _part_of_this,
    "piece_of_year": _piece_of_year,
    "relative": _relative,
    "rolling": _rolling,
    "season": _season,
    "since": _since,
    "so_far": _so_far,
    "soon": _soon,
    "until": _until,
    "week_holding": _week_holding,
    "week_of_month": _week_of_month,
    "weekday": _weekday,
    "weekend": _weekend,
    "year": _year,
}
