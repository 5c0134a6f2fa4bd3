"""`kg build` and `kg extract`: what they print, what they tell, how they end."""

import json
from pathlib import Path

import jsonschema
import pytest

from kg.cli.summary import percent, summary_lines
from kg.dataset import Dataset
from kg.pipeline import Summary
from kg.serialization import from_json

SCHEMA = json.loads((Path(__file__).parents[1] / "contract" / "extraction.schema.json").read_text("utf8"))


def lines(result):
    return dict(line.split(None, 1) for line in result.stdout.replace("casualty figures", "figures").splitlines())


def test_a_build_prints_its_summary_and_nothing_else(kg, articles):
    result = kg("build", articles)
    printed = result.stdout.splitlines()
    speed = printed.pop(6)
    assert printed == [
        "documents         3 new, 0 replaced, 0 unchanged, 0 failed",
        "entities          6, of them 2 linked to Wikidata",
        "events            2",
        "claims            2",
        "casualty figures  1",
        f"triples           {printed[5].split()[-1]}",
        "evidence coverage 100 %",
        "dataset           kg-data, snapshot 1",
    ]
    assert speed.startswith("documents/s")
    assert result.stderr == ""


def test_a_build_again_skips_what_is_unchanged_and_replaces_what_is_not(built, articles):
    (articles / "two.txt").write_text("Velm was shelled.")
    assert lines(built("build", articles))["documents"] == "0 new, 1 replaced, 2 unchanged, 0 failed"


def test_what_fails_is_told_with_place_and_remedy_and_the_rest_goes_on(kg, articles):
    (articles / "broken.jsonl").write_text('{"id": "x", "text": "Ost."}\n{"id":\n')
    (articles / "empty.md").write_text("\n")
    (articles / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" * 50)
    result = kg("build", articles, "absent.txt", code=1)
    assert lines(result)["documents"] == "4 new, 0 replaced, 0 unchanged, 4 failed"
    told = result.stderr.splitlines()
    assert len(told) == 4
    assert all(line.startswith("kg: ") and line.count(". ") >= 1 for line in told)
    for line, name in zip(told, ("binary.txt", "broken.jsonl, line 2", "empty.md", "absent.txt"), strict=True):
        assert name in line


def test_words_out_of_place_fail_the_build(kg, articles):
    (articles / "wrong.txt").write_text("Duskar MISPLACED")
    result = kg("build", articles, code=1)
    assert "expected 'no!', found 'Dus'" in result.stderr
    share = lines(result)["evidence"]
    assert share.startswith("coverage 9")
    assert "100" not in share


def test_files_that_are_left_out_are_counted(kg, articles):
    (articles / "photo.jpeg").write_bytes(b"\xff\xd8\xff")
    (articles / "notes.docx").write_bytes(b"PK\x03\x04")
    assert "kg: 2 files were left out" in kg("build", articles).stderr


def test_standard_input_rows_and_defaults_are_read(kg):
    rows = '{"slug": "a", "body": "Gunners shelled Duskar."}\n{"slug": "b", "body": "Calm.", "day": "2024-05-02"}\n'
    fields = "id=slug,text=body,date=day"
    kg("build", "-", "--fields", fields, "--publisher", "Courier", "--published", "May 1, 2024", input=rows)
    with Dataset.open(Path("kg-data")) as dataset:
        documents = [dataset.record(name).document for name in "ab"]
    assert [(one.publisher, str(one.published)) for one in documents] == [
        ("Courier", "2024-05-01"),
        ("Courier", "2024-05-02"),
    ]


def test_a_base_of_ones_own_names_the_documents(kg, articles):
    Path("own.toml").write_text('base = "https://example.org/kg/"\n')
    kg("--settings", "own.toml", "build", articles)
    assert b"<https://example.org/kg/document/one>" in kg("export").stdout_bytes
    again = kg("build", articles, code=1)
    assert "named under https://example.org/kg/, the settings say https://w3id.org/conflict-kg/" in again.stderr


def test_a_dataset_in_use_and_one_of_another_version_are_told(built, articles):
    with Dataset.open(Path("kg-data"), "write"):
        assert "is writing to the dataset" in built("build", articles, code=1).stderr
    Path("kg-data/dataset.json").write_text('{"format": 7, "base": "https://w3id.org/conflict-kg/"}')
    assert "has format 7" in built("build", articles, code=1).stderr


def test_a_full_disk_is_told_and_what_was_published_stays(built, articles, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    (articles / "four.txt").write_text("Ost was calm.")
    with monkeypatch.context() as patch:
        patch.setattr("kg.dataset.dataset.apply", full)
        result = built("build", articles, code=1)
    assert "kg-data: there is no room left on the disk. Make room" in result.stderr
    assert result.stdout == ""
    built("show", "one")


def test_an_interruption_is_told_with_what_to_do(kg, articles, monkeypatch):
    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli.build.pipeline.build", interrupt)
    assert kg("build", articles, code=1).stderr == (
        "kg: interrupted. What was finished is kept: the same command goes on from there\n"
    )


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100 %"), (0.99999, "99.99 %"), (0.5, "50 %"), (0.0, "0 %"), (0.12345, "12.34 %")]
)
def test_a_share_is_rounded_down(share, words):
    assert percent(share) == words


def test_large_numbers_are_grouped():
    printed = list(summary_lines(Summary(new=12345, entities=54321, seconds=100.0), Path("d\x1b[m"), 7))
    assert printed[0] == "documents         12,345 new, 0 replaced, 0 unchanged, 0 failed"
    assert printed[6] == "documents/s       123.5"
    assert printed[-1] == "dataset           d [m, snapshot 7"


# kg extract


def test_extractions_are_lines_of_the_contract(kg, articles):
    result = kg("extract", articles)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["document"]["id"] for record in records] == ["one", "three", "two"]
    for record in records:
        jsonschema.validate(record, SCHEMA)
        assert from_json(record).document.text == record["text"]
    assert records[0]["document"]["title"] == "Gunners shell Duskar"
    assert not Path("kg-data").exists()


def test_extractions_are_one_array_on_request(kg, articles):
    by_line = [json.loads(line) for line in kg("extract", articles).stdout.splitlines()]
    assert json.loads(kg("extract", articles, "--format", "json").stdout) == by_line


def test_an_array_of_nothing_is_an_array(kg):
    result = kg("extract", "absent.txt", "--format", "json", code=1)
    assert json.loads(result.stdout) == []
    assert "absent.txt: there is no such file or folder" in result.stderr


def test_what_fails_in_an_extraction_is_told_and_the_rest_is_printed(kg, articles):
    (articles / "empty.txt").write_text("")
    result = kg("extract", articles, "--jobs", "2", code=1)
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == ["one", "three", "two"]
    assert "empty.txt: there is no text in it" in result.stderr


def test_control_characters_of_a_text_are_escaped_in_a_record(kg):
    result = kg("extract", "-", input="Duskar \x1b[2J\u2028 \x85 fell.")
    assert "\x1b" not in result.stdout
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["text"] == "Duskar \x1b[2J\u2028 \x85 fell."
