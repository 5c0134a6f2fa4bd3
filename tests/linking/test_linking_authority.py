"""The authority of names: what is written is found again, and nothing else is taken for an authority."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DatasetMissing, DatasetVersion
from kg.linking import Authority, Layers
from kg.linking.items import Item, types_of_kinds
from kg.linking.keys import plain, sound
from kg.linking.writing import add, write_authority

TOWN = Item("Q1", "settlement", "Balaklia", ("Balakleya", "Balakliya"), "UA", 49.4625, 36.8592, 27000, 3)
REGION = Item("Q2", "region", "Kharkiv Oblast", (), "UA", 49.5, 36.5, 2700000, 2, extent=120)
OWN = Item("http://example.org/ids/militia", "armed_group", "Riverside Militia", ("RSM",), "SD", role="militia")
MINISTER = Item("Q3", "minister", "Olha Danylivna Hryhorenko", (), "UA", role="Minister of Health")
Make = Callable[..., Authority]


def test_an_item_comes_back_by_its_id_without_aliases(made: Make) -> None:
    authority = made(TOWN, REGION, OWN)
    assert authority.get("Q1") == Item("Q1", "settlement", "Balaklia", (), "UA", 49.4625, 36.8592, 27000, 3)
    assert authority.get("Q2") == REGION
    assert authority.get(OWN.id) == Item(OWN.id, "armed_group", "Riverside Militia", (), "SD", role="militia")
    assert authority.get("Q9") is None
    assert authority.get("http://example.org/ids/other") is None
    assert authority.get("no id at all") is None
    assert len(authority) == 3


def test_all_items_come_in_the_order_of_their_numbers(made: Make) -> None:
    assert [item.id for item in made(REGION, OWN, TOWN).items()] == [OWN.id, "Q1", "Q2"]


def test_a_key_finds_all_spellings(made: Make) -> None:
    found = made(TOWN, REGION).find(sound("balakliia"))
    assert sorted((one.item.id, one.made, one.form) for one in found) == [
        ("Q1", "alias", "balakleya"),
        ("Q1", "alias", "balakliya"),
        ("Q1", "label", "balaklia"),
    ]
    assert made(TOWN).find(sound("izium")) == ()


def test_people_are_found_by_short_name_and_leaders_by_surname(made: Make) -> None:
    authority = made(MINISTER)
    assert [(one.made, one.form) for one in authority.find(sound("olha hryhorenko"))] == [("short", "olha hryhorenko")]
    assert [(one.made, one.form) for one in authority.find(sound("hryhorenko"))] == [("surname", "hryhorenko")]


def test_keys_are_listed_by_their_first_letters(made: Make) -> None:
    assert made(TOWN, REGION).starting("bala") == ("balaklia",)
    assert made(TOWN, REGION).starting("xyz") == ()


def test_aliases_are_told_in_plain_form(made: Make) -> None:
    assert made(TOWN).aliases("Q1") == ["balakleya", "balaklia", "balakliya"]


def test_adding_an_item_again_replaces_it(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    write_authority([TOWN], path, {})
    connection = sqlite3.connect(path)
    add(connection, [Item("Q1", "settlement", "New Name")])
    connection.commit()
    connection.close()
    with Authority.open(path) as authority:
        assert authority.get("Q1") == Item("Q1", "settlement", "New Name")
        assert authority.aliases("Q1") == ["new name"]
        assert authority.find(sound("balaklia")) == ()


def test_the_same_items_make_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    for path in (first, second):
        write_authority([TOWN, OWN, REGION], path, {"made from": "a test"})
    assert first.read_bytes() == second.read_bytes()


def test_an_authority_is_opened_for_reading_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.sqlite"
    write_authority([TOWN], path, {})
    before = path.read_bytes()
    with Authority.open(path) as authority, pytest.raises(sqlite3.OperationalError, match="readonly"):
        authority._connection.execute("DELETE FROM item")
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["own.sqlite"]


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing, match="no authority of names") as caught:
        Authority.open(tmp_path / "none.sqlite")
    assert "kg authority import" in caught.value.remedy


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at" * 20, b""])
def test_another_file_is_no_authority(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(content)
    with pytest.raises(DatasetVersion, match="not an authority"):
        Authority.open(path)


def test_an_authority_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    write_authority([TOWN], path, {})
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    connection.commit()
    connection.close()
    with pytest.raises(DatasetVersion, match="version"):
        Authority.open(path)


def test_an_unfinished_file_never_stands_under_the_name(tmp_path: Path) -> None:
    def broken() -> object:
        yield TOWN
        raise RuntimeError("the source broke off")

    path = tmp_path / "own.sqlite"
    with pytest.raises(RuntimeError, match="broke off"):
        write_authority(broken(), path, {})  # type: ignore[arg-type]
    assert not path.exists()


def test_an_upper_layer_hides_what_a_lower_one_says_of_an_id(made: Make) -> None:
    own = made(Item("Q1", "settlement", "Balaklia", ("Old Fort",)))
    layers = Layers(own, made(TOWN, REGION))
    assert layers.get("Q1") == Item("Q1", "settlement", "Balaklia")
    assert layers.get("Q2") == REGION
    assert layers.get("Q9") is None
    assert [one.form for one in layers.find(sound("balaklia"))] == ["balaklia"]
    assert [one.item.id for one in layers.find(sound("old fort"))] == ["Q1"]
    assert layers.starting("bal") == ("balaklia",)


def test_the_shipped_authority_holds_what_it_promises(shipped: Authority) -> None:
    kinds = {item.kind for item in shipped.items()}
    wanted = {"country", "region", "settlement", "armed_forces", "armed_group", "ministry", "international", "media"}
    assert wanted | {"platform", "leader", "official", "event"} <= kinds
    assert kinds <= set(types_of_kinds())
    assert len(shipped) > 90_000


def test_the_shipped_authority_is_small() -> None:
    path = Path(__import__("kg.linking", fromlist=["x"]).__file__).parent / "data" / "authority.sqlite"
    assert path.stat().st_size < 15_000_000


def test_nothing_in_the_shipped_authority_says_where_or_when_it_was_made(shipped: Authority) -> None:
    assert set(shipped.meta) == {
        "version",
        "sha256 wikidata_slice.tsv.gz",
        "sha256 qid_extra.tsv",
        "sha256 no_id_found.tsv",
    }


@given(st.text(max_size=30))
def test_any_key_may_be_asked_for(shipped: Authority, name: str) -> None:
    for found in shipped.find(sound(plain(name))):
        assert found.item.kind in types_of_kinds()
    assert all(key.startswith(name) for key in shipped.starting(name))
