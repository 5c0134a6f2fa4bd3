"""Which items a name may mean, and how it leads to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import Authority
from kg.linking.candidates import candidates, one_letter_off
from kg.linking.items import Item

if TYPE_CHECKING:
    from kg.records import EntityType

Make = Callable[..., Authority]
CITY = Item("Q1", "settlement", "Kharkiv", ("Kharkov",), "UA")
REGION = Item("Q2", "region", "Kharkiv Oblast", (), "UA")
RAION = Item("Q3", "district", "Kharkiv Raion", (), "UA")
ARMY = Item("Q4", "armed_forces", "Armed Forces of Ukraine", ("AFU",), "UA")
CORPS = Item("Q5", "armed_forces", "Volunteer Corps", (), "UA")
MINISTRY = Item("Q6", "ministry", "Ministry of Defence of Ukraine", (), "UA")
LEADER = Item("Q7", "leader", "Volodymyr Zelenskyy", (), "UA")
NAMESAKE = Item("Q8", "legislator", "Maksym Zelenskyy", (), "UA")
BODY = Item("Q9", "international", "Council of Hill Nations", (), None)
LONG = Item("Q10", "settlement", "Kramatorsk", (), "UA")
EVERYTHING = (CITY, REGION, RAION, ARMY, CORPS, MINISTRY, LEADER, NAMESAKE, BODY, LONG)


def ways(name: str, type: EntityType, authority: Authority, *implied: str) -> dict[str, str]:
    return {one.item.id: one.way for one in candidates(name, type, authority, implied)}


@pytest.mark.parametrize(
    ("name", "type_", "found"),
    [
        ("Kharkiv", "Place", {"Q1": "same", "Q2": "bared", "Q3": "bared"}),
        ("KHARKIV", "Place", {"Q1": "same", "Q2": "bared", "Q3": "bared"}),
        ("Kharkov", "Place", {"Q1": "same"}),
        ("Kharkiv region", "Place", {"Q2": "sorted"}),
        ("the Kharkiv Oblast", "Place", {"Q2": "same"}),
        ("Kharkiv raion", "Place", {"Q3": "same"}),
        ("the city of Kharkiv", "Place", {"Q1": "sorted"}),
        ("Kharkyv", "Place", {"Q1": "spelled", "Q2": "spelled", "Q3": "spelled"}),
        ("Kramatorsc", "Place", {"Q10": "near"}),
        ("Krematorium", "Place", {}),
        ("Ukrainian troops", "Organisation", {"Q4": "institution"}),
        ("Ukraine's military", "Organisation", {"Q4": "institution"}),
        ("AFU", "Organisation", {"Q4": "same"}),
        ("Ukrainian Defense Ministry", "Organisation", {"Q6": "institution"}),
        ("CHN", "Organisation", {"Q9": "acronym"}),
        ("Volodymyr Zelensky", "Person", {"Q7": "spelled"}),
        ("President Volodymyr Zelenskyy", "Person", {"Q7": "same"}),
        ("Volodymyr Oleksandrovych Zelenskyy", "Person", {"Q7": "short"}),
        ("Zelenskyy", "Person", {"Q7": "surname"}),
        ("Kharkiv", "Organisation", {}),
        ("Kharkiv", "Person", {}),
        ("", "Place", {}),
        ("!?", "Place", {}),
    ],
)
def test_a_name_leads_to_items_of_its_type(name: str, type_: EntityType, found: dict[str, str], made: Make) -> None:
    assert ways(name, type_, made(*EVERYTHING)) == found


def test_a_bare_institution_means_those_of_implied_countries(made: Make) -> None:
    authority = made(*EVERYTHING)
    assert ways("Defense Ministry", "Organisation", authority) == {}
    assert ways("Defense Ministry", "Organisation", authority, "UA") == {"Q6": "implied"}
    assert ways("Defense Ministry", "Organisation", authority, "RU") == {}


def test_forces_known_by_their_class_alone_stand_in_where_none_is_named(made: Make) -> None:
    assert ways("Ukrainian troops", "Organisation", made(CORPS)) == {"Q5": "force"}


def test_an_item_comes_once_by_its_best_way(made: Make) -> None:
    twice = Item("Q1", "settlement", "Izium", ("Izyum", "Isium"), "UA")
    (found,) = candidates("Izyum", "Place", made(twice))
    assert (found.item.id, found.way, found.likeness) == ("Q1", "same", 1.0)


def test_likeness_tells_spellings_apart(made: Make) -> None:
    near, far = Item("Q1", "settlement", "Balakliia"), Item("Q2", "settlement", "Palakliia")
    (found,) = candidates("Balakleia", "Place", made(near, far))
    assert found.item.id == "Q1"
    assert 0.5 < found.likeness < 1


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [
        ("abcd", "abd", True),
        ("abcd", "abcde", True),
        ("abcd", "xabcd", True),
        ("abcd", "abed", True),
        ("abcd", "acbd", True),
        ("abcd", "badc", False),
        ("abcd", "abxy", False),
        ("abcd", "adcb", False),
        ("abcd", "ab", False),
        ("a", "", True),
    ],
)
def test_words_one_letter_apart(one: str, other: str, off: bool) -> None:
    assert one_letter_off(one, other) == off
    assert one_letter_off(other, one) == off


@given(st.text(alphabet="abc", max_size=8), st.integers(0, 8), st.sampled_from("abc"))
def test_a_letter_put_in_anywhere_is_one_off(word: str, at: int, letter: str) -> None:
    assert one_letter_off(word, word[:at] + letter + word[at:])


@given(st.text(max_size=40), st.sampled_from(["Place", "Person", "Organisation"]))
def test_any_name_may_be_looked_up(shipped: Authority, name: str, type_: EntityType) -> None:
    found = candidates(name, type_, shipped, ["UA"])
    assert {one.item.type for one in found} <= {type_}
    assert len({one.item.id for one in found}) == len(found)
