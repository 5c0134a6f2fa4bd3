import re
import tomllib
from pathlib import Path

import pytest

from kg import extraction
from kg.extraction import lexicon
from kg.extraction.syntax import labels

FOLDER = Path(extraction.__file__).parent
DATA = FOLDER / "data"
WORDS = tomllib.loads((DATA / "words.toml").read_text("utf8"))
LISTS = {name: rows for name, rows in WORDS.items() if isinstance(rows, list)}
DEMONYM_LINES = (DATA / "demonyms.tsv").read_text("utf8").splitlines()


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_is_sorted_lower_case_and_without_doubles(name):
    assert LISTS[name] == sorted(set(LISTS[name]))
    assert LISTS[name] == [word.casefold().strip() for word in LISTS[name]]


@pytest.mark.parametrize("name", LISTS)
def test_a_word_list_is_given_as_it_is_written(name):
    assert lexicon.words(name) == frozenset(LISTS[name])


def test_an_unknown_list_is_an_error():
    with pytest.raises(KeyError, match="no such list"):
        lexicon.words("no such list")


def test_state_force_nouns_are_force_nouns():
    assert lexicon.words("state_force_nouns") <= lexicon.words("force_nouns")


def test_place_nominals_have_subtypes_of_places():
    nominals = lexicon.place_nominals()
    assert list(nominals) == sorted(nominals)
    assert set(nominals.values()) <= {"Country", "Region", "Settlement", "Facility", "Feature"}


def test_demonym_rows_are_a_country_and_its_forms():
    assert DEMONYM_LINES[0].startswith("#")
    assert all(re.fullmatch(r"[^\t|]+\t[^\t|]+(\|[^\t|]+)*", line) for line in DEMONYM_LINES[1:])


def test_demonym_countries_are_sorted_and_single():
    names = [line.partition("\t")[0] for line in DEMONYM_LINES[1:]]
    assert len(names) == len(set(names))
    assert names == sorted(names)


def test_a_demonym_means_one_country():
    forms = [form.casefold() for line in DEMONYM_LINES[1:] for form in line.partition("\t")[2].split("|")]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []


def test_demonyms_and_countries_are_looked_up_in_lower_case():
    assert {word: lexicon.demonyms().get(word) for word in ("ukrainian", "israelis", "somali", "Ukrainian")} == {
        "ukrainian": "Ukraine",
        "israelis": "Israel",
        "somali": "Somalia",
        "Ukrainian": None,
    }
    assert lexicon.countries()["ukraine"] == "Ukraine"


@pytest.mark.parametrize("kind", ["line", "rest"])
def test_boilerplate_patterns_compile_and_fit_no_empty_line(kind):
    pattern = lexicon.boilerplate(kind)
    assert pattern.flags & re.IGNORECASE
    assert pattern.fullmatch("") is None
    assert pattern.fullmatch("The army withdrew from the town on Friday, residents said.") is None


def test_every_threshold_is_a_probability():
    values = [*lexicon.settings()["least"].values(), *lexicon.settings()["elsewhere"].values()]
    assert all(0 <= value <= 1 for value in values)


def test_every_edge_has_its_threshold_and_its_share_elsewhere():
    scheme = tomllib.loads((FOLDER.parent / "language" / "training" / "scheme.toml").read_text("utf8"))
    assert set(scheme["edges"]) <= set(lexicon.settings()["least"])
    assert set(scheme["edges"]) == set(lexicon.settings()["elsewhere"])


def test_relations_are_told_in_both_kinds_of_parse():
    relations = tomllib.loads((FOLDER / "relations.toml").read_text("utf8"))
    assert all(set(row) == {"ud", "spacy"} and row["ud"] and row["spacy"] for row in relations.values())
    assert labels("subject") == frozenset(relations["subject"]["ud"] + relations["subject"]["spacy"])
