"""What the README promises is there and works."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import queries
from kg.cli import COMMANDS, command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf8")
GOLD = ROOT.parent / "shared" / "gold"
CONSOLE = [line[2:] for line in README.splitlines() if line.startswith("$ ")]
EVALUATE = """
import sys
from kg.cli import command
command.main(["evaluate", sys.argv[1], "--json"], prog_name="kg")
"""
QUESTIONS = [line for line in CONSOLE if line.startswith("kg query ")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    done = CliRunner().invoke(command, ["demo", "--no-serve", "--dataset", str(folder / "demo")])
    assert done.exit_code == 0, done.output
    return folder


def test_the_first_screen_gives_the_two_commands() -> None:
    first = README[: README.index("## The first five questions")]
    assert "$ pip install . && kg demo\n" in first
    assert "$ pip install '.[test]' && pytest\n" in first


def test_the_command_table_names_every_command() -> None:
    rows = "\n".join(line for line in README.splitlines() if line.startswith("| `kg "))
    assert set(re.findall(r"`kg (\w+)`", rows)) == set(COMMANDS)


@pytest.mark.parametrize("line", CONSOLE)
def test_every_kg_line_names_a_command_and_options_that_exist(line: str) -> None:
    for part in line.split(" && "):
        words = shlex.split(part)
        if words[0] != "kg":
            continue
        shown = CliRunner().invoke(command, [words[1], "--help"])
        options = {word for word in words if word.startswith("--")}
        named = {f"--{parameter}" for parameter in _parameters(words)}
        assert shown.exit_code == 0
        assert {option for option in options if option not in shown.output} <= named


def _parameters(words: list[str]) -> set[str]:
    if words[1] != "query":
        return set()
    return {parameter.name for parameter in queries.catalogue()[words[2]].parameters}


def test_there_are_five_first_questions() -> None:
    section = README[README.index("## The first five questions") : README.index("## Your own articles")]
    assert section.count("$ kg query ") == 5


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_first_question_is_answered_on_the_samples(line: str, demo: Path) -> None:
    words = shlex.split(line)[1:]
    words[words.index("--dataset") + 1] = str(demo / "demo")
    done = CliRunner().invoke(command, [*words, "--format", "json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["results"]["bindings"], line


def test_the_picture_shows_rows_of_the_demo(demo: Path) -> None:
    words = ["query", "casualty-disagreements", "--dataset", str(demo / "demo"), "--format", "json"]
    rows = json.loads(CliRunner().invoke(command, words).stdout)["results"]["bindings"]
    columns = ("placeLabel", "earliest", "min", "max", "claimantLabel", "otherMin", "otherMax", "otherClaimantLabel")
    given = {tuple(row[column]["value"] for column in columns if column in row) for row in rows}
    picture = README[README.index("```text") : README.index("One of its rows")]
    pictured = {tuple(re.split(r" {2,}", line)[1:]) for line in picture.splitlines() if line.startswith("killed ")}
    assert pictured
    assert pictured <= given


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!http)[^)#]+)\)", README))
def test_every_linked_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_scores_are_those_that_the_evaluation_prints() -> None:
    if not GOLD.exists():
        pytest.skip("the gold articles (../shared/gold) are not here")
    printed = subprocess.run(
        [sys.executable, "-c", EVALUATE, str(GOLD)], check=True, capture_output=True, text=True
    ).stdout
    measured = {name: row["f1"] for name, row in json.loads(printed).items()}
    told = {row[0]: float(row[1]) for row in re.findall(r"^\| ([a-z-]+) \| (\d\.\d\d) \|", README, re.MULTILINE)}
    assert told == {name: pytest.approx(measured[name], abs=0.0051) for name in told}
    assert set(told) == set(measured) - {"time-any", "linking", "nil"}
