import json
import subprocess
import sys
from pathlib import Path

import evaluation_examples as examples
import pytest

from kg.errors import BrokenRow, EvidenceError, UnreadableInput
from kg.evaluation.extraction import scoreboard
from kg.evaluation.likeness import FAMILY, SETTINGS, normal, sentence_of, words
from kg.evaluation.scoring import interval
from kg.evaluation.tally import as_json, as_table

SHARED = Path(__file__).parents[2].parent / "shared"
SCRIPT = SHARED / "evaluation" / "score.py"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "report.json").write_text(json.dumps(examples.gold()), "utf8")
    return tmp_path


def counts(board):
    return {row.measure: (row.correct, row.found, row.gold) for row in board.rows}


def test_gold_scored_against_itself_is_all_right(folder):
    board = scoreboard(folder / "gold", {"report": examples.gold()})
    assert all(row.f1 == 1 for row in board.rows if row.gold)
    assert board.errors == {"report": []}
    assert board.missing == ()


def test_a_flawed_reading_has_the_figures_counted_by_hand(folder):
    board = scoreboard(folder / "gold", {"report": examples.flawed()})
    assert counts(board) == {
        "mentions": (2, 3, 3),  # Fenwick has the wrong type
        "linking": (0, 1, 1),  # Q2 for Q1; Fenwick's item is unknown
        "nil": (1, 1, 1),  # Calloway
        "entities": (2, 3, 3),
        "events": (0, 2, 2),  # one of another type, one with another trigger
        "events-relaxed": (1, 2, 2),  # the attack is of the family of shelling
        "roles": (1, 2, 2),  # the rebels
        "place": (0, 1, 1),
        "time": (0, 1, 1),
        "time-any": (0, 1, 1),
        "modality": (0, 1, 1),
        "claims": (1, 1, 1),  # the one without a claimant does not count
        "stance": (0, 1, 1),
        "casualties": (1, 2, 1),
        "casualties-attributed": (1, 2, 1),
    }


def test_misses_are_told_by_kind(folder):
    board = scoreboard(folder / "gold", {"report": examples.flawed()})
    assert board.errors["report"] == [
        "mention missed: 'Fenwick' (Place)",
        "mention wrong: 'Fenwick' (Person)",
        "link: 'Aldergate' gold Q1 got Q2",
        "event missed: Withdrawal ['left']",
        "event invented: Withdrawal ['died']",
    ]


def test_a_document_without_a_prediction_scores_as_one_in_which_nothing_was_found(folder):
    board = scoreboard(folder / "gold", {})
    assert board.missing == ("report",)
    assert counts(board)["mentions"] == (0, 0, 3)
    assert counts(board)["casualties"] == (0, 0, 1)


def test_a_prediction_that_gold_does_not_have_changes_nothing(folder):
    both = {"report": examples.flawed(), "other": examples.gold()}
    assert scoreboard(folder / "gold", both) == scoreboard(folder / "gold", {"report": examples.flawed()})


def test_predictions_may_be_a_folder_or_json_lines(folder):
    (folder / "found").mkdir()
    (folder / "found" / "a.json").write_text(json.dumps(examples.flawed()), "utf8")
    (folder / "found.jsonl").write_text(json.dumps(examples.flawed()) + "\n\n", "utf8")
    wanted = scoreboard(folder / "gold", {"report": examples.flawed()})
    assert scoreboard(folder / "gold", folder / "found") == wanted
    assert scoreboard(folder / "gold", folder / "found.jsonl") == wanted


def test_offsets_that_do_not_fit_the_gold_text_are_an_error(folder):
    shifted = examples.gold()
    shifted["mentions"][0]["begin"] += 1
    with pytest.raises(EvidenceError) as told:
        scoreboard(folder / "gold", {"report": shifted})
    assert told.value.input == "report"
    assert "Aldergate" in told.value.reason


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [("absent", None, UnreadableInput), ("empty.jsonl", "", UnreadableInput), ("broken.jsonl", "{", BrokenRow),
     ("other.jsonl", '{"a": 1}', BrokenRow), ("list.jsonl", "[1]", BrokenRow)],
)  # fmt: skip
def test_what_is_no_record_is_an_error(folder, name, content, error):
    if content is not None:
        (folder / name).write_text(content, "utf8")
    with pytest.raises(error) as told:
        scoreboard(folder / "gold", folder / name)
    assert told.value.input == str(folder / name)
    assert told.value.remedy


def test_every_event_type_of_the_families_is_in_one_family():
    listed = [name for names in SETTINGS["families"].values() for name in names]
    assert len(listed) == len(set(listed)) == len(FAMILY) == 25


@pytest.mark.parametrize(
    ("name", "alike"), [("The  Marsh Front", "marsh front"), ("Fenwick’s", "fenwick"), ("Theodora", "theodora")]
)
def test_names_are_alike_without_case_article_and_possessive(name, alike):
    assert normal(name) == alike


def test_words_of_content():
    assert words("at least two of the Three") == {"two", "three"}
    assert words(None) == set()


def test_sentence_numbers_rise_at_ends_and_lines():
    text = "It fell. “No one came.” The U.N. left\nTitle"
    assert [sentence_of(text, text.index(word)) for word in ("fell", "one", "U.N", "left", "Title")] == [0, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("time", "wanted"),
    [
        (None, None),
        ({"earliest": None, "latest": None}, None),
        ({"earliest": "2024-05-01", "latest": None}, ("2024-05-01", "")),
    ],
)
def test_an_interval_is_none_where_neither_end_is_known(time, wanted):
    assert interval(time) == wanted


@pytest.mark.skipif(not SCRIPT.exists(), reason="../shared/evaluation is not here")
@pytest.mark.parametrize("prediction", [examples.flawed, examples.gold])
def test_the_figures_are_those_of_the_original_script(folder, prediction):
    (folder / "found.jsonl").write_text(json.dumps(prediction()), "utf8")
    board = scoreboard(folder / "gold", folder / "found.jsonl")
    assert original(folder / "gold", folder / "found.jsonl").splitlines() == as_table(board.rows)
    assert json.loads(original(folder / "gold", folder / "found.jsonl", "--json")) == as_json(board.rows)


@pytest.mark.skipif(not SCRIPT.exists() or not (SHARED / "gold").is_dir(), reason="../shared/gold is not here")
def test_mutilated_gold_has_the_figures_and_errors_of_the_original_script(tmp_path):
    records = []
    for path in sorted((SHARED / "gold").glob("*.json")):
        record = json.loads(path.read_text("utf8"))
        for key in ("mentions", "events", "claims"):
            record[key] = [item for i, item in enumerate(record[key]) if i % 5]
        for i, one in enumerate(record["events"]):
            one["type"] = "Attack" if i % 4 == 0 else one["type"]
            one["participants"] = one["participants"][i % 2 :]
            one["time"] = None if i % 3 == 0 else one["time"]
        for one in record["entities"][::6]:
            one["type"] = "Place"
        records.append(record)
    (tmp_path / "found.jsonl").write_text("\n".join(map(json.dumps, records)), "utf8")
    board = scoreboard(SHARED / "gold", tmp_path / "found.jsonl")
    told = original(SHARED / "gold", tmp_path / "found.jsonl", "--errors").splitlines()
    assert told[-len(board.rows) - 1 :] == as_table(board.rows)
    errors = sorted(line.strip() for line in told if line.startswith("  "))
    assert errors == sorted(error for found in board.errors.values() for error in found)


def original(*arguments):
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
