"""Days of publication, out of the ways in which files and pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from kg.errors import BadDate
from kg.reading.settings import DATE_FORMATS, DATE_REWRITES

_FIRST_ZONE = timezone(timedelta(hours=14))
_REWRITE = "Write it as YYYY-MM-DD"
_CORRECT = "Correct it or leave it out"


def today_anywhere() -> date:
    """The day it is where days begin first (UTC+14), so that no report of today counts as of the future."""
    return datetime.now(_FIRST_ZONE).date()


def read_date(written: str, today: date, *, input: str = "", place: str = "") -> date:
    """The day that `written` names, as it is written: a time zone does not move it.

    Reads ISO 8601 dates and times, RFC 2822, and English dates with the month in letters; the formats are
    in `reading.toml`. `input` and `place` are for the message. Raises BadDate where no format fits (also
    for "03/04/2023", which is two days) and where the day is after `today`.
    """
    day = _day(_rewritten(written))
    if day is None:
        raise BadDate(f"the date {written[:60]!r} cannot be read", input=input, place=place, remedy=_REWRITE)
    if day > today:
        raise BadDate(f"the date {day} lies in the future", input=input, place=place, remedy=_CORRECT)
    return day


def _rewritten(written: str) -> str:
    for rewrite in DATE_REWRITES:
        written = rewrite.pattern.sub(rewrite.replacement, written.strip())
    return written.strip()


def _day(written: str) -> date | None:
    days = (_parsed(written, pattern) for pattern in DATE_FORMATS)
    return next((day for day in days if day), None)


def _parsed(written: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(written, pattern).replace(tzinfo=UTC).date()
    except ValueError:
        return None
