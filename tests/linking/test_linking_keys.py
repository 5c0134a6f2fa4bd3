"""Keys of names: what is one name written in several ways, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.keys import Bare, acronym, bare, likeness, plain, shortened, sound, surname, unbracketed, untitled


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Izium", "izium"),
        ("the Sa'ada governorate", "saada governorate"),
        ("Sa‘ada", "saada"),
        ("Kup\"yans'k", "kupyansk"),
        ("Bilhorod-Dnistrovskyi", "bilhorod dnistrovskyi"),
        ("U.N.", "un"),
        ("U.S.", "us"),
        ("Ukraine’s", "ukraine"),
        ("the Houthis' leader", "houthis leader"),
        ("São Tomé", "sao tome"),
        ("Łódź", "lodz"),
        ("Харків", "kharkiv"),
        ("Щастя", "shchastya"),
        ("The", "the"),
        ("  ", ""),
    ],
)
def test_plain_undoes_case_marks_and_punctuation(name: str, key: str) -> None:
    assert plain(name) == key


@pytest.mark.parametrize(
    "spellings",
    [
        ["Balaklia", "Balakliya", "Balakleya", "Balakliia"],
        ["Zelenskiy", "Zelenskyy", "Zelensky", "Zelenskyi"],
        ["Kupyansk", "Kupiansk", "Kupjansk", "Kup'yans'k"],
        ["Sinehubov", "Syniehubov", "Sinegubov"],
        ["Izyum", "Izium"],
        ["Sa'ada", "Saada", "Sa'dah", "Sadah"],
        ["Odesa", "Odessa"],
        ["Zaporizhzhia", "Zaporizhia", "Zaporizhzhya"],
        ["Luhansk", "Lugansk"],
        ["Khan Younis", "Khan Yunis"],
        ["Mohammed al-Houthi", "Muhammad Al Huthi"],
        ["Oleh Syniehubov", "Oleg Sinegubov"],
        ["Serhii", "Sergey", "Serhiy", "Sergei"],
        ["Hassan Nasrallah", "Hasan Nasralah"],
        ["Ministry of Defence", "Ministry of Defense", "the ministry of the defence"],
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: list[str]) -> None:
    assert len({sound(plain(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kharkiv", "Kherson"), ("Iran", "Iraq"), ("Niger", "Nigeria"), ("Mali", "Malawi"), ("Donetsk", "Donets")],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert sound(plain(one)) != sound(plain(other))


@pytest.mark.parametrize(
    ("key", "core", "holds"),
    [
        ("kharkiv region", "kharkiv", "region"),
        ("kharkiv oblast", "kharkiv", "region"),
        ("city of lyman", "lyman", "settlement"),
        ("kupiansk raion", "kupiansk", "district"),
        ("autonomous republic of crimea", "crimea", "region"),
        ("tigray autonomous region", "tigray", "region"),
        ("republic of chad", "chad", "country"),
    ],
)
def test_words_for_the_sort_of_place_are_taken_off_and_told(key: str, core: str, holds: str) -> None:
    found = bare(key)
    assert found.key == core
    assert holds in found.classes


@pytest.mark.parametrize("key", ["region", "city of", "kharkiv", "oblast", "state"])
def test_a_name_of_nothing_else_is_kept_whole(key: str) -> None:
    assert bare(key) == Bare(key, frozenset())


def test_titles_are_no_part_of_a_name() -> None:
    assert untitled("foreign minister annalena baerbock") == "annalena baerbock"
    assert untitled("president") == "president"


@pytest.mark.parametrize(
    ("key", "family"),
    [
        ("volodymyr zelenskyy", "zelenskyy"),
        ("bashar al assad", "al assad"),
        ("ursula von der leyen", "von der leyen"),
        ("mohammed bin salman", "bin salman"),
        ("putin", "putin"),
        ("al assad", "assad"),
    ],
)
def test_a_family_name_has_its_particles(key: str, family: str) -> None:
    assert surname(key) == family


def test_long_names_are_shortened_to_first_and_family_name() -> None:
    assert shortened("vladimir vladimirovich putin") == "vladimir putin"
    assert shortened("vladimir putin") is None
    assert shortened("bashar al assad") is None


def test_acronyms_are_of_capitalised_words() -> None:
    assert acronym("Organisation of Islamic Cooperation") == "oic"
    assert acronym("Islamic State") is None
    assert acronym("Syrian Observatory for Human Rights") == "sohr"
    assert acronym("Federal Security Service (Russia)") == "fss"


def test_a_parenthesis_at_the_end_is_no_part_of_a_name() -> None:
    assert unbracketed("Idlib (city)") == "Idlib"
    assert unbracketed("(Idlib)") == "(Idlib)"


@given(st.text(max_size=40))
def test_plain_keys_are_stable_and_have_single_spaces(name: str) -> None:
    key = plain(name)
    assert key == key.strip()
    assert "  " not in key
    assert key == key.casefold()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=30))
def test_a_word_always_sounds_like_something(name: str) -> None:
    key = plain(name)
    heard = sound(key)
    assert bool(heard) == bool(key)
    assert " " not in heard


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_symmetric_and_between_nought_and_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
