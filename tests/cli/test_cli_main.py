"""The command as a whole: help, usage, exit codes, errors without a traceback."""

import importlib
import re
import subprocess
import sys

import click
import pytest

import kg as package
from kg.cli import COMMANDS
from kg.errors import EXIT_CODES, EmptyInput, KgError, ParameterError, QueryError, UsageError, looked_up


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_that_name_it(kg, name):
    told = kg(name, "--help").stdout
    examples = told.partition("Examples:")[2]
    assert f"kg {name}" in examples
    assert told.startswith(f"Usage: kg {name} ")


def test_the_help_lists_every_command_with_its_line(kg):
    told = kg("--help").stdout
    for name, words in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(words)}$", told, re.MULTILINE), name
    assert "Exit codes: 0 all" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_of_the_table_are_those_of_the_modules(name):
    found = importlib.import_module(f"kg.cli.{name}").command
    assert isinstance(found, click.Command)
    for parameter in found.params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name


def test_the_version_is_told(kg):
    assert kg("--version").stdout == f"kg, version {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["biuld"], "No such command 'biuld'. Did you mean build?"),
        (["zzz"], "No such command 'zzz'."),
        (["build"], "Missing argument 'SOURCE...'"),
        (["build", "x", "--jobs", "0"], "0 is not in the range"),
        (["build", "x", "--published", "31.31.2024"], "--published"),
        (["build", "x", "--published", "2999-01-01"], "--published"),
        (["build", "x", "--fields", "text"], "kg: --fields: 'text' is not FIELD=COLUMN"),
        (["build", "x", "--fields", "colour=red"], "kg: --fields: there is no field 'colour'"),
        (["extract", "x", "--format", "xml"], "'xml' is not one of"),
        (["export", "--format", "rdfa"], "'rdfa' is not one of"),
        (["show"], "Missing argument 'DOCUMENT'"),
        (["queries", "--text"], "--text needs the name of a query"),
        (["--settings", "none.toml", "stats"], "kg: none.toml: no such file"),
    ],
)
def test_wrong_usage_is_told_on_standard_error_with_code_2(kg, arguments, message):
    result = kg(*arguments, code=2)
    assert message in result.stderr
    assert result.stdout == ""


def test_an_error_is_one_line_without_a_traceback(kg):
    result = kg("stats", code=1)
    assert result.stderr == (
        "kg: kg-data: there is no dataset here. Make one with kg build, or name another with --dataset\n"
    )


def test_an_error_that_holds_terminal_codes_is_told_harmlessly(kg):
    result = kg("stats", "--dataset", "x\x1b[2J\x9by\r", code=1)
    assert result.stderr.startswith("kg: x [2J y : there is no dataset here")


@pytest.mark.parametrize(
    ("error", "code"), [(KgError, 1), (EmptyInput, 1), (UsageError, 2), (ParameterError, 2), (QueryError, 2)]
)
def test_the_exit_code_is_that_of_the_nearest_class(error, code):
    assert looked_up(error("x"), EXIT_CODES) == code


def test_the_dataset_comes_from_the_option_then_the_environment_then_the_settings(kg, articles, monkeypatch, tmp_path):
    (tmp_path / "own.toml").write_text('dataset = "from-settings"\n')
    kg("--settings", "own.toml", "build", articles)
    assert (tmp_path / "from-settings" / "dataset.json").exists()
    monkeypatch.setenv("KG_DATASET", "from-environment")
    kg("build", articles)
    kg("build", articles, "--dataset", "from-option")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [
        "articles",
        "from-environment",
        "from-option",
        "from-settings",
    ]
    monkeypatch.setenv("KG_SETTINGS", "own.toml")
    monkeypatch.delenv("KG_DATASET")
    assert "from-settings, snapshot 1" in kg("stats").stdout


# As a process of its own


def process(*arguments, **how):
    code = f"import sys; sys.path[:] = {sys.path!r}; from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=False, timeout=240, **how
    )


def test_the_help_loads_none_of_the_stages():
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from kg.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pyoxigraph', 'rdflib', 'flask', 'rich', 'kg.pipeline', 'kg.dataset', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    arguments = [sys.executable, "-c", code, "--help"]
    done = subprocess.run(arguments, capture_output=True, check=False, text=True, timeout=240)
    assert (done.stderr, done.returncode) == ("[]\n", 0)


def test_exit_codes_reach_the_shell(tmp_path):
    assert process("--version").returncode == 0
    missing = process("stats", cwd=tmp_path)
    assert (missing.returncode, missing.stdout) == (1, b"")
    assert missing.stderr.startswith(b"kg: kg-data: there is no dataset here")
    assert process("stats", "--wrong").returncode == 2


@pytest.mark.usefixtures("built")
def test_a_reader_that_goes_away_is_no_error_to_tell(tmp_path):
    code = f"import sys; sys.path[:] = {sys.path!r}; from kg.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "export"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as writer:
        writer.stdout.close()
        assert writer.stderr.read() == b""


def test_an_output_that_cannot_show_a_letter_shows_its_code(built, articles, tmp_path):
    (articles / "four.txt").write_text("Łódź was calm.", "utf8")
    built("build", articles)
    done = process("show", "four", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u0141" in done.stdout
