"""The features of candidates, the choice among them and how its weights are fitted."""

from __future__ import annotations

import json
import random
from math import exp
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.candidates import Candidate
from kg.linking.context import Surroundings
from kg.linking.features import Situation, features
from kg.linking.fitting import Example, examples, fit, labelled, loss, read_texts, threshold
from kg.linking.items import Item
from kg.linking.neighbourhoods import made_up_texts
from kg.linking.ranking import Ranked, chosen, ranked, score
from kg.records import Entity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.linking import Authority

TOWN = Item("Q1", "settlement", "Upper Town", (), "UA", 50.0, 30.0, 99_999, 4)
FAR = Item("Q2", "settlement", "Upper Town", (), "BR", -10.0, -50.0, 0, 1)
REGION = Item("Q3", "region", "Hill Oblast", (), "UA", 50.5, 30.5, 2_000_000, 2, extent=100)
COUNTRY = Item("Q4", "country", "Ukraine", (), "UA", 49.0, 32.0, 40_000_000, 5)
MINISTER = Item("Q5", "minister", "Ada Okoye", (), "NG", sources=1, role="Minister of Defence")
PLACE = Entity("e0", "Place", "Settlement", "Upper Town", ("Upper Town",))


def same(item: Item) -> Candidate:
    return Candidate(item, "same", 1.0)


def situation(*items: Item, **more: object) -> Situation:
    return Situation(PLACE, tuple(map(same, items)), **more)  # type: ignore[arg-type]


def test_features_of_a_lone_place() -> None:
    assert features(same(TOWN), situation(TOWN)) == {
        "Place: way same": 1.0,
        "Place: kind settlement": 1.0,
        "Place: population": pytest.approx(5 / 7),
        "Place: subtype agrees": 1.0,
        "Place: alone": 1.0,
    }


def test_rivals_are_compared_in_size_and_sources() -> None:
    told = features(same(FAR), situation(TOWN, FAR))
    assert told["Place: rivals"] == pytest.approx(0.301, abs=0.001)
    assert told["Place: source lead"] == pytest.approx(-0.75)
    assert told["Place: smaller"] == 1.0
    assert "Place: larger" not in told


def test_countries_of_the_text_speak_for_a_place() -> None:
    context = situation(TOWN, FAR, countries={"UA": 0.75, "RU": 0.25})
    assert features(same(TOWN), context)["Place: country share"] == 0.75
    assert features(same(FAR), context)["Place: foreign"] == 1.0
    assert "Place: foreign alone" in features(same(FAR), situation(FAR, countries={"UA": 1.0}))


def test_settled_places_speak_for_what_is_near_them() -> None:
    context = situation(TOWN, FAR, anchors=(REGION,))
    near, far = features(same(TOWN), context), features(same(FAR), context)
    assert near["Place: near"] > 0.4
    assert (near["Place: company"], far["Place: out of company"], far["Place: far"]) == (1.0, 1.0, 1.0)
    assert near["Place: nearer"] == -far["Place: nearer"] == 1.0


def test_a_place_lies_in_what_is_said_to_contain_it_or_not() -> None:
    context = situation(TOWN, FAR, beside=(REGION, COUNTRY))
    near, far = features(same(TOWN), context), features(same(FAR), context)
    assert (near["Place: in region"], near["Place: in country"]) == (1.0, 1.0)
    assert (far["Place: not in region"], far["Place: not in country"], far["Place: away"]) == (1.0, 1.0, 3.0)


def test_titles_and_countries_before_a_person_are_weighed() -> None:
    entity = Entity("e0", "Person", None, "Ada Okoye", ("Ada Okoye",))
    around = Surroundings(frozenset({"minister"}), frozenset({"NG"}))
    told = features(same(MINISTER), Situation(entity, (same(MINISTER),), around=around))
    assert (told["Person: title agrees"], told["Person: titled"], told["Person: led by country"]) == (1.0, 1.0, 1.0)


def test_what_another_entity_is_called_by_its_sort_is_taken() -> None:
    assert features(same(TOWN), situation(TOWN, taken=frozenset({"Q1"})))["Place: taken"] == 1.0


@given(st.lists(st.integers(0, 3), max_size=5))
def test_probabilities_leave_room_for_none(picks: list[int]) -> None:
    items = [TOWN, FAR, REGION, COUNTRY]
    order = ranked(situation(*(items[pick] for pick in picks)))
    assert sum(one.probability for one in order) < 1
    assert [one.probability for one in order] == sorted((one.probability for one in order), reverse=True)


def test_the_first_is_chosen_where_it_is_likely_and_may_be_linked() -> None:
    sure, unsure = Ranked(same(TOWN), 0.99), Ranked(same(TOWN), 0.4)
    barred = Ranked(same(Item("Q9", "settlement", "Upper Town", linkable=False)), 0.99)
    assert [chosen(order) for order in ([sure, unsure], [unsure], [barred, sure], [])] == [sure, None, None, None]


def test_features_without_a_weight_count_nothing() -> None:
    assert score({"known": 2.0, "unknown": 5.0}, {"known": 0.5}) == 1.0


GOOD, BAD = {"good": 1.0}, {"bad": 1.0}


def learnt() -> list[Example]:
    pairs = [Example((GOOD, BAD), 0), Example((BAD, GOOD), 1)] * 40
    return [*pairs, *[Example((BAD,), None)] * 30, *[Example((), None)] * 5]


def test_fitting_learns_what_tells_right_from_wrong() -> None:
    weights = fit(learnt())
    assert set(weights) == {"good", "bad"}
    assert weights["good"] > 2 > -2 > weights["bad"]
    assert loss(learnt(), weights) < 0.1 < loss(learnt(), {"good": 0.0, "bad": 0.0})


def test_the_threshold_is_where_links_become_precise() -> None:
    weights = {"good": 4.0, "bad": 1.0}
    data = [*[Example((GOOD,), 0)] * 98, *[Example((BAD,), None)] * 50]
    assert threshold(data, weights) == pytest.approx(exp(4) / (1 + exp(4)), abs=0.001)
    assert threshold([Example((GOOD,), None)], weights) == 1.0


SENTENCE = {
    "id": "s1",
    "date": "2024-05-01",
    "topics": ["Hill war"],
    "text": "Upper Town and Hill Oblast in Ukraine; Ukrainian Upper Town.",
    "links": [
        [0, 10, "Upper Town", "Q1", "title"],
        [15, 26, "Hill Oblast", "Q3", "title"],
        [30, 37, "Ukraine", "Q4", "unique-label"],
        [39, 48, "Ukraine", "Q4", "title"],
        [49, 59, "Upper Town", "Q1", "title"],
        [0, 5, "Upper", None, None],
    ],
}


def test_linked_sentences_become_extractions(made: Callable[..., Authority]) -> None:
    extraction, right = labelled(SENTENCE, made(TOWN, REGION, COUNTRY), random.Random(1))
    assert {key: item.id for key, item in right.items()} == {"Q1-0": "Q1", "Q3-0": "Q3"}
    assert {entity.type for entity in extraction.entities} == {"Place"}
    assert all(extraction.document.text[one.span.begin : one.span.end] == one.span.text for one in extraction.mentions)


def test_examples_hold_the_right_candidate_or_none(made: Callable[..., Authority]) -> None:
    told = list(examples([SENTENCE] * 20, made(TOWN, FAR, REGION)))
    towns = [one for one in told if any("Place: kind settlement" in values for values in one.candidates)]
    assert {len(one.candidates) for one in towns} == {1, 2}
    assert all((one.right is None) == (len(one.candidates) == 1) for one in towns)


def test_sentences_on_one_topic_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl"
    other = {**SENTENCE, "id": "s2", "text": "Lower Town.", "links": [[0, 10, "Lower Town", "Q7", "title"]]}
    path.write_text("\n".join(map(json.dumps, [SENTENCE, {**other, "topics": []}, other])), "utf8")
    together, apart = read_texts(path)
    assert together["text"] == SENTENCE["text"] + "\nLower Town.\n"
    begin, end, *_ = together["links"][-1]
    assert together["text"][begin:end] == "Lower Town"
    assert apart["text"] == "Lower Town.\n"


def test_made_up_texts_name_a_place_among_its_neighbours(made: Callable[..., Authority]) -> None:
    around = [
        Item(f"Q{10 + at}", "settlement", f"Village {at}", (), "UA", 50.1 + at / 50, 30.1, 500) for at in range(4)
    ]
    texts = list(made_up_texts(made(TOWN, FAR, REGION, *around)))
    assert texts
    assert texts == list(made_up_texts(made(TOWN, FAR, REGION, *around)))
    for told in texts:
        assert {wikidata for _, _, _, wikidata, _ in told["links"]} <= {"Q1", "Q3", *(item.id for item in around)}
        assert all(told["text"][begin:end] == label for begin, end, label, *_ in told["links"])
