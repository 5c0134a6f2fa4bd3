"""Calendar arithmetic on closed periods of days."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Precision

# An end that is left open, so that periods compare as they are.
ALWAYS, EVER = date.min, date.max
_SHORT_MONTHS = 3
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both inclusive; ALWAYS and EVER stand for an open end."""

    first: date
    last: date
    precision: Precision

    def ends(self) -> tuple[date | None, date | None]:
        """First and last day, None for an open end."""
        return (None if self.first == ALWAYS else self.first), (None if self.last == EVER else self.last)

    def until(self, last: date) -> Period:
        """The part not after a day; itself where it begins later."""
        return replace(self, last=min(self.last, last)) if self.first <= last else self


def one_day(day: date) -> Period:
    """A single day."""
    return Period(day, day, "day")


def day_of(year: int, month: int, day: int) -> Period | None:
    """A day of the calendar; None where the month has no such day."""
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return one_day(date(year, month, day))


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def months_of(year: int, month: int, count: int = 1) -> Period:
    """Whole months from one on; `count` is reckoned into the next year where it reaches there."""
    first = date(year, month, 1)
    last = shifted(first, count - 1, "month")
    return Period(first, last.replace(day=monthrange(last.year, last.month)[1]), "month")


def years_of(year: int, count: int = 1) -> Period:
    """Whole years from one on."""
    return Period(date(year, 1, 1), date(year + count - 1, 12, 31), "year")


def shifted(day: date, count: int, unit: str) -> date:
    """A day so many days, weeks, months, years or decades on; the last of a month where it has no such day.

    Raises OverflowError or ValueError outside the calendar's years 1 to 9999.
    """
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def holding(day: date, unit: str) -> Period:
    """The day, week, month or year that a day is in; the year for longer units."""
    if unit == "day":
        return one_day(day)
    if unit == "week":
        return week_of(day)
    return months_of(day.year, day.month) if unit == "month" else years_of(day.year)


def precision_of(unit: str) -> Precision:
    """The precision of a span counted in a unit."""
    named: dict[str, Precision] = {"week": "week", "month": "month", "year": "year", "decade": "year"}
    return named.get(unit, "day")


def third_of(period: Period, number: int) -> Period:
    """The early (0), middle (1) or late (2) part: ten days of a month, months of a season or year, years of a decade.

    A week or day is not cut further.
    """
    if period.precision in ("day", "week", "unknown") or period.first == ALWAYS or period.last == EVER:
        return period
    count = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if count < _SHORT_MONTHS:
        first = period.first if number == 0 else period.first.replace(day=10 * number + 1)
        return replace(period, first=first, last=period.last if number == 2 else first + timedelta(days=9))
    if count > _YEAR:
        years = count // 12
        cuts = [0, round(years * 0.4), round(years * 0.7), years]
        return years_of(period.first.year + cuts[number], cuts[number + 1] - cuts[number])
    begin = shifted(period.first, number * (count // 3), "month")
    return replace(months_of(begin.year, begin.month, count // 3), precision="month")
