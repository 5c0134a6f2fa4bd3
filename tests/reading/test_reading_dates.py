from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import TODAY

from kg.errors import BadDate
from kg.reading import read_date, today_anywhere
from kg.reading.settings import DATE_FORMATS

past_days = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "2022-09-11",
        "2022-09-11T23:30:00-05:00",
        "2022-09-11T23:30",
        "2022-09-11 10:00:00.123Z",
        "20220911",
        "20220911T100000Z",
        "2022/09/11",
        "11.09.2022",
        "Sun, 11 Sep 2022 10:00:00 +0000",
        "Sun, 11 Sep 2022 10:00:00 GMT",
        "Sun, 11 Sep 2022 23:59:59 -0800 (PST)",
        "Sunday, September 11, 2022 at 4:05 p.m. EDT",
        "11 September 2022",
        "11th September 2022",
        "11. September 2022",
        "11-Sep-2022",
        "September 11, 2022",
        "September 11 2022",
        "Sept. 11, 2022",
        "SEPTEMBER 11, 2022",
        "  Sun 11 Sep   2022 ",
    ],
)
def test_every_usual_writing_of_a_day_is_read(written: str) -> None:
    assert read_date(written, TODAY) == date(2022, 9, 11)


@given(past_days, st.sampled_from(DATE_FORMATS))
def test_a_day_written_in_any_format_of_the_settings_comes_back(day: date, format: str) -> None:
    assert read_date(day.strftime(format), TODAY) == day


@given(past_days, st.times(), st.integers(-12, 14))
def test_the_day_is_the_one_written_whatever_the_zone(day: date, time, hours: int) -> None:
    moment = datetime.combine(day, time)
    assert read_date(f"{moment.isoformat()}{hours:+03d}:00", TODAY) == day


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2023",
        "yesterday",
        "2 hours ago",
        "2022",
        "202211",
        "2022-13-01",
        "2022-02-30",
        "September 2022",
        "1662854400",
        "-",
    ],
)
def test_what_is_no_day_is_refused_with_the_way_to_write_it(written: str) -> None:
    with pytest.raises(BadDate) as caught:
        read_date(written, TODAY, input="a.md", place="line 3")
    assert str(caught.value) == f"a.md, line 3: the date {written!r} cannot be read. Write it as YYYY-MM-DD"


@given(st.text())
def test_any_text_is_read_as_a_day_or_refused(written: str) -> None:
    with suppress(BadDate):
        assert read_date(written, TODAY) <= TODAY


def test_today_is_read_and_tomorrow_is_refused() -> None:
    assert read_date(TODAY.isoformat(), TODAY) == TODAY
    with pytest.raises(BadDate, match="2024-07-01 lies in the future"):
        read_date("2024-07-01", TODAY)


def test_today_is_never_behind_the_day_in_london() -> None:
    assert datetime.now(UTC).date() <= today_anywhere() <= datetime.now(UTC).date() + timedelta(days=1)
