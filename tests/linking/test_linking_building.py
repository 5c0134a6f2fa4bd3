"""What of the facts gets into the shipped authority, and that the shipped file is made from them."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import MissingField, UnreadableInput
from kg.linking import Authority, build_authority
from kg.linking.authority import SHIPPED
from kg.linking.build import main
from kg.linking.items import NO_ID_PREFIX
from kg.linking.tables import DATA

FACTS = Path(__file__).parents[2].parent / "shared" / "linking"
SLICE = [
    "qid",
    "type",
    "label",
    "aliases",
    "country",
    "lat",
    "lon",
    "source",
    "subtype",
    "n_sources",
    "licence",
    "population_or_sitelinks",
]
EXTRA = ["qid", "type", "subtype", "label", "aliases", "country", "sources", "n_sources", "note"]
NO_ID = ["label", "type", "subtype", "country", "note"]
FREE, WOF = "CC0 (Wikidata)", "WOF (CC0/CC BY parts)"


def facts(folder: Path, slice_: list[dict[str, str]], extra: list[dict[str, str]], no_id: list[dict[str, str]]) -> Path:
    """A folder of facts in the form of the shared one."""
    (folder / "wikidata_slice.tsv.gz").write_bytes(gzip.compress(_table(SLICE, slice_), mtime=0))
    (folder / "qid_extra.tsv").write_bytes(_table(EXTRA, extra))
    (folder / "no_id_found.tsv").write_bytes(_table(NO_ID, no_id))
    return folder


def _table(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    lines = ["\t".join(columns), *("\t".join(row.get(column, "") for column in columns) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def built(folder: Path) -> Authority:
    build_authority(folder, folder / "built.sqlite")
    return Authority.open(folder / "built.sqlite")


def place(qid: str, label: str, licence: str, **more: str) -> dict[str, str]:
    row = {"qid": qid, "type": "place", "label": label, "licence": licence, "subtype": "locality", "source": "a/b:c"}
    return {**row, "country": "UA", "lat": "49.123456", "lon": "36.5", "population_or_sitelinks": "1200", **more}


def extra(qid: str, label: str, sources: str, **more: str) -> dict[str, str]:
    return {"qid": qid, "type": "organisation", "subtype": "armed_group", "label": label, "sources": sources, **more}


@pytest.mark.parametrize(
    ("licence", "ships"),
    [
        (FREE, True),
        (WOF, True),
        ("public domain", True),
        ("MIT; ODbL-1.0", True),
        ("BSD-3", True),
        ("GPL-2 compilation of Wikidata/OSM", False),
        ("ODbL-1.0", False),
        ("GPL-2 compilation of Wikidata/OSM; ODbL-1.0", False),
    ],
)
def test_only_rows_of_a_free_licence_ship(tmp_path: Path, licence: str, ships: bool) -> None:
    authority = built(facts(tmp_path, [place("Q10", "Upper Town", licence)], [], []))
    assert (authority.get("Q10") is not None) == ships


def test_a_row_is_read_whole(tmp_path: Path) -> None:
    row = place(
        "Q10", "Upper Town", FREE, aliases="Verkhnie Misto|High Town", source="a/b:c ; d/e:f ; ad-freiburg/elevant:g"
    )
    item = built(facts(tmp_path, [row], [], [])).get("Q10")
    assert item is not None
    told = (item.kind, item.country, item.latitude, item.longitude, item.weight, item.sources, item.linkable)
    assert told == ("settlement", "UA", 49.1235, 36.5, 1200, 2, True)


def test_a_benchmark_is_no_source(tmp_path: Path) -> None:
    row = place("Q10", "Upper Town", FREE, source="ad-freiburg/elevant:benchmarks/x.jsonl")
    item = built(facts(tmp_path, [row], [], [])).get("Q10")
    assert item is not None
    assert item.sources == 0


def test_what_rests_on_a_closed_collection_alone_has_no_id(tmp_path: Path) -> None:
    closed = extra("Q20", "Hill Brigade", "andreeaiana/nemig:data/x")
    shared = extra("Q21", "Valley Brigade", "andreeaiana/nemig:data/x ; some/body:file")
    authority = built(facts(tmp_path, [], [closed, shared], []))
    assert authority.get("Q20") is None
    assert authority.get("Q21") is not None
    stand_in = authority.get(f"{NO_ID_PREFIX}Hill%20Brigade")
    assert stand_in is not None
    assert (stand_in.linkable, stand_in.has_no_id, stand_in.kind) == (False, True, "armed_group")


def test_what_was_sought_in_vain_stands_in_the_way_and_is_never_linked(tmp_path: Path) -> None:
    sought = {"label": "Fourth Column", "type": "organisation", "subtype": "armed_group", "country": "ET"}
    item = built(facts(tmp_path, [], [], [sought])).get(f"{NO_ID_PREFIX}Fourth%20Column")
    assert item is not None
    assert (item.linkable, item.country) == (False, "ET")


def test_doubtful_ids_are_left_out_or_never_linked(tmp_path: Path) -> None:
    rows = [place("Q171366", "Wardak", FREE), place("Q750659", "Ituri", FREE)]
    authority = built(facts(tmp_path, rows, [], []))
    assert authority.get("Q171366") is None
    doubtful = authority.get("Q750659")
    assert doubtful is not None
    assert not doubtful.linkable


def test_two_tables_about_one_item_make_one_item(tmp_path: Path) -> None:
    row = place("Q30", "Riverton", FREE, aliases="River Town", source="a/b:c")
    more = {
        **extra("Q30", "Riverton", "d/e:f ; a/b:c"),
        "type": "place",
        "subtype": "city",
        "aliases": "Richka",
        "country": "UA",
    }
    authority = built(facts(tmp_path, [row], [more], []))
    item = authority.get("Q30")
    assert item is not None
    assert (item.kind, item.latitude, item.sources) == ("settlement", 49.1235, 2)
    assert authority.aliases("Q30") == ["richka", "river town", "riverton"]


def test_a_more_precise_office_outranks_a_general_one(tmp_path: Path) -> None:
    row = {
        "qid": "Q40",
        "type": "person",
        "label": "Ada Okoye",
        "subtype": "Minister of Defence",
        "licence": FREE,
        "source": "a/b:c",
    }
    more = {"qid": "Q40", "type": "person", "label": "Ada Okoye", "subtype": "politician", "sources": "d/e:f"}
    item = built(facts(tmp_path, [row], [more], [])).get("Q40")
    assert item is not None
    assert (item.kind, item.role) == ("minister", "Minister of Defence")


@pytest.mark.parametrize(
    ("type_", "subtype", "label", "kind"),
    [
        ("place", "region", "Kharkiv Oblast", "region"),
        ("place", "county in New York, United States", "Kings County", "district"),
        ("place", "marinearea", "Inner Sea", "feature"),
        ("place", "", "Dry Creek Dam", "facility"),
        ("organisation", "military", "Black Sea Fleet", "force_branch"),
        ("organisation", "military", "Armed Forces of Ruritania", "armed_forces"),
        ("organisation", "armed_group", "Army of the Hills", "armed_group"),
        ("organisation", "", "Ministry of Health", "ministry"),
        ("organisation", "newspapers-launch", "The Daily Hill", "media"),
        ("organisation", "American daily newspaper", "The Hill", "media"),
        ("person", "President", "Ada Okoye", "leader"),
        ("person", "Member of the National Assembly", "Ada Okoye", "legislator"),
        ("person", "", "Ada Okoye", "person"),
        ("event", "battles", "Battle of the Hill", "event"),
        ("product", "platform", "Megaphone", "platform"),
    ],
)
def test_what_a_row_is_follows_from_its_words(tmp_path: Path, type_: str, subtype: str, label: str, kind: str) -> None:
    row = {"qid": "Q50", "type": type_, "subtype": subtype, "label": label, "licence": FREE, "source": "a/b:c"}
    item = built(facts(tmp_path, [row], [], [])).get("Q50")
    assert item is not None
    assert item.kind == kind


@pytest.mark.parametrize("type_", ["weapon", "product", "ethnic_group"])
def test_things_that_are_no_entities_stay_out(tmp_path: Path, type_: str) -> None:
    row = {"qid": "Q50", "type": type_, "label": "Thing", "licence": FREE, "source": "a/b:c"}
    assert built(facts(tmp_path, [row], [], [])).get("Q50") is None


def test_a_town_loses_the_alias_that_is_its_region(tmp_path: Path) -> None:
    rows = [
        place("Q60", "Columbus", FREE, aliases="Ohio|Cowtown", country="US"),
        place("Q61", "Ohio", FREE, subtype="region", country="US"),
        place("Q62", "Ohio City", FREE, aliases="Ohio", country="US"),
    ]
    authority = built(facts(tmp_path, rows, [], []))
    assert authority.aliases("Q60") == ["columbus", "cowtown"]
    assert authority.aliases("Q62") == ["ohio", "ohio city"]


def test_regions_know_how_far_their_neighbour_is(tmp_path: Path) -> None:
    rows = [
        place("Q70", "West", FREE, subtype="region", lat="50.0", lon="30.0"),
        place("Q71", "East", FREE, subtype="region", lat="50.0", lon="32.0"),
        place("Q72", "Far", FREE, subtype="region", lat="50.0", lon="32.0", country="RU"),
    ]
    authority = built(facts(tmp_path, rows, [], []))
    extents = {item.id: item.extent for item in authority.items()}
    assert extents == {"Q70": 143, "Q71": 143, "Q72": None}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="wikidata_slice"):
        build_authority(tmp_path, tmp_path / "built.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    folder = facts(tmp_path, [], [], [])
    (folder / "qid_extra.tsv").write_text("\t".join(EXTRA) + "\nQ1\n")
    with pytest.raises(MissingField, match="line 2"):
        build_authority(folder, tmp_path / "built.sqlite")


def test_the_command_builds_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(facts(tmp_path, [place("Q10", "Upper Town", FREE)], [], [])), str(tmp_path / "out.sqlite")])
    assert capsys.readouterr().out.startswith("1 items, 0.0 MB: ")


@pytest.mark.skipif(not FACTS.is_dir(), reason="the facts for linking (../shared/linking) are not here")
def test_the_shipped_authority_is_what_the_command_builds(tmp_path: Path) -> None:
    build_authority(FACTS, tmp_path / SHIPPED)
    assert _content(tmp_path / SHIPPED) == _content(Path(str(DATA / SHIPPED)))


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = {"meta": "name", "kind": "id", "role": "id", "item": "id", "iri": "item", "name": "key, item, form"}
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY {key}").fetchall() for name, key in tables.items()
        }
