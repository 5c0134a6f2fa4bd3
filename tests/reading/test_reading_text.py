from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import REPORT, failure, read_one, told, written

from kg.errors import BadDate, BinaryInput, BrokenFrontMatter, BrokenRow, EmptyInput, EncodingError, InputTooLarge
from kg.reading.documents import without_outer_blank_lines
from kg.reading.text import split_front_matter
from kg.records import Document


def test_a_plain_text_is_its_own_record(tmp_path: Path) -> None:
    path = written(tmp_path / "dorbala-bus.txt", f"\n \n{REPORT}  \r\n\r\n  Two hurt.\t \n\n \n")
    assert read_one(path) == Document("dorbala-bus", f"{REPORT}  \n\n  Two hurt.\t ", str(path))


def test_front_matter_gives_the_metadata(tmp_path: Path) -> None:
    front = (
        'title: "Bus shot at:\n  two hurt"\npublisher: Lina Wire\npublished: 2024-05-06\nurl: https://lina.example/1\n'
    )
    path = written(tmp_path / "bus.md", f"---\n{front}language: en\ntags: [a, b]\n---\n\n{REPORT}\n")
    assert read_one(path) == Document(
        "bus", REPORT, str(path), "Bus shot at: two hurt", "Lina Wire", "https://lina.example/1", date(2024, 5, 6)
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [("title", "headline"), ("publisher", "source"), ("published", "date"), ("published", "pubdate"), ("id", "id")],
)
def test_front_matter_may_use_other_names(tmp_path: Path, name: str, key: str) -> None:
    value = "2024-05-06" if name == "published" else "Lina"
    document = read_one(written(tmp_path / "a.md", f"---\n{key}: {value}\n---\n{REPORT}"))
    assert str(getattr(document, name)) == value


def test_values_of_front_matter_stay_as_they_are_written(tmp_path: Path) -> None:
    document = read_one(written(tmp_path / "a.md", f"---\ntitle: No\nid: 0012\npublisher: 12:30\n---\n{REPORT}"))
    assert (document.title, document.id, document.publisher) == ("No", "0012", "12:30")


def test_the_documents_own_metadata_stands_before_the_defaults(tmp_path: Path) -> None:
    defaults = {"published": date(2020, 1, 1), "publisher": "Default Wire"}
    bare = read_one(written(tmp_path / "bare.md", REPORT), **defaults)
    full = read_one(written(tmp_path / "full.md", f"---\ndate: 5 May 2024\npublisher: Own\n---\n{REPORT}"), **defaults)
    assert (bare.published, bare.publisher) == (date(2020, 1, 1), "Default Wire")
    assert (full.published, full.publisher) == (date(2024, 5, 5), "Own")


def test_boilerplate_stays_in_the_text(tmp_path: Path) -> None:
    text = f"By A. Writer\n\n{REPORT}\n\nShare this\n\nLeave a Reply"
    assert read_one(written(tmp_path / "a.txt", text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "---\nA rule, then prose.",
        "---\nProse between rules\n---\nand more.",
        "--- \nno front matter\n---\n",
        "\n---\ntitle: too late\n---\n",
    ],
)
def test_a_rule_above_prose_is_no_front_matter(text: str) -> None:
    assert split_front_matter(text, "a") == ({}, text)


@pytest.mark.parametrize("closing", ["---", "...", "--- "])
def test_front_matter_ends_at_a_rule_or_dots(closing: str) -> None:
    assert split_front_matter(f"---\na: b\n{closing}\nText", "a") == ({"a": "b"}, "Text")


def test_empty_front_matter_is_left_out_of_the_text() -> None:
    assert split_front_matter("---\n---\nText", "a") == ({}, "Text")


@given(st.text(alphabet="-.ab:\n \"'[{&*!#", max_size=60))
def test_any_head_is_split_or_refused_and_no_word_of_the_body_changes(head: str) -> None:
    text = f"---\n{head}\n---\nThe body."
    with suppress(BrokenFrontMatter):
        front, body = split_front_matter(text, "a")
        assert text.endswith(body)
        assert isinstance(front, dict)


@given(st.lists(st.sampled_from(["", " ", "\t", "a", " b ", "\x0c", "-"])))
def test_outer_blank_lines_go_and_every_other_line_stays(lines: list[str]) -> None:
    text = without_outer_blank_lines("\n".join(lines))
    kept = text.split("\n") if text else []
    assert [line for line in lines if line.strip()] == [line for line in kept if line.strip()]
    assert text in "\n".join(lines)
    assert not kept or (kept[0].strip() and kept[-1].strip())


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "---\ntitle: T\n---\n\n", "\ufeff"])
def test_an_empty_text_is_told(tmp_path: Path, content: str) -> None:
    path = written(tmp_path / "a.txt", content)
    assert str(failure(path)) == f"{path}: there is no text in it. Give a text, or leave it out"
    assert told(failure(path))[0] is EmptyInput


def test_a_binary_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"\x89PNG\r\n\x1a\n\0\0\0")
    assert told(failure(path)) == (BinaryInput, "a.txt", "")


def test_a_wrong_encoding_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"\xef\xbb\xbfabc \xe9t\xe9")
    assert told(failure(path)) == (EncodingError, "a.txt", "byte 4")


def test_a_text_of_twenty_megabytes_is_read_whole(tmp_path: Path) -> None:
    line = f"{REPORT}\n"
    text = (line * (20_000_000 // len(line) + 1)).strip()
    assert read_one(written(tmp_path / "long.txt", text)).text == text


def test_a_text_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path / "long.txt", "a" * 1001)
    error = failure(path, max_bytes=1000)
    assert str(error) == f"{path}: larger than the limit of 1,000 bytes. Split it into its articles"
    assert isinstance(error, InputTooLarge)
    assert read_one(path, max_bytes=1001).text == "a" * 1001


def test_a_future_date_in_front_matter_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"---\npublished: 2024-07-01\n---\n{REPORT}")
    assert (
        str(failure(path))
        == f"{path}, front matter: the date 2024-07-01 lies in the future. Correct it or leave it out"
    )


def test_a_date_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"---\npublished: last week\n---\n{REPORT}")
    assert told(failure(path)) == (BadDate, "a.md", "front matter")
    assert failure(path).remedy == "Write it as YYYY-MM-DD"


def test_broken_front_matter_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"---\npublisher: Lina Wire\ntitle: Bus: two hurt\n---\n{REPORT}")
    error = failure(path)
    assert told(error) == (BrokenFrontMatter, "a.md", "line 3")
    assert error.remedy == "Put values that hold a colon or a quote between quotes"


def test_front_matter_nested_without_end_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"---\ntitle: {'[' * 20_000}\n---\n{REPORT}")
    assert told(failure(path))[0] is BrokenFrontMatter


def test_a_list_as_title_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.md", f"---\ntitle: [one, two]\n---\n{REPORT}")
    error = failure(path)
    assert (*told(error), error.reason) == (BrokenRow, "a.md", "front matter", "'title' holds a list, not a text")
