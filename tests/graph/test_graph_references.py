"""Records that do not hang together are refused before a graph is made of them."""

from dataclasses import replace

import pytest
from graph_examples import (
    EXTRACTION,
    KOS,
    KOS_SAYS,
    LEAVING,
    OFFICIALS_DENY,
    RADIO,
    RUN,
    SETTINGS,
    SHELLING,
    VELEN,
    span,
)

from kg.errors import ValidationFailed
from kg.graph import document_quads
from kg.graph.references import Reference, check_references, references
from kg.records import Mention, Participant


def test_the_example_hangs_together():
    check_references(EXTRACTION)


def test_every_reference_is_found():
    assert set(references(EXTRACTION)) == {
        Reference("a mention", "entity", "e1"),
        Reference("a mention", "entity", "e2"),
        Reference("a mention", "entity", "e3"),
        Reference("event v1", "entity", "e1"),
        Reference("event v2", "entity", "e1"),
        Reference("claim c1", "entity", "e2"),
        Reference("claim c1", "entity", "e3"),
        Reference("claim c1", "event", "v1"),
        Reference("claim c2", "event", "v1"),
    }


@pytest.mark.parametrize(
    ("field", "parts", "place"),
    [
        ("entities", (VELEN, KOS, RADIO, replace(RADIO, id="e1")), "entity e1"),
        ("events", (SHELLING, LEAVING, replace(LEAVING, id="v1")), "event v1"),
        ("claims", (KOS_SAYS, OFFICIALS_DENY, KOS_SAYS), "claim c1"),
    ],
)
def test_an_id_that_is_given_twice_is_told(field, parts, place):
    with pytest.raises(ValidationFailed, match="given twice") as told:
        check_references(replace(EXTRACTION, **{field: parts}))
    assert (told.value.input, told.value.place) == ("reports/velen-1.txt", place)


def events(**changes):
    return {"events": (replace(SHELLING, **changes), LEAVING)}


def claims(**changes):
    return {"claims": (replace(KOS_SAYS, **changes), OFFICIALS_DENY)}


@pytest.mark.parametrize(
    ("changes", "place", "missing"),
    [
        ({"mentions": (Mention(span("Velen"), "e9", "name"),)}, "a mention", "entity 'e9'"),
        (events(participants=(Participant("victim", "e9", span("farmers")),)), "event v1", "entity 'e9'"),
        (events(place="v2"), "event v1", "entity 'v2'"),
        (events(origin=""), "event v1", "entity ''"),
        (events(destination="e9"), "event v1", "entity 'e9'"),
        (claims(claimant="e9"), "claim c1", "entity 'e9'"),
        (claims(medium="e9"), "claim c1", "entity 'e9'"),
        (claims(about=("v1", "e1")), "claim c1", "event 'e1'"),
        (claims(casualties=(replace(KOS_SAYS.casualties[0], event="v9"),)), "claim c1", "event 'v9'"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told(changes, place, missing):
    with pytest.raises(ValidationFailed) as told:
        document_quads(replace(EXTRACTION, **changes), SETTINGS, RUN)
    assert (told.value.place, told.value.reason) == (place, f"there is no {missing}")
