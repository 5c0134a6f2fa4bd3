import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_helpers import REPORT, failure, options, read, read_one, told, written

from kg.errors import EmptyInput, InputError, RepeatedId, UnreadableInput
from kg.reading import read_selection, select
from kg.reading.settings import ENDINGS
from kg.reading.streams import Input, named_format
from kg.records import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.txt.gz",
        "sub/deep/d.jsonl",
        ".hidden.txt",
        ".git/e.txt",
        "photo.jpg",
        "sub/x.log",
    ):
        content = '{"id": "d", "text": "Report d."}' if name.endswith("jsonl") else f"Report {Path(name).name[0]}."
        written(tmp_path / name, content)
    return tmp_path


def names(sources: list[str]) -> list[str]:
    return [item.name for item in select(sources, options()).inputs if isinstance(item, Input)]


def test_a_folder_is_read_with_all_below_it_in_order(folder: Path) -> None:
    assert [(found.id, found.text) for found in read(folder)] == [
        ("a", "Report a."),
        ("b", "Report b."),
        ("c", "Report c."),
        ("d", "Report d."),
    ]


def test_files_of_unknown_endings_in_a_folder_are_left_out_and_told(folder: Path) -> None:
    assert select([str(folder)], options()).left_out == (folder / "photo.jpg", folder / "sub" / "x.log")


def test_a_file_given_by_name_is_read_whatever_its_ending(folder: Path) -> None:
    assert read_one(folder / "sub" / "x.log") == Document("x", "Report x.", str(folder / "sub" / "x.log"))
    assert read_one(folder / ".hidden.txt").text == "Report .."


def test_a_glob_is_read_in_order(folder: Path) -> None:
    assert names([f"{folder}/**/*.txt*"]) == [str(folder / "b.txt"), str(folder / "sub" / "c.txt.gz")]


def test_sources_are_read_in_the_order_given_and_each_file_once(folder: Path) -> None:
    sources = [str(folder / "b.txt"), str(folder), f"{folder}/*.txt", str(folder / "sub" / ".." / "a.md")]
    assert [Path(name).name for name in names(sources)] == ["b.txt", "a.md", "c.txt.gz", "d.jsonl"]


def test_a_name_with_the_signs_of_a_glob_is_taken_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "what [1]?.txt", REPORT)
    assert read_one(path).id == "what [1]?"


def test_a_selection_can_be_read_later(folder: Path) -> None:
    selection = select([str(folder)], options())
    assert list(read_selection(selection, options())) == read(folder)


def test_two_files_that_give_the_same_id_are_told_by_both_names(tmp_path: Path) -> None:
    first, second = written(tmp_path / "2022" / "report.md", "One."), written(tmp_path / "2023" / "report.md", "Two.")
    document, error = read(tmp_path)
    assert document.text == "One."
    assert str(error) == (f"{second}: its id 'report' is also that of {first}. Give one of them another name or id")
    assert isinstance(error, RepeatedId)


def test_what_is_not_there_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", REPORT)
    missing, found = read(tmp_path / "missing.txt", path)
    assert found.text == REPORT
    assert str(missing) == (
        f"{tmp_path}/missing.txt: there is no such file or folder. Check the spelling and the folder that you are in"
    )
    assert isinstance(missing, UnreadableInput)


@pytest.mark.parametrize("pattern", ["*.md", "**/*.md", "[abc].txt", ""])
def test_a_glob_that_matches_nothing_is_told(tmp_path: Path, pattern: str) -> None:
    source = f"{tmp_path}/{pattern}" if pattern else ""
    error = failure(source)
    assert (type(error), error.input) == (UnreadableInput, source)


def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    written(tmp_path / "in" / "photo.jpg", b"\xff\xd8\xff")
    assert told(failure(tmp_path / "in")) == (EmptyInput, "in", "")
    assert ".txt, " in failure(tmp_path / "in").remedy


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "news.md" / "a.txt", REPORT)
    assert [found.id for found in read(tmp_path)] == ["a"]
    (tmp_path / "empty.md").mkdir()
    assert told(failure(tmp_path / "empty.md")) == (EmptyInput, "empty.md", "")


def test_a_dangling_link_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    written(tmp_path / "b.txt", REPORT)
    error, document = read(tmp_path)
    assert str(error) == (
        f"{tmp_path}/a.txt: no such file or directory. Check that it is there and that you may read it"
    )
    assert document.id == "b"


def test_links_that_go_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "sub").symlink_to(tmp_path)
    assert {told(error)[0] for error in read(tmp_path)} == {UnreadableInput}


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    written(tmp_path / "a.txt", REPORT)
    assert [found.id for found in read(tmp_path)] == ["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", REPORT)
    path.chmod(0)
    assert failure(path).reason == "permission denied"


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    path = written(tmp_path / "a.txt", REPORT)
    monkeypatch.setattr(Path, "open", refused)
    assert str(failure(path)) == f"{path}: permission denied. Check that it is there and that you may read it"


def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refused)
    assert str(failure(tmp_path)) == f"{tmp_path}: permission denied. Check that you may list the folder"


def test_a_name_that_is_no_unicode_can_be_shown_and_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    document = read_one(written(path, REPORT))
    assert (document.id, document.source) == ("caf\\xe9", f"{tmp_path}/caf\\xe9.txt")


@pytest.mark.parametrize("source", ["ftp://lina.example/a.txt", "file:///etc/passwd", "FTP://x", "s3://bucket/key"])
def test_addresses_other_than_of_the_web_are_refused(source: str) -> None:
    error = failure(source)
    assert (type(error), error.input) == (UnreadableInput, source)
    assert error.reason == f"{source.partition(':')[0].lower()} addresses are not fetched"


def test_addresses_are_refused_where_fetching_is_off() -> None:
    error = failure("https://lina.example/a.html", allow_urls=False)
    assert str(error) == (
        "https://lina.example/a.html: fetching is switched off for this run. Save the page and give the file"
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_tells_its_format_in_any_case_and_compressed(ending: str) -> None:
    given_names = [f"a.b{ending}", f"a{ending.upper()}", f"a{ending}.gz", f"a{ending}.GZ"]
    assert [named_format(name) for name in given_names] == [ENDINGS[ending]] * 4


@given(
    st.text(alphabet="ab/.*?[]-:~ \n\\é", max_size=12).filter(
        lambda text: not text.startswith(("-", "/", "~", "*", "."))
    )
)
def test_any_source_that_is_nothing_is_an_error_and_never_a_crash(source: str) -> None:
    items = select([f"/nowhere/{source}"], options()).inputs
    assert all(isinstance(item, InputError) for item in items)
