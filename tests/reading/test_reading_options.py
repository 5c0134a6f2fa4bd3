import pickle
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.reading import ReadOptions, parse_fields, today_anywhere
from kg.reading.settings import CONTENT, CONTENT_TYPES, DATE_FORMATS, ENDINGS, FIELDS, MAX_BYTES

FORMATS = {"text", "html", "json", "jsonl", "csv", "tsv"}


def test_the_options_that_nobody_set() -> None:
    before = today_anywhere()
    given_none = ReadOptions()
    assert (given_none.published, given_none.publisher, given_none.fields) == (None, None, {})
    assert (given_none.max_bytes, given_none.allow_urls) == (50_000_000, True)
    assert before <= given_none.today <= today_anywhere()


def test_options_reach_a_worker_unchanged() -> None:
    sent = ReadOptions(date(2024, 1, 1), "Lina", {"text": "body"})
    assert pickle.loads(pickle.dumps(sent)) == sent


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("text=body", {"text": "body"}),
        ("text=body,date=published", {"text": "body", "date": "published"}),
        (" text = the body , id=no.", {"text": "the body", "id": "no."}),
        ("url=a=b", {"url": "a=b"}),
    ],
)
def test_fields_are_parsed(written: str, fields: dict[str, str]) -> None:
    assert parse_fields(written) == fields


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "'' is not FIELD=COLUMN"),
        ("text", "'text' is not FIELD=COLUMN"),
        ("text=", "'text=' is not FIELD=COLUMN"),
        ("=body", "'=body' is not FIELD=COLUMN"),
        ("text=a,,id=b", "'' is not FIELD=COLUMN"),
        ("body=text", "there is no field 'body'"),
        ("text=a,text=b", "the field 'text' is given twice"),
    ],
)
def test_fields_that_make_no_sense_are_refused(written: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_fields(written)
    assert (caught.value.input, caught.value.reason) == ("--fields", reason)
    assert caught.value.remedy


@given(st.text(alphabet="textid=, "))
def test_any_text_is_parsed_to_known_fields_or_refused(written: str) -> None:
    with suppress(UsageError):
        assert parse_fields(written).keys() <= FIELDS.keys()


def test_every_format_that_the_settings_name_is_read() -> None:
    assert {*ENDINGS.values()} == FORMATS
    assert {*CONTENT_TYPES.values(), *CONTENT} <= FORMATS


def test_the_settings_are_well_formed() -> None:
    assert all(ending == ending.lower() and ending.startswith(".") for ending in ENDINGS)
    assert list(FIELDS) == ["id", "text", "title", "date", "publisher", "url"]
    assert all(field == names[0] for field, names in FIELDS.items())
    assert len(DATE_FORMATS) == len({*DATE_FORMATS})
    assert list(CONTENT)[-1] == "text"
    assert CONTENT["text"].match(b"")
    assert MAX_BYTES > 20_000_000


def test_no_name_of_a_column_means_two_fields() -> None:
    names = [name for names in FIELDS.values() for name in names]
    assert len(names) == len({*names})
