"""The linker's tables of words are well formed and refer to one another rightly."""

from __future__ import annotations

import re

import pytest

from kg.linking.authority import MADE
from kg.linking.institutions import country_adjectives, country_words, seats
from kg.linking.items import types_of_kinds
from kg.linking.keys import plain
from kg.linking.tables import DATA, mapping, rows, settings, words

TABLES = sorted(path.name.removesuffix(".tsv") for path in DATA.iterdir() if path.name.endswith(".tsv"))
KINDS = set(types_of_kinds())


@pytest.mark.parametrize("name", TABLES)
def test_each_line_of_a_table_has_at_most_as_many_fields_as_its_head(name: str) -> None:
    head, *lines = (DATA / f"{name}.tsv").read_text("utf8").splitlines()
    assert lines
    assert [line for line in lines if line.count("\t") > head.count("\t") or not line.strip()] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_line_of_a_table_stands_twice(name: str) -> None:
    lines = (DATA / f"{name}.tsv").read_text("utf8").splitlines()
    assert sorted({line for line in lines if lines.count(line) > 1}) == []


@pytest.mark.parametrize(
    "name", ["letters", "sounds", "word_variants", "portfolios", "metonyms", "titles", "name_particles"]
)
def test_each_first_word_of_a_mapping_stands_once(name: str) -> None:
    firsts = [next(iter(row.values())) for row in rows(name)]
    assert len(firsts) == len(set(firsts))


@pytest.mark.parametrize(
    "name", ["titles", "name_particles", "silent_words", "word_variants", "portfolios", "metonyms"]
)
def test_words_are_written_as_plain_keys(name: str) -> None:
    assert [word for word in words(name) if word != "the" and plain(word) != word] == []


def test_no_variant_of_a_word_is_itself_replaced() -> None:
    variants = mapping("word_variants")
    assert [pair for pair in variants.items() if pair[1] in variants] == []


def test_no_sound_holds_a_spelling_that_is_replaced_before_it() -> None:
    spellings = [(spelling, sound) for spelling, sound in mapping("sounds").items() if len(spelling) > 1]
    earlier = [(one, other) for at, one in enumerate(spellings) for other in spellings[:at] if other[0] in one[1]]
    assert earlier == []


def test_countries_have_codes_of_two_letters_and_names() -> None:
    assert [
        row["code"] for row in rows("countries") if not re.fullmatch("[A-Z]{2}", row["code"]) or not row["name"]
    ] == []
    assert len({row["code"] for row in rows("countries")}) == len(rows("countries"))


def test_no_word_names_two_countries() -> None:
    told = [
        (plain(word), row["code"])
        for row in rows("countries")
        for word in {row["name"], *row["other_names"].split("|"), *row["adjectives"].split("|")} - {""}
    ]
    clashes = {word for word, code in told if country_words()[word] != code}
    assert clashes == set()


def test_adjectives_and_seats_are_known() -> None:
    assert {"ukrainian", "israelis", "south korean"} <= country_adjectives()
    assert (seats()["kyiv"], seats()["beijing"]) == ("UA", "CN")


def test_classes_belong_to_the_types_of_the_records() -> None:
    assert {
        kind: known
        for kind, (known, _) in types_of_kinds().items()
        if known not in ("Person", "Organisation", "Place", "Event")
    } == {}


def test_rules_for_sources_compile_and_give_known_classes() -> None:
    for row in rows("source_classes"):
        re.compile(row["pattern"])
        assert row["class"] in KINDS
        assert row["field"] in ("label", "subtype")


def test_words_for_sorts_of_places_name_known_classes() -> None:
    told = {kind for row in rows("place_words") for kind in row["classes"].split("|")}
    assert told <= KINDS
    assert {row["position"] for row in rows("place_words")} == {"before", "after"}


def test_institutions_are_read_from_labels_mentions_or_both() -> None:
    assert {row["side"] for row in rows("institutions")} <= {"both", "label", "mention"}


def test_withheld_ids_have_an_effect_and_a_reason() -> None:
    assert {row["effect"] for row in rows("withheld")} == {"left out", "never linked"}
    assert [row["id"] for row in rows("withheld") if not re.fullmatch("Q[0-9]+", row["id"]) or not row["reason"]] == []


def test_weights_are_of_the_three_types_and_the_threshold_is_a_probability() -> None:
    assert {name.split(":")[0] for name in settings("weights")["weights"]} == {"Person", "Organisation", "Place"}
    assert 0.5 <= settings("weights")["threshold"] < 1


def test_fitting_speaks_of_known_classes_and_subtypes() -> None:
    subtypes = {subtype for _, subtype in types_of_kinds().values() if subtype}
    confused = settings("fitting")["subtype_confused"]
    assert set(settings("fitting")["missing"]) - {"else"} <= KINDS
    assert {*confused, *(one for likely in confused.values() for one in likely)} <= subtypes


def test_the_ways_that_a_name_is_made_keep_their_numbers() -> None:
    assert MADE == ("label", "alias", "short", "surname", "acronym", "institution", "force")
