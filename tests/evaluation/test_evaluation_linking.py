"""The measuring of linking, and what the shipped authority reaches on gold and on public sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.evaluation.linking import LinkingScores, Outcome, gold_extraction, gold_outcomes, linking_scores
from kg.evaluation.linking_benchmarks import SETS, benchmark_outcomes, published, toponyms
from kg.linking import Authority
from kg.linking.items import Item
from kg.linking.writing import write_authority
from kg.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD, BENCHMARKS = SHARED / "gold", SHARED / "linking" / "benchmarks"
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold readings (../shared/gold) are not here")
needs_sets = pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason="the public sets (../shared/linking/benchmarks) are not here"
)
ENTITY = Entity("e0", "Place", None, "Upper Town", ("Upper Town",))
TOWN = Item("Q1", "settlement", "Upper Town", (), "UA", 50.0, 30.0, 99_999, 4)
SEEN = Item("Q2", "settlement", "Seen Town", (), "UA", 51.0, 30.0, 99_999, sources=0)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    write_authority([TOWN, SEEN], tmp_path / "a.sqlite", {})
    with Authority.open(tmp_path / "a.sqlite") as opened:
        yield opened


def outcome(right: str | None, got: str | None) -> Outcome:
    return Outcome("d", ENTITY, right, got)


def test_scores_tell_right_wrong_and_abstained_apart() -> None:
    told = [("Q1", "Q1"), ("Q1", "Q1"), ("Q1", "Q2"), ("Q1", None), (None, None), (None, "Q3")]
    scores = linking_scores(outcome(right, got) for right, got in told)
    assert scores == LinkingScores(entities=6, accuracy=0.5, precision=0.5, nil=0.5, abstained=0.25)
    assert scores.f1 == 0.5


def test_scores_of_nothing_are_none() -> None:
    scores = linking_scores([])
    assert scores == LinkingScores(0, None, None, None, None)
    assert scores.f1 is None


def record(text: str, wikidata: str | None) -> dict[str, object]:
    entity = {
        "id": "e1",
        "type": "Place",
        "subtype": "Settlement",
        "label": text,
        "names": [text],
        "wikidata": wikidata,
    }
    mention = {"begin": 0, "end": len(text), "text": text, "entity": "e1", "kind": "name"}
    head = {"id": "d", "published": "2024-05-01", "title": "T", "publisher": None, "url": None}
    return {"document": head, "text": text, "entities": [entity], "mentions": [mention]}


def test_gold_is_read_without_its_ids() -> None:
    extraction = gold_extraction(record("Upper Town", "Q1"))
    (entity,) = extraction.entities
    assert (entity.label, entity.link) == ("Upper Town", None)
    assert str(extraction.document.published) == "2024-05-01"


def test_gold_outcomes_pass_over_unknown_ids_and_ask_for_known_ones(tmp_path: Path, authority: Authority) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    told = {
        "a": ("Upper Town", "Q1"),
        "b": ("Upper Town", "unknown"),
        "c": ("Far Town", "Q99"),
        "d": ("Far Town", None),
    }
    for name, (text, wikidata) in told.items():
        (folder / f"{name}.json").write_text(json.dumps(record(text, wikidata)))
    found = [(one.document, one.right, one.got) for one in gold_outcomes(folder, authority)]
    assert found == [("a", "Q1", "Q1"), ("c", None, None), ("d", None, None)]


def test_sets_are_read_by_type_and_what_rests_on_them_is_passed_over(tmp_path: Path, authority: Authority) -> None:
    labels = [
        {"span": [0, 10], "entity_id": "Q1", "type": "Q27096213|Q43229"},
        {"span": [12, 21], "entity_id": "Q2", "type": "Q27096213"},
        {"span": [23, 33], "entity_id": "<NIL>", "type": "Q27096213"},
        {"span": [23, 33], "entity_id": "Q7", "type": "QUANTITY"},
    ]
    path = tmp_path / "made.benchmark.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "Upper Town, Seen Town, Other Town", "labels": labels}))
    found = [(one.entity.label, one.right, one.got) for one in benchmark_outcomes(path, authority)]
    assert found == [("Upper Town", "Q1", "Q1"), ("Other Town", None, None)]


VIRUS = """<articles><article><text>Upper Town and Other Town.</text><locations>
<location><name>Upper Town</name><start>1</start><end>11</end><lat>50.5</lat><lon>30.5</lon></location>
<location><name>Other Town</name><start>16</start><end>26</end><lat>10</lat><lon>10</lon></location>
</locations></article></articles>"""


def test_places_are_measured_by_distance(tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "virus.xml").write_text(VIRUS)
    one, other = toponyms(tmp_path / "virus.xml", authority)
    assert (one.name, one.got, one.near, one.known) == ("Upper Town", (50.0, 30.0), True, True)
    assert (other.name, other.got, other.near, other.known) == ("Other Town", None, False, False)


def test_published_figures_say_where_they_come_from() -> None:
    assert published()
    assert all(0 < figure["value"] < 1 and figure["source"].startswith("https://") for figure in published())


@needs_gold
def test_gold_names_reach_the_bar() -> None:
    with Authority.open_shipped() as shipped:
        scores = linking_scores(gold_outcomes(GOLD, shipped))
    assert scores.accuracy is not None
    assert scores.precision is not None
    assert scores.nil is not None
    assert scores.accuracy >= 0.93
    assert scores.precision >= 0.95
    assert scores.nil >= 0.95


@needs_sets
@pytest.mark.parametrize("name", SETS)
def test_links_on_public_sets_are_precise(name: str) -> None:
    with Authority.open_shipped() as shipped:
        scores = linking_scores(benchmark_outcomes(BENCHMARKS / f"{name}.benchmark.jsonl", shipped))
    assert scores.precision is not None
    assert scores.accuracy is not None
    assert scores.precision >= 0.95
    assert scores.accuracy >= 0.75


@needs_sets
def test_places_of_geovirus_are_put_where_they_lie() -> None:
    with Authority.open_shipped() as shipped:
        known = [one for one in toponyms(BENCHMARKS / "GeoVirus.xml", shipped) if one.known]
    assert sum(one.near for one in known) / len(known) >= 0.9
