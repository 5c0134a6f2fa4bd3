"""The table: lined up in plain text, with nothing of an article taken for markup."""

import io
import re

import pytest

from server.results import run_query
from server.table import write_table


def table(store, sparql, *, tty=False):
    stream = io.BytesIO()
    write_table(run_query(store, sparql), stream, tty)
    return stream.getvalue().decode()


def values(*texts):
    return f"SELECT ?text ?n {{ VALUES (?text ?n) {{ {' '.join(texts)} }} }}"


def test_columns_are_lined_up(memory):
    assert table(memory, values('("a" 1)', '("longer" 22)', "(UNDEF 3)")) == (
        "text    n\na       1\nlonger  22\n        3\n"
    )


def test_no_rows_leave_the_head(memory):
    assert table(memory, values()) == "text  n\n"


@pytest.mark.parametrize(("query", "told"), [("ASK { ?s ?p ?o }", "yes\n"), ("ASK { ?s ?p 7 }", "no\n")])
def test_truth_is_a_word(memory, query, told):
    assert table(memory, query) == told
    assert table(memory, query, tty=True) == told


def test_markup_and_escapes_of_a_text_are_shown_and_not_obeyed(memory):
    shown = table(memory, values('("[bold red]x[/] :smile: \\u001B[31m" 1)'))
    assert shown.splitlines()[1] == "[bold red]x[/] :smile:  [31m  1"


def test_long_texts_are_not_cut_outside_of_a_terminal(memory):
    assert "word " * 400 in table(memory, values(f'("{"word " * 400}" 1)'))


def test_terminal_gets_its_width_and_the_number_of_rows(memory, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    lines = table(memory, values(f'("{"word " * 40}" 1)', '("b" 2)'), tty=True).splitlines()
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) <= 40
    assert "2 rows" in lines[-1]


def test_one_row_is_one_row(memory, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "1 row" in table(memory, values('("b" 2)'), tty=True).splitlines()[-1]
    assert "1 rows" not in table(memory, values('("b" 2)'), tty=True)


def test_other_scripts_are_lined_up_by_their_width(memory):
    lines = table(memory, values('("平壤" 1)', '("abcd" 2)')).splitlines()
    assert lines == ["text  n", "平壤  1", "abcd  2"]
