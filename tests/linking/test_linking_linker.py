"""Linking whole documents with the shipped authority: the cases that linkers get wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.linking import Authority, link
from kg.linking.items import Item
from kg.records import Candidate, Entity, Extraction, Link

Read = Callable[..., Extraction]
Told = tuple[str, str] | None


def linked(extraction: Extraction, authority: Authority) -> list[Told]:
    """Label and class of the item of each entity, None where it is unlinked."""
    return [_told(entity, authority) for entity in link(extraction, authority).entities]


def _told(entity: Entity, authority: Authority) -> Told:
    assert entity.link is not None
    item = authority.get(entity.link.wikidata) if entity.link.wikidata else None
    return item and (item.label, item.kind)


@pytest.mark.parametrize("subtypes", [("Settlement", "Region"), (None, None)])
@pytest.mark.parametrize(
    ("city", "region", "oblast"),
    [("Donetsk", "Donetsk region", "Donetsk Oblast"), ("Kharkiv", "Kharkiv province", "Kharkiv Oblast")],
)
def test_a_city_and_the_region_of_its_name(
    city: str, region: str, oblast: str, subtypes: tuple[str | None, str | None], shipped: Authority, reading: Read
) -> None:
    text = f"Shells fell on {city} on Monday while columns moved through the {region}, officials in Ukraine said."
    extraction = reading(text, ("Place", subtypes[0], city), ("Place", subtypes[1], region))
    assert linked(extraction, shipped) == [(city, "settlement"), (oblast, "region")]


def test_a_region_called_by_its_city_is_the_region(shipped: Authority, reading: Read) -> None:
    text = "The Kharkiv region was shelled. All of Kharkiv lost power, Ukraine's grid operator said."
    assert linked(reading(text, ("Place", "Region", "Kharkiv region", "Kharkiv")), shipped) == [
        ("Kharkiv Oblast", "region")
    ]


def test_lyman_beside_donetsk_region_is_the_one_there(shipped: Authority, reading: Read) -> None:
    text = "Guns fired at Lyman in the Donetsk region and at nearby Sloviansk, Ukraine said."
    places = (
        ("Place", "Settlement", "Lyman"),
        ("Place", "Region", "Donetsk region"),
        ("Place", "Settlement", "Sloviansk"),
    )
    found = link(reading(text, *places), shipped).entities[0].link
    assert found is not None
    assert found.latitude == pytest.approx(48.97, abs=0.05)
    assert found.longitude == pytest.approx(37.83, abs=0.05)


def test_lyman_beside_a_region_far_from_all_known_ones_is_unlinked(shipped: Authority, reading: Read) -> None:
    text = "A drone fell near Lyman in the Odesa region, not far from Tatarbunary, Ukraine said."
    places = (
        ("Place", "Settlement", "Lyman"),
        ("Place", "Region", "Odesa region"),
        ("Place", "Settlement", "Tatarbunary"),
    )
    assert linked(reading(text, *places), shipped)[0] is None


def test_shevchenkovo_is_told_from_its_namesakes_by_its_neighbours(shipped: Authority, reading: Read) -> None:
    text = "Tanks reached Shevchenkovo in the Kharkiv region, west of Kupiansk, Ukraine said."
    places = (
        ("Place", "Settlement", "Shevchenkovo"),
        ("Place", "Region", "Kharkiv region"),
        ("Place", "Settlement", "Kupiansk"),
    )
    found = link(reading(text, *places), shipped).entities[0].link
    assert found is not None
    assert (found.latitude, found.longitude) == (pytest.approx(49.69, abs=0.05), pytest.approx(37.18, abs=0.05))


def test_georgia_the_country(shipped: Authority, reading: Read) -> None:
    text = "Georgia closed its border with Russia; crowds met in Tbilisi."
    places = (("Place", "Country", "Georgia"), ("Place", "Country", "Russia"), ("Place", "Settlement", "Tbilisi"))
    found = link(reading(text, *places), shipped).entities[0].link
    assert found is not None
    assert found.country == "GE"


@pytest.mark.parametrize("subtype", ["Region", None])
def test_georgia_the_state(subtype: str | None, shipped: Authority, reading: Read) -> None:
    text = "A base in Georgia was shut; troops from Atlanta and Savannah were sent to Alabama, U.S. officials said."
    others = (("Place", "Settlement", "Atlanta"), ("Place", "Settlement", "Savannah"), ("Place", "Region", "Alabama"))
    found = link(reading(text, ("Place", subtype, "Georgia"), *others), shipped).entities[0].link
    assert found is not None
    assert found.country == "US"


def test_moscow_used_for_the_government_is_the_country(shipped: Authority, reading: Read) -> None:
    extraction = reading(
        "Moscow said it would answer; Kyiv laughed.", ("Place", "Country", "Moscow"), ("Place", "Country", "Kyiv")
    )
    assert linked(extraction, shipped) == [("Russia", "country"), ("Ukraine", "country")]


def test_moscow_hit_by_drones_is_the_city(shipped: Authority, reading: Read) -> None:
    extraction = reading(
        "Drones reached Moscow and flights across Russia were held.", ("Place", "Settlement", "Moscow")
    )
    assert linked(extraction, shipped) == [("Moscow", "settlement")]


def test_a_local_official_without_an_item_stays_unlinked(shipped: Authority, reading: Read) -> None:
    text = "Petro Havrylenko, head of the council of Ruska Lozova in Ukraine, and driver Stepan Zelenskyy saw it burn."
    extraction = reading(text, ("Person", None, "Petro Havrylenko"), ("Person", None, "Stepan Zelenskyy"))
    assert linked(extraction, shipped) == [None, None]


def test_someone_known_to_have_no_item_stays_unlinked(shipped: Authority, reading: Read) -> None:
    extraction = reading("Governor Oleh Syniehubov warned Ukraine.", ("Person", None, "Oleh Syniehubov"))
    found = link(extraction, shipped).entities[0].link
    assert found is not None
    assert (found.wikidata, found.rejected) == (None, ())


FEDOROVS = "Ukraine's minister Mykhailo Fedorov and the mayor of Melitopol, Ivan Fedorov, met."


def test_two_people_of_one_surname_are_two(shipped: Authority, reading: Read) -> None:
    extraction = reading(FEDOROVS, ("Person", None, "Mykhailo Fedorov"), ("Person", None, "Ivan Fedorov"))
    labels = [told and told[0] for told in linked(extraction, shipped)]
    assert labels == ["Mykhailo Fedorov", "Ivan Fedorov"]


def test_a_surname_of_two_people_is_neither(shipped: Authority, reading: Read) -> None:
    people = (("Person", None, "Mykhailo Fedorov"), ("Person", None, "Ivan Fedorov"), ("Person", None, "Fedorov"))
    found = link(reading(FEDOROVS + " Fedorov spoke later.", *people), shipped).entities[2].link
    assert found is not None
    assert (found.wikidata, found.method) == (None, "several")
    assert sorted(one.label for one in found.rejected) == ["Ivan Fedorov", "Mykhailo Fedorov"]


def test_a_surname_of_one_person_of_the_text_is_that_person(shipped: Authority, reading: Read) -> None:
    people = (("Person", None, "Mykhailo Fedorov"), ("Person", None, "Fedorov"))
    one, other = link(reading("Mykhailo Fedorov came to Kyiv. Fedorov spoke.", *people), shipped).entities
    assert one.link == other.link


def test_a_media_outlet_named_like_a_city_is_not_the_city(shipped: Authority, reading: Read) -> None:
    text = "The agency Moscow and the Jerusalem Post told of blasts in Jerusalem."
    outlets = (("Organisation", "MediaOutlet", "Moscow"), ("Organisation", "MediaOutlet", "Jerusalem Post"))
    found = linked(reading(text, *outlets, ("Place", "Settlement", "Jerusalem")), shipped)
    assert found == [None, ("The Jerusalem Post", "media"), ("Jerusalem", "settlement")]


def test_forces_and_ministries_are_told_by_country(shipped: Authority, reading: Read) -> None:
    names = {
        "Ukrainian troops": "Armed Forces of Ukraine",
        "the Israeli military": "Israel Defense Forces",
        "Ukraine's air force": "Ukrainian Air Force",
        "Russian Defense Ministry": "Ministry of Defence of the Russian Federation",
        "State Department": "United States Department of State",
    }
    text = "; ".join(names) + " made statements."
    extraction = reading(text, *(("Organisation", None, name) for name in names))
    assert [told and told[0] for told in linked(extraction, shipped)] == list(names.values())


def test_an_id_that_rests_on_one_weak_source_is_offered_and_not_linked(shipped: Authority, reading: Read) -> None:
    extraction = reading(
        "The Rapid Support Forces took a town in Sudan.", ("Organisation", "ArmedGroup", "Rapid Support Forces")
    )
    found = link(extraction, shipped).entities[0].link
    assert found is not None
    assert found.wikidata is None
    assert [one.label for one in found.rejected] == ["Rapid Support Forces"]


def test_a_trap_known_to_have_no_item_is_not_walked_into(shipped: Authority, reading: Read) -> None:
    extraction = reading("Fano fighters entered Gondar in Ethiopia.", ("Organisation", "ArmedGroup", "Fano"))
    assert linked(extraction, shipped) == [None]


def test_a_link_tells_label_country_place_score_method_and_the_next_best(
    made: Callable[..., Authority], reading: Read
) -> None:
    town = Item("Q1", "settlement", "Upper Town", (), "UA", 49.5, 36.5, 90000, 3)
    other = Item("Q2", "settlement", "Upper Town", (), "BR", -10.0, -50.0, 100, 1)
    extraction = reading("Upper Town was hit, Ukraine said.", ("Place", "Settlement", "Upper Town"))
    found = link(extraction, made(town, other)).entities[0].link
    assert found is not None
    assert found.score is not None
    assert found.score > 0.9
    rest = replace(found, score=None, rejected=())
    assert rest == Link("Q1", None, "same", "Upper Town", "UA", 49.5, 36.5)
    assert [(one.wikidata, one.label) for one in found.rejected] == [("Q2", "Upper Town")]
    assert found.rejected[0].score < 0.1


def test_a_name_without_candidates_has_no_score(made: Callable[..., Authority], reading: Read) -> None:
    found = link(reading("Nowhere is near.", ("Place", None, "Nowhere")), made()).entities[0].link
    assert found == Link(None, None, "none")


def test_equal_names_of_one_type_are_linked_alike(shipped: Authority, reading: Read) -> None:
    extraction = reading(
        "Izium, then Izyum, in Ukraine.", ("Place", "Settlement", "Izium"), ("Place", "Settlement", "IZIUM")
    )
    one, other = link(extraction, shipped).entities
    assert one.link == other.link


def test_linking_changes_links_alone_and_forgets_old_ones(shipped: Authority, reading: Read) -> None:
    extraction = reading("Izium was hit, Ukraine said.", ("Place", "Settlement", "Izium"))
    old = Link("Q1", 1.0, "accepted", "something", rejected=(Candidate("Q2", "else", 0.1),))
    stale = replace(extraction, entities=tuple(replace(one, link=old) for one in extraction.entities))
    again = link(stale, shipped)
    assert again == link(extraction, shipped)
    assert replace(again, entities=()) == replace(extraction, entities=())


def test_the_order_of_entities_does_not_matter(shipped: Authority, reading: Read) -> None:
    text = "Lyman, Izium and Kupiansk in Ukraine; Georgia and Russia; Volodymyr Zelensky; Ukrainian troops."
    told = [
        *(("Place", "Settlement", name) for name in ("Lyman", "Izium", "Kupiansk")),
        *(("Place", "Country", name) for name in ("Ukraine", "Georgia", "Russia")),
        ("Person", None, "Volodymyr Zelensky"),
        ("Organisation", "ArmedForce", "Ukrainian troops"),
    ]
    first = {entity.label: entity.link for entity in link(reading(text, *told), shipped).entities}
    for seed in range(5):
        shuffled = random.Random(seed).sample(told, len(told))
        assert {entity.label: entity.link for entity in link(reading(text, *shuffled), shipped).entities} == first


def test_a_document_without_entities_stays_as_it_is(shipped: Authority, reading: Read) -> None:
    extraction = reading("Nothing is named.")
    assert link(extraction, shipped) == extraction
