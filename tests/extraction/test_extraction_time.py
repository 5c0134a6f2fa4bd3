import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.time import RULES, reckoning_day, resolve, time_phrases
from kg.extraction.timewords import grammar, time_words
from kg.records import Document

# A Wednesday.
PUBLISHED = date(2022, 9, 14)


def shown(phrase, published=PUBLISHED, tense=None):
    """First and last day as ISO dates ("…" for an open end) and the precision."""
    found = resolve(phrase, published, tense)
    if found is None:
        return None
    first, last, precision = found
    return f"{first or '…'} {last or '…'} {precision}"


def document(title, published=PUBLISHED):
    return Document("d", "Text.", "d.txt", title=title, published=published)


DAYS = {
    "on Saturday": "2022-09-10",
    "Saturday": "2022-09-10",
    "On Wednesday": "2022-09-14",
    "Thursday": "2022-09-08",
    "Tues.": "2022-09-13",
    "last Saturday": "2022-09-10",
    "last Wednesday": "2022-09-07",
    "this past Monday": "2022-09-12",
    "this Monday": "2022-09-12",
    "this Saturday": "2022-09-17",
    "next Saturday": "2022-09-17",
    "next Wednesday": "2022-09-21",
    "this coming Monday": "2022-09-19",
    "the coming Friday": "2022-09-16",
    "Tuesday last week": "2022-09-06",
    "on Tuesday of last week": "2022-09-06",
    "Friday next week": "2022-09-23",
    "yesterday": "2022-09-13",
    "Yesterday's": "2022-09-13",
    "today": "2022-09-14",
    "earlier today": "2022-09-14",
    "tonight": "2022-09-14",
    "this morning": "2022-09-14",
    "tomorrow": "2022-09-15",
    "the day before yesterday": "2022-09-12",
    "two days ago": "2022-09-12",
    "a couple of days ago": "2022-09-12",
    "just three days ago": "2022-09-11",
    "48 hours ago": "2022-09-12 2022-09-14",
    "September 10": "2022-09-10",
    "on September 10th": "2022-09-10",
    "Sept. 10": "2022-09-10",
    "Sep 10": "2022-09-10",
    "10 September": "2022-09-10",
    "the 10th of September": "2022-09-10",
    "on Saturday, September 10": "2022-09-10",
    "Monday, January 28, 2019": "2019-01-28",
    "10 September 2021": "2021-09-10",
    "September 10, 2021": "2021-09-10",
    "Sept. 10th, 2021": "2021-09-10",
    "on October 7, 2023": "2023-10-07",
    "October 7": "2021-10-07",
    "September 20": "2022-09-20",
    "February 24 of last year": "2021-02-24",
    "29 February": "2020-02-29",
    "on the 10th": "2022-09-10",
    "on the 31st": "2022-08-31",
    "2022-09-10": "2022-09-10",
    "Monday morning": "2022-09-12",
    "early Sunday": "2022-09-11",
    "early on Sunday morning": "2022-09-11",
    "late on Tuesday": "2022-09-13",
    "earlier on Wednesday": "2022-09-14",
    "in the early hours of Tuesday": "2022-09-13",
    "on the morning of 5 May": "2022-05-05",
    "shortly before dawn on Tuesday": "2022-09-13",
    "after midnight on Tuesday": "2022-09-13",
    "at about 6:30 p.m. local time on Tuesday": "2022-09-13",
    "Tuesday at 18:45 (15:45 GMT)": "2022-09-13",
    "around noon on Monday": "2022-09-12",
    "New Year's Eve": "2021-12-31",
    "on Christmas Day": "2021-12-25",
    "Christmas 2020": "2020-12-25",
    "two days after September 10": "2022-09-12",
    "a day after Monday's attack": "2022-09-13",
    "a week before September 10, 2021": "2021-08-30 2021-09-05 week",
    "the day after tomorrow": "2022-09-16",
}

NIGHTS_AND_RANGES = {
    "overnight": "2022-09-13 2022-09-14 day",
    "last night": "2022-09-13 2022-09-14 day",
    "overnight into Saturday": "2022-09-09 2022-09-10 day",
    "overnight into September 10": "2022-09-09 2022-09-10 day",
    "overnight Friday to Saturday": "2022-09-09 2022-09-10 day",
    "Friday night into Saturday": "2022-09-09 2022-09-10 day",
    "on the night of 5 May": "2022-05-05 2022-05-06 day",
    "on the night of 5-6 May": "2022-05-05 2022-05-06 day",
    "during the night of September 9 to 10": "2022-09-09 2022-09-10 day",
    "between 3 and 5 March": "2022-03-03 2022-03-05 day",
    "between March 3 and 5": "2022-03-03 2022-03-05 day",
    "March 3-5": "2022-03-03 2022-03-05 day",
    "3–5 March 2021": "2021-03-03 2021-03-05 day",
    "from March 30 to April 2": "2022-03-30 2022-04-02 day",
    "from Monday to Wednesday": "2022-09-12 2022-09-14 day",
    "from Friday to Monday": "2022-09-09 2022-09-12 day",
    "on Saturday and Sunday": "2022-09-10 2022-09-11 day",
    "from March to May 2021": "2021-03-01 2021-05-31 month",
    "from November to February 2021": "2020-11-01 2021-02-28 month",
    "from late March to mid-April": "2022-03-21 2022-04-20 month",
    "between 2014 and 2018": "2014-01-01 2018-12-31 year",
    "2014-2015": "2014-01-01 2015-12-31 year",
    "2022-03-05 to 2022-03-17": "2022-03-05 2022-03-17 day",
    "over the weekend": "2022-09-10 2022-09-11 day",
    "last weekend": "2022-09-10 2022-09-11 day",
    "this weekend": "2022-09-17 2022-09-18 day",
    "the past three days": "2022-09-11 2022-09-14 day",
    "in the last 24 hours": "2022-09-13 2022-09-14 day",
    "within the past day": "2022-09-13 2022-09-14 day",
    "over the past week": "2022-09-07 2022-09-14 week",
    "in the past two months": "2022-07-14 2022-09-14 month",
    "over the next two weeks": "2022-09-14 2022-09-28 week",
    "less than a week ago": "2022-09-07 2022-09-14 week",
}

PERIODS = {
    "last week": "2022-09-05 2022-09-11 week",
    "this week": "2022-09-12 2022-09-14 week",
    "earlier this week": "2022-09-12 2022-09-13 week",
    "next week": "2022-09-19 2022-09-25 week",
    "three weeks ago": "2022-08-22 2022-08-28 week",
    "the week of May 5": "2022-05-02 2022-05-08 week",
    "the first week of March": "2022-03-01 2022-03-07 week",
    "in the last week of February": "2022-02-22 2022-02-28 week",
    "last month": "2022-08-01 2022-08-31 month",
    "earlier this month": "2022-09-01 2022-09-13 month",
    "later this month": "2022-09-14 2022-09-30 month",
    "next month": "2022-10-01 2022-10-31 month",
    "early last month": "2022-08-01 2022-08-10 month",
    "two months ago": "2022-07-01 2022-07-31 month",
    "in March": "2022-03-01 2022-03-31 month",
    "in May": "2022-05-01 2022-05-31 month",
    "in December": "2021-12-01 2021-12-31 month",
    "in March 2021": "2021-03-01 2021-03-31 month",
    "February of last year": "2021-02-01 2021-02-28 month",
    "last March": "2022-03-01 2022-03-31 month",
    "next March": "2023-03-01 2023-03-31 month",
    "in early March": "2022-03-01 2022-03-10 month",
    "mid-March": "2022-03-11 2022-03-20 month",
    "late February": "2022-02-21 2022-02-28 month",
    "in late March 2021": "2021-03-21 2021-03-31 month",
    "at the end of March": "2022-03-21 2022-03-31 month",
    "earlier in July": "2022-07-01 2022-07-31 month",
    "in 2014": "2014-01-01 2014-12-31 year",
    "last year": "2021-01-01 2021-12-31 year",
    "this year": "2022-01-01 2022-09-14 year",
    "so far this year": "2022-01-01 2022-09-14 year",
    "a year ago": "2021-01-01 2021-12-31 year",
    "early this year": "2022-01-01 2022-04-30 month",
    "late last year": "2021-09-01 2021-12-31 month",
    "at the beginning of the year": "2022-01-01 2022-04-30 month",
    "the first half of 2023": "2023-01-01 2023-06-30 month",
    "in the second quarter of last year": "2021-04-01 2021-06-30 month",
    "the first three months of 2021": "2021-01-01 2021-03-31 month",
    "summer 2022": "2022-06-01 2022-08-31 month",
    "in the spring of 2021": "2021-03-01 2021-05-31 month",
    "the winter of 2020": "2020-12-01 2021-02-28 month",
    "last summer": "2022-06-01 2022-08-31 month",
    "in spring": "2022-03-01 2022-05-31 month",
    "in the 1990s": "1990-01-01 1999-12-31 year",
    "the early 1990s": "1990-01-01 1993-12-31 year",
    "the late 2010s": "2017-01-01 2019-12-31 year",
}

OPEN = {
    "since February": "2022-02-01 … month",
    "since October 7": "2021-10-07 … day",
    "since September 20": "2021-09-20 … day",
    "since 2014": "2014-01-01 … year",
    "since early March": "2022-03-01 … month",
    "since the start of the year": "2022-01-01 … month",
    "ever since Monday": "2022-09-12 … day",
    "from Monday": "2022-09-12 … day",
    "starting on Monday": "2022-09-12 … day",
    "until Friday": "… 2022-09-16 day",
    "by Friday evening": "… 2022-09-16 day",
    "until December": "… 2022-12-31 month",
    "by the end of the year": "… 2022-12-31 month",
    "before October 2021": "… 2021-09-30 month",
    "before Monday": "… 2022-09-11 day",
    "after 5 May": "2022-05-06 … day",
    "after the vote in May": "2022-05-01 … month",
    "shortly after the fall of the city in February": "2022-02-01 … month",
    "before the talks on Monday": "… 2022-09-12 day",
    "more than two years ago": "… 2020-09-14 year",
    "in recent weeks": "… 2022-09-14 unknown",
    "these last days": "… 2022-09-14 unknown",
    "several days ago": "… 2022-09-14 unknown",
    "in the coming days": "2022-09-14 … unknown",
}

NOTHING = [
    "", " ", "for weeks", "for three hours", "for the first time", "now", "recently", "currently", "two days earlier",
    "three years later", "a day after", "the next day", "that day", "the same week", "the following Saturday",
    "that Monday", "in the previous month", "at about 6:30 p.m. local time", "in the morning", "before dawn",
    "since then", "since the war began", "in the early stages of the war", "30 February", "31 September 2021",
    "29 February 2021",
    "2022-02-30", "0 days", "in the past", "once", "the 45th brigade", "nobody knows when", "15-year-old",
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), DAYS.items())
def test_a_day_is_found(phrase, expected):
    parts = expected.split()
    assert shown(phrase) == (expected if len(parts) == 3 else f"{parts[0]} {parts[-1]} day")


@pytest.mark.parametrize(("phrase", "expected"), {**NIGHTS_AND_RANGES, **PERIODS, **OPEN}.items())
def test_a_period_is_found(phrase, expected):
    assert shown(phrase) == expected


@pytest.mark.parametrize("phrase", NOTHING)
def test_words_that_fix_no_day_give_nothing(phrase):
    assert resolve(phrase, PUBLISHED) is None


@pytest.mark.parametrize(
    ("phrase", "past", "future"),
    [
        ("on Saturday", "2022-09-10 2022-09-10 day", "2022-09-17 2022-09-17 day"),
        ("on Wednesday", "2022-09-14 2022-09-14 day", "2022-09-14 2022-09-14 day"),
        ("this Saturday", "2022-09-10 2022-09-10 day", "2022-09-17 2022-09-17 day"),
        ("October 7", "2021-10-07 2021-10-07 day", "2022-10-07 2022-10-07 day"),
        ("September 15", "2021-09-15 2021-09-15 day", "2022-09-15 2022-09-15 day"),
        ("in March", "2022-03-01 2022-03-31 month", "2023-03-01 2023-03-31 month"),
        ("on the 10th", "2022-09-10 2022-09-10 day", "2022-10-10 2022-10-10 day"),
        ("this month", "2022-09-01 2022-09-14 month", "2022-09-01 2022-09-30 month"),
        ("over the weekend", "2022-09-10 2022-09-11 day", "2022-09-17 2022-09-18 day"),
        ("until Friday", "… 2022-09-09 day", "… 2022-09-16 day"),
        ("from Monday to Wednesday", "2022-09-12 2022-09-14 day", "2022-09-12 2022-09-14 day"),
        ("29 February", "2020-02-29 2020-02-29 day", "2024-02-29 2024-02-29 day"),
    ],
)
def test_the_tense_chooses_between_past_and_coming_dates(phrase, past, future):
    assert (shown(phrase, tense="past"), shown(phrase, tense="future")) == (past, future)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("10 September 2021", "2021-09-10 2021-09-10 day"),
        ("in 2014", "2014-01-01 2014-12-31 year"),
        ("since March 2021", "2021-03-01 … month"),
        ("from March to May 2021", "2021-03-01 2021-05-31 month"),
        ("in the 1990s", "1990-01-01 1999-12-31 year"),
        ("on Saturday", None),
        ("October 7", None),
        ("yesterday", None),
        ("last month", None),
        ("last March", None),
        ("two days ago", None),
        ("in recent weeks", None),
        ("the past three days", None),
        ("in the coming days", None),
        ("over the weekend", None),
        ("on the 10th", None),
        ("February 24 of last year", None),
        ("at the end of the year", None),
        ("the first half of the year", None),
    ],
)
def test_without_a_publication_date_only_years_fix_a_date(phrase, expected):
    assert shown(phrase, published=None) == expected


def test_a_phrase_with_other_words_takes_its_first_time():
    assert shown("on Monday in the wake of protests that began in April") == "2022-09-12 2022-09-12 day"


def test_case_and_typography_do_not_matter():
    forms = ["New Year’s Eve", "NEW YEAR'S EVE", "new year's eve,", " New  Year's\nEve ", "“New Year’s Eve”"]
    assert {shown(form) for form in forms} == {"2021-12-31 2021-12-31 day"}


def test_a_phrase_of_endless_prefixes_is_no_time():
    assert resolve("on " * 5000, PUBLISHED) is None


def test_what_leads_out_of_the_calendar_is_no_time():
    assert [resolve("999 decades ago", PUBLISHED), resolve("yesterday", date.min), resolve("tomorrow", date.max)] == [
        None,
        None,
        None,
    ]


def test_a_review_of_days_after_its_date_has_no_day_to_reckon_from():
    assert reckoning_day(document("Border war, 2022-09-14 to 2022-10-02")) is None
    assert reckoning_day(document("Border war, 2022-09-01 to 2022-09-14")) == PUBLISHED
    assert reckoning_day(document("Five killed on Saturday")) == PUBLISHED
    assert reckoning_day(document(None)) == PUBLISHED
    assert reckoning_day(document("Border war, 2022-09-14 to 2022-10-02", published=None)) is None


TEXT = """The mayor said on Saturday that shelling overnight into September 10 had killed two. In May the bridge
held; since 2014 it has been rebuilt twice. Officials may march in the fall of 2023. He sat in the sun for 2000 days,
until last week. Between 3 and 5 March nothing happened. The following Sunday passed quietly. A 15-year-old was hurt
at 6 p.m. on Monday and, two days later, at the May Day parade."""

FOUND = [
    "on Saturday",
    "overnight into September 10",
    "In May",
    "since 2014",
    "in the fall of 2023",
    "until last week",
    "Between 3 and 5 March",
    "on Monday",
    "May Day",
]


def test_time_phrases_are_found_in_running_text():
    assert [TEXT[begin:end] for begin, end in time_phrases(TEXT)] == FOUND


def test_words_that_only_look_like_times_are_not_found():
    assert time_phrases("They may march; 2014 houses. The sun set. Sat down. A second passed. Mondays. e-2014-03") == []


def test_typographic_signs_keep_their_places():
    text = "“We held” — on New Year’s Eve — “the line”"
    assert [text[begin:end] for begin, end in time_phrases(text)] == ["on New Year’s Eve"]


def test_a_phrase_does_not_cross_a_paragraph():
    text = "It ended on\n\nMonday"
    assert [text[begin:end] for begin, end in time_phrases(text)] == ["Monday"]


PIECES = st.sampled_from(
    [
        *time_words()["month"],
        *time_words()["weekday"],
        *time_words()["part"],
        *time_words()["which"],
        *time_words()["unit"],
        *time_words()["dayword"],
        *[
            "on",
            "in",
            "since",
            "until",
            "between",
            "and",
            "to",
            "the",
            "of",
            "ago",
            "5",
            "2022",
            "10th",
            "-",
            ",",
            "\n",
        ],
        *["ſunday", "İ", "1990s", "6:30 p.m.", "’s", "night", "overnight", "after", "two", "Monday", "May", "\x00"],
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join))


@given(TEXTS)
def test_found_phrases_lie_in_the_text_in_order_and_apart(text):
    ranges = time_phrases(text)
    ends = [0, *(place for span in ranges for place in span)]
    assert ends == sorted(ends)
    assert all(0 <= begin < end <= len(text) for begin, end in ranges)
    assert all(text[begin:end].strip() == text[begin:end] for begin, end in ranges)


@given(TEXTS)
def test_every_phrase_that_is_found_can_be_resolved(text):
    assert all(resolve(text[begin:end], date(2000, 6, 15)) for begin, end in time_phrases(text))


@given(TEXTS, st.none() | st.dates(), st.sampled_from([None, "past", "future", "other"]))
def test_any_phrase_gives_a_period_in_order_or_nothing(text, published, tense):
    found = resolve(text, published, tense)
    if found is not None:
        first, last, precision = found
        assert first is not None or last is not None
        assert first is None or last is None or first <= last
        assert precision in ("day", "week", "month", "year", "unknown")


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2090, 1, 1)))
def test_written_dates_are_read_back(day):
    month = calendar.month_name[day.month]
    forms = [day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"]
    assert {resolve(form, None) for form in forms} == {(day, day, "day")}


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_at_most_six_days_before_publication(published, number):
    first, last, _ = resolve(calendar.day_name[number], published)
    assert first == last
    assert first.weekday() == number
    assert timedelta(0) <= published - first <= timedelta(days=6)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.dates())
def test_a_past_date_without_a_year_is_the_latest_one(published, day):
    first, _, _ = resolve(f"{calendar.month_name[day.month]} {day.day}", published, "past")
    assert (first.month, first.day) == (day.month, day.day)
    assert first <= published
    later = [
        year
        for year in range(first.year + 1, published.year + 1)
        if calendar.isleap(year) or (day.month, day.day) != (2, 29)
    ]
    assert all(day.replace(year=year) > published for year in later)


def test_every_rule_has_its_function_and_every_function_its_rule():
    assert {name for name, _ in grammar().rules} == set(RULES)


def test_the_word_lists_are_in_lower_case_and_have_no_clashes():
    tables = ("month", "shortmonth", "weekday", "shortday", "season", "holiday", "dayword", "which", "part", "unit")
    words = [word for table in tables for word in time_words()[table]]
    assert all(word == word.casefold() for word in words)
    assert len(words) == len(set(words))
    assert sorted(time_words()["month"].values()) == list(range(1, 13))
    assert set(time_words()["shortmonth"].values()) <= set(range(1, 13))
    assert sorted(time_words()["weekday"].values()) == list(range(7))
