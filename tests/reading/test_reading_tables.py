import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import REPORT, failure, options, read, read_one, told, written

from kg.errors import (
    BadDate,
    BinaryInput,
    BrokenRow,
    EmptyInput,
    EncodingError,
    InputError,
    InputTooLarge,
    MissingField,
    RepeatedId,
)
from kg.reading.streams import Source
from kg.reading.tables import read_csv, read_json_lines, read_tsv
from kg.records import Document

ROW = {"id": "r1", "text": REPORT, "title": "Bus shot at", "date": "2024-05-06", "publisher": "Lina", "url": "u"}
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1).filter(
    lambda text: text.split("\n")[0].strip() and text.split("\n")[-1].strip()
)


def lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def source_of(data: bytes) -> Source:
    return Source("rows", "rows", io.BufferedReader(io.BytesIO(data)))


def texts_of(outcomes: object) -> list[str | type[InputError]]:
    return [outcome.text if isinstance(outcome, Document) else type(outcome) for outcome in outcomes]


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "json", "jsonl.gz", "json.gz"])
def test_a_json_row_is_a_document(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path / f"rows.{ending}", lines(ROW, {**ROW, "id": "r2"}))
    assert read(path) == [
        Document(name, REPORT, f"{path}, line {n}", "Bus shot at", "Lina", "u", date(2024, 5, 6))
        for n, name in enumerate(["r1", "r2"], start=1)
    ]


def test_a_json_array_and_a_json_object_are_read(tmp_path: Path) -> None:
    array = written(tmp_path / "array.json", json.dumps([ROW, {"text": "Second report."}], indent=1))
    single = written(tmp_path / "single.json", json.dumps({"text": "Only report."}, indent=1))
    assert [(found.id, found.text, found.source) for found in read(array, single)] == [
        ("r1", REPORT, f"{array}, item 1"),
        ("array-2", "Second report.", f"{array}, item 2"),
        ("single-1", "Only report.", f"{single}, item 1"),
    ]


@pytest.mark.parametrize(("ending", "separator"), [("csv", ","), ("tsv", "\t"), ("csv.gz", ","), ("tsv.gz", "\t")])
def test_a_separated_row_is_a_document(tmp_path: Path, ending: str, separator: str) -> None:
    header = separator.join(ROW)
    row = separator.join(ROW.values()).replace(REPORT, f'"{REPORT}\n\nHe said ""no""."')
    path = written(tmp_path / f"rows.{ending}", f"{header}\r\n{row}\r\n")
    assert read_one(path) == Document(
        "r1", f'{REPORT}\n\nHe said "no".', f"{path}, line 2", "Bus shot at", "Lina", "u", date(2024, 5, 6)
    )


@given(st.lists(texts, max_size=5))
def test_what_json_lines_hold_comes_back(bodies: list[str]) -> None:
    data = lines(*({"text": body} for body in bodies)).encode()
    expected = bodies or [EmptyInput]
    assert texts_of(read_json_lines(source_of(data), options())) == expected


@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from([(read_csv, ","), (read_tsv, "\t")]))
def test_what_separated_values_hold_comes_back(bodies: list[str], kind: tuple) -> None:
    reader, separator = kind
    table = io.StringIO()
    csv.writer(table, delimiter=separator, lineterminator="\n").writerows([["n", "text"], *enumerate(bodies)])
    rows = [[str(number), body] for number, body in enumerate(bodies)]
    assert [row[1] for row in rows] == texts_of(reader(table.getvalue(), source_of(b""), options()))


@given(st.text(max_size=80), st.sampled_from([read_csv, read_tsv]))
def test_any_separated_text_gives_documents_or_errors(table: str, reader) -> None:
    try:
        outcomes = list(reader(f"text\n{table}", source_of(b""), options()))
    except InputError as error:
        outcomes = [error]
    assert all(isinstance(outcome, Document | InputError) for outcome in outcomes)


@given(st.binary(max_size=80))
def test_any_bytes_as_json_lines_give_documents_or_errors(data: bytes) -> None:
    try:
        outcomes = list(read_json_lines(source_of(b'{"text": "a"}\n' + data), options()))
    except InputError as error:
        outcomes = [error]
    assert all(isinstance(outcome, Document | InputError) for outcome in outcomes)


def test_fields_name_the_users_columns(tmp_path: Path) -> None:
    row = {"story": REPORT, "when": "6 May 2024", "wire": "Lina", "key": 7, "text": "not this", "date": "never"}
    fields = {"text": "story", "date": "when", "publisher": "wire", "id": "key"}
    path = written(tmp_path / "rows.jsonl", lines(row))
    assert read_one(path, fields=fields) == Document(
        "7", REPORT, f"{path}, line 1", publisher="Lina", published=date(2024, 5, 6)
    )


def test_a_row_without_an_id_gets_the_files_name_and_its_number(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.csv", 'text\n"First\nreport."\n\nSecond.\n')
    assert [found.id for found in read(path)] == ["rows-1", "rows-3"]


def test_a_broken_line_is_told_with_its_number_and_the_others_go_on(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", lines(ROW, '{"text": "cut off', "", {"id": "r4", "text": "Fourth."}))
    first, broken, fourth = read(path)
    assert (first.id, fourth.id) == ("r1", "r4")
    assert str(broken) == (
        f"{path}, line 2, column 10: this is no JSON (Unterminated string starting at). Mend it or take it out"
    )


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('["text"]', BrokenRow),
        ("7", BrokenRow),
        ('{"text": 7}', BrokenRow),
        ('{"text": ["a"]}', BrokenRow),
        ('{"text": "a", "title": {"en": "b"}}', BrokenRow),
        ('{"text": ' + "[" * 100_000, BrokenRow),
        ('{"id": ' + "9" * 5000 + "}", BrokenRow),
        ("{}", MissingField),
        ('{"story": "a"}', MissingField),
        ('{"text": null}', EmptyInput),
        ('{"text": " \\n "}', EmptyInput),
        ('{"text": "a\\u0000b"}', BinaryInput),
        ('{"text": "a", "title": "a\\u0000b"}', BinaryInput),
        ('{"text": "half \\ud83d"}', EncodingError),
        ('{"text": "a", "id": "half \\ud83d"}', EncodingError),
        ('{"text": "a", "date": "2024-07-01"}', BadDate),
        ('{"text": "a", "date": "soon"}', BadDate),
        ('{"text": "a", "date": 1662854400}', BadDate),
    ],
)
def test_a_row_that_fails_is_told_with_its_line(tmp_path: Path, line: str, error: type[InputError]) -> None:
    path = written(tmp_path / "rows.jsonl", lines({"text": "First."}, line, {"text": "Third."}))
    first, failed, third = read(path)
    assert (first.text, third.text) == ("First.", "Third.")
    kind, name, place = told(failed)
    assert (kind, name, place.split(",")[0]) == (error, "rows.jsonl", "line 2")
    assert failed.remedy


def test_a_line_in_another_encoding_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", b'{"text": "caf\xe9"}\n{"text": "Second."}\n')
    failed, second = read(path)
    assert str(failed) == f"{path}, line 1: byte 13 of the line is no UTF-8. Save it as UTF-8"
    assert second.text == "Second."


def test_json_lines_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read_one(written(tmp_path / "rows.jsonl", b"\xef\xbb\xbf" + lines(ROW).encode())).id == "r1"


def test_json_lines_in_utf16_are_refused_once(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", lines(ROW, ROW).encode("utf-16"))
    assert told(failure(path)) == (EncodingError, "rows.jsonl", "")


def test_a_binary_named_json_lines_is_refused_once(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", b"\x7fELF\n\n\n\n\0\0\n\n")
    assert told(failure(path)) == (BinaryInput, "rows.jsonl", "")


def test_a_line_over_the_limit_is_refused_and_what_came_before_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", lines({"text": "First."}, {"text": "a" * 1000}))
    first, failed = read(path, max_bytes=500)
    assert first.text == "First."
    assert told(failed) == (InputTooLarge, "rows.jsonl", "line 2")


def test_json_lines_larger_than_the_limit_are_read_line_by_line(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", lines(*({"text": f"Report {n}."} for n in range(100))))
    assert len(read(path, max_bytes=100)) == 100


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", "\n\n"), ("a.json", "[]"), ("a.csv", "text\n"), ("a.tsv", "")]
)
def test_a_table_without_rows_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert told(failure(written(tmp_path / name, content))) == (EmptyInput, name, "")


def test_broken_json_is_told_with_line_and_column(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", '[\n  {"text": "a"},\n  {"text": "b"\n]')
    assert told(failure(path)) == (BrokenRow, "a.json", "line 4, column 1")


def test_a_json_item_that_is_no_object_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    failed, second = read(written(tmp_path / "a.json", '["text", {"text": "Second."}]'))
    assert told(failed) == (BrokenRow, "a.json", "item 1")
    assert second.text == "Second."


def test_a_table_without_the_text_column_is_told_once_with_what_it_has(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "id;story\n1;abc\n2;def\n")
    assert str(failure(path, fields={"text": "story"})) == (
        f"{path}, line 1: there is no field 'story' for the text. "
        "There is 'id;story': name the one that holds the text with --fields text=NAME"
    )


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_mapped_column_that_no_row_has_is_told(tmp_path: Path, name: str) -> None:
    content = "text,day\nFirst.,2024-05-06\n" if name == "a.csv" else lines({"text": "First.", "day": "2024-05-06"})
    first, failed = read(written(tmp_path / name, content), fields={"date": "dya"})
    assert first.published is None
    assert failed.reason == "no row has a field 'dya' for the date"
    assert failed.remedy == "There is 'day', 'text': correct --fields"


def test_a_mapped_key_that_some_rows_lack_is_no_error(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", lines({"text": "First."}, {"text": "Second.", "day": "2024-05-06"}))
    assert [found.published for found in read(path, fields={"date": "day"})] == [None, date(2024, 5, 6)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2,b,c", "this row has 3 cells, the header 2"),
        ("2", "this row has 1 cells, the header 2"),
        ('2,"b"c', "this row cannot be read (',' expected after '\"')"),
    ],
)
def test_a_broken_csv_row_is_told_with_its_line_and_the_others_go_on(tmp_path: Path, row: str, reason: str) -> None:
    path = written(tmp_path / "a.csv", f'id,text\n1,"First\nreport."\n{row}\n3,Third.\n')
    first, failed, third = read(path)
    assert (first.id, third.id) == ("1", "3")
    assert (*told(failed), failed.reason) == (BrokenRow, "a.csv", "line 4", reason)


def test_a_quote_that_never_ends_is_told(tmp_path: Path) -> None:
    first, failed = read(written(tmp_path / "a.csv", 'text\nFirst.\n"Second.\nThird.\n'))
    assert first.text == "First."
    assert told(failed) == (BrokenRow, "a.csv", "line 3")


def test_a_header_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", '"text"s\nFirst.\n')
    assert told(failure(path)) == (BrokenRow, "a.csv", "line 1")


def test_a_cell_may_be_as_long_as_an_article(tmp_path: Path) -> None:
    assert read_one(written(tmp_path / "a.csv", f"text\n{'a' * 200_000}\n")).text == "a" * 200_000


def test_csv_in_windows_1252_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv", "text\nThe mayor’s café in São Miguel was hit twice — nobody was there.\n".encode("cp1252")
    )
    assert read_one(path).text == "The mayor’s café in São Miguel was hit twice — nobody was there."


def test_the_second_row_with_an_id_is_told_with_both_places(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", lines(ROW, {"id": "r1", "text": "Other."}))
    first, failed = read(path)
    assert first.text == REPORT
    assert str(failed) == (
        f"{path}, line 2: its id 'r1' is also that of {path}, line 1. Give one of them another name or id"
    )
    assert isinstance(failed, RepeatedId)
