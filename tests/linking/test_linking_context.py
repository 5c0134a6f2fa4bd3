"""What a text says around its names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.linking.context import Surroundings, countries_in, distance, shares, surroundings, words_of
from kg.linking.items import Item
from kg.records import Extraction

Read = Callable[..., Extraction]


def named(text: str) -> list[str]:
    return [code for code in words_of(text).countries if code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ukrainian officials met the Russians in Turkey.", ["UA", "RU", "TR"]),
        ("The Democratic Republic of the Congo and the Central African Republic", ["CD", "CF"]),
        ("South Sudan is not Sudan.", ["SS", "SD"]),
        ("U.S. and UK ships", ["US", "GB"]),
        ("Ukraine’s neighbours", ["UA"]),
        ("Nobody is named.", []),
        ("", []),
    ],
)
def test_countries_are_told_by_name_and_adjective_in_order(text: str, codes: list[str]) -> None:
    assert named(text) == codes


def test_words_keep_their_places() -> None:
    read = words_of("In South Sudan, today")
    assert (read.begins, read.keys) == ((0, 3, 9, 16), ("in", "south", "sudan", "today"))
    assert read.countries == (None, "SS", None, None)


def test_an_entitys_own_names_do_not_speak_for_it() -> None:
    read = words_of("Georgia and Russia talked; Russian planes came.")
    assert shares(read, ["Georgia"]) == {"RU": 1.0}
    assert shares(read, ["Tbilisi"]) == {"GE": pytest.approx(1 / 3), "RU": pytest.approx(2 / 3)}
    assert shares(words_of("Nothing here."), ["Georgia"]) == {}
    assert countries_in("Georgian army") == {"GE"}


def test_titles_and_countries_before_a_name_are_told(reading: Read) -> None:
    extraction = reading("The Ukrainian Foreign Minister Ada Okoye spoke.", ("Person", None, "Ada Okoye"))
    found = surroundings(extraction, words_of(extraction.document.text))
    assert found == {"e0": Surroundings(frozenset({"foreign", "minister", "the"}), frozenset({"UA"}), frozenset())}


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        ("Lyman, Donetsk region, was hit.", True),
        ("Lyman in the Donetsk region was hit.", True),
        ("Lyman, in the eastern Donetsk region", True),
        ("Lyman (Donetsk region)", True),
        ("the Donetsk region's embattled Lyman", True),
        ("Lyman and the Donetsk region", False),
        ("Lyman fell. Donetsk region stood.", False),
        ("Lyman lies far from the borders of the Donetsk region", False),
    ],
)
def test_a_place_is_contained_where_the_words_say_so(text: str, contained: bool, reading: Read) -> None:
    extraction = reading(text, ("Place", None, "Lyman"), ("Place", None, "Donetsk region"))
    found = surroundings(extraction, words_of(text))
    assert found["e0"].beside == (frozenset({"e1"}) if contained else frozenset())


def test_nothing_is_told_of_an_entity_without_a_mention(reading: Read) -> None:
    extraction = reading("Nothing.", ("Place", None, "Lyman"))
    assert surroundings(extraction, words_of("Nothing.")) == {"e0": Surroundings()}


def test_distances_are_on_the_great_circle() -> None:
    kyiv = Item("Q1", "settlement", "Kyiv", latitude=50.45, longitude=30.523)
    lviv = Item("Q2", "settlement", "Lviv", latitude=49.842, longitude=24.032)
    fiji, tonga = (
        Item(f"Q{at}", "country", "x", latitude=-18, longitude=east) for at, east in ((3, 179.5), (4, -179.5))
    )
    assert distance(kyiv, lviv) == pytest.approx(468, abs=2)
    assert distance(fiji, tonga) == pytest.approx(106, abs=2)
    assert distance(kyiv, kyiv) == 0
    assert distance(kyiv, Item("Q5", "settlement", "Nowhere")) is None
