from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31))


def period(first, last, precision):
    return Period(date.fromisoformat(first), date.fromisoformat(last), precision)


def test_open_ends_are_told_as_none():
    day = date(2022, 9, 14)
    assert [Period(ALWAYS, day, "day").ends(), Period(day, EVER, "day").ends(), one_day(day).ends()] == [
        (None, day),
        (day, None),
        (day, day),
    ]


def test_a_period_is_cut_at_a_day_in_it_only():
    march = months_of(2022, 3)
    assert march.until(date(2022, 3, 10)) == period("2022-03-01", "2022-03-10", "month")
    assert march.until(date(2022, 2, 10)) == march
    assert march.until(date(2022, 5, 1)) == march


def test_a_day_that_a_month_lacks_is_none():
    assert [day_of(2023, 2, 29), day_of(2023, 4, 31), day_of(2023, 1, 0)] == [None] * 3
    assert day_of(2024, 2, 29) == one_day(date(2024, 2, 29))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (months_of(2022, 2), ("2022-02-01", "2022-02-28", "month")),
        (months_of(2024, 2), ("2024-02-01", "2024-02-29", "month")),
        (months_of(2022, 12, 3), ("2022-12-01", "2023-02-28", "month")),
        (years_of(2022), ("2022-01-01", "2022-12-31", "year")),
        (years_of(1990, 10), ("1990-01-01", "1999-12-31", "year")),
        (week_of(date(2022, 9, 14)), ("2022-09-12", "2022-09-18", "week")),
        (week_of(date(2022, 9, 18)), ("2022-09-12", "2022-09-18", "week")),
    ],
)
def test_months_years_and_weeks_are_whole(found, expected):
    assert found == period(*expected)


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        ("2022-03-31", -1, "month", "2022-02-28"),
        ("2022-01-15", -1, "month", "2021-12-15"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2022-09-14", -2, "week", "2022-08-31"),
        ("2022-09-14", 20, "day", "2022-10-04"),
        ("2022-09-14", -1, "decade", "2012-09-14"),
    ],
)
def test_a_day_is_shifted_by_a_unit(day, count, unit, expected):
    assert shifted(date.fromisoformat(day), count, unit) == date.fromisoformat(expected)


@pytest.mark.parametrize(("count", "unit"), [(-3000, "year"), (9000, "year"), (10**9, "day"), (-300, "decade")])
def test_a_shift_out_of_the_calendar_is_an_error(count, unit):
    with pytest.raises((OverflowError, ValueError)):
        shifted(date(2022, 9, 14), count, unit)


@given(DAYS, st.sampled_from(["day", "week", "month", "year"]))
def test_a_day_is_in_the_period_that_holds_it(day, unit):
    found = holding(day, unit)
    assert found.first <= day <= found.last
    assert found.precision == precision_of(unit)
    assert holding(found.first, unit) == holding(found.last, unit) == found


@given(DAYS, st.sampled_from(["month", "year"]), st.integers(1, 12))
def test_thirds_follow_one_another_and_make_the_whole(day, unit, count):
    whole = months_of(day.year, day.month, count) if unit == "month" and count > 2 else holding(day, unit)
    if whole.precision == "month" and count % 3:
        whole = holding(day, unit)
    parts = [third_of(whole, number) for number in range(3)]
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert all((after.first - before.last).days == 1 for before, after in pairwise(parts))


def test_thirds_of_a_decade_are_whole_years():
    assert [third_of(years_of(1990, 10), number).ends() for number in range(3)] == [
        (date(1990, 1, 1), date(1993, 12, 31)),
        (date(1994, 1, 1), date(1996, 12, 31)),
        (date(1997, 1, 1), date(1999, 12, 31)),
    ]


def test_days_weeks_and_open_periods_have_no_thirds():
    whole = [one_day(date(2022, 9, 14)), week_of(date(2022, 9, 14)), Period(date(2022, 1, 1), EVER, "year")]
    assert [third_of(found, 2) for found in whole] == whole
