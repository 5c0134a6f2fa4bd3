"""A person's judgements outrank the machine, survive linking again and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kg.errors import BrokenRow, UsageError
from kg.linking import Authority, Judgements, doubtful, history, in_force, judge, link
from kg.linking.items import Item
from kg.linking.judgements import Judgement
from kg.records import Entity, Extraction, Link

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TOWN = Item("Q1", "settlement", "Upper Town", (), "UA", 49.5, 36.5, 90000, 3)
OTHER = Item("Q2", "settlement", "Upper Town", (), "BR", -10.0, -50.0, 100, 1)
ENTITY = Entity("e0", "Place", "Settlement", "Upper Town", ("Upper Town",))
Make = Callable[..., Authority]
Read = Callable[..., Extraction]


@pytest.fixture
def extraction(reading: Read) -> Extraction:
    return reading("Upper Town was hit, Ukraine said.", ("Place", "Settlement", "Upper Town"))


def judged(path: Path, *verdicts: tuple[str, str]) -> Judgements:
    for wikidata, verdict in verdicts:
        judge(path, "made up", ENTITY, wikidata, verdict, "ada", NOON)  # type: ignore[arg-type]
    return in_force(history(path))


def link_of(extraction: Extraction, authority: Authority, judgements: Judgements) -> Link:
    (entity,) = link(extraction, authority, judgements).entities
    assert entity.link is not None
    return entity.link


def test_an_accepted_item_outranks_the_machine(tmp_path: Path, made: Make, extraction: Extraction) -> None:
    found = link_of(extraction, made(TOWN, OTHER), judged(tmp_path / "j", ("Q2", "accepted")))
    assert (found.wikidata, found.score, found.method, found.label, found.country) == (
        "Q2",
        1.0,
        "accepted",
        "Upper Town",
        "BR",
    )
    assert [one.wikidata for one in found.rejected] == ["Q1"]


def test_an_item_that_the_authority_lacks_may_be_accepted(tmp_path: Path, made: Make, extraction: Extraction) -> None:
    found = link_of(extraction, made(), judged(tmp_path / "j", ("Q77", "accepted")))
    assert found == Link("Q77", 1.0, "accepted")


def test_a_rejected_item_is_not_linked_again(tmp_path: Path, made: Make, extraction: Extraction) -> None:
    found = link_of(extraction, made(TOWN), judged(tmp_path / "j", ("Q1", "rejected")))
    assert (found.wikidata, found.rejected) == (None, ())


def test_a_judgement_holds_for_its_document_alone(tmp_path: Path, made: Make, extraction: Extraction) -> None:
    judge(tmp_path / "j", "another document", ENTITY, "Q1", "rejected", "ada", NOON)
    assert link_of(extraction, made(TOWN), in_force(history(tmp_path / "j"))).wikidata == "Q1"


def test_linking_again_keeps_a_judgement(tmp_path: Path, made: Make, extraction: Extraction) -> None:
    authority, judgements = made(TOWN, OTHER), judged(tmp_path / "j", ("Q2", "accepted"))
    once = link(extraction, authority, judgements)
    assert link(once, authority, judgements) == once


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_revoked_judgement_leaves_the_machines(
    verdict: str, tmp_path: Path, made: Make, extraction: Extraction
) -> None:
    judgements = judged(tmp_path / "j", ("Q1", verdict), ("Q1", "revoked"))
    assert judgements == Judgements()
    assert link_of(extraction, made(TOWN), judgements) == link_of(extraction, made(TOWN), Judgements())
    assert [one.verdict for one in history(tmp_path / "j")] == [verdict, "revoked"]


def test_the_last_accepted_item_holds(tmp_path: Path) -> None:
    judgements = judged(tmp_path / "j", ("Q1", "accepted"), ("Q2", "accepted"), ("Q3", "rejected"))
    key = ("made up", "Place", "upper town")
    assert judgements == Judgements({key: "Q2"}, {key: frozenset({"Q3"})})


def test_who_and_when_are_kept(tmp_path: Path) -> None:
    told = judge(tmp_path / "j", "made up", ENTITY, "Q1", "accepted", "ada", NOON)
    assert told == Judgement("made up", "Place", "upper town", "Q1", "accepted", "ada", "2024-05-01T12:00:00+00:00")
    assert history(tmp_path / "j") == [told]


@pytest.mark.parametrize(
    ("wikidata", "by", "at", "reason"),
    [
        ("212", "ada", NOON, "not an item"),
        ("Q0", "ada", NOON, "not an item"),
        ("http://x/<script>", "ada", NOON, "not an item"),
        ("Q1", " ", NOON, "nobody"),
        ("Q1", "ada", datetime(2024, 5, 1), "zone"),  # noqa: DTZ001
    ],
)
def test_a_wrong_judgement_is_refused(wikidata: str, by: str, at: datetime, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=reason):
        judge(tmp_path / "j", "made up", ENTITY, wikidata, "accepted", by, at)
    assert not (tmp_path / "j").exists()


def test_there_must_be_something_to_revoke(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="revoke"):
        judge(tmp_path / "j", "made up", ENTITY, "Q1", "revoked", "ada", NOON)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"verdict": "accepted"}',
        '{"document":"d","type":"t","name":"n","wikidata":"Q1","verdict":"perhaps","by":"b","at":"a"}',
    ],
)
def test_a_broken_line_is_told_with_its_number(line: str, tmp_path: Path) -> None:
    judge(tmp_path / "j", "made up", ENTITY, "Q1", "accepted", "ada", NOON)
    with (tmp_path / "j").open("a") as lines:
        lines.write(line + "\n")
    with pytest.raises(BrokenRow, match="line 2"):
        history(tmp_path / "j")


def test_doubtful_links_come_nearest_to_the_threshold_first(made: Make, reading: Read) -> None:
    twins = [Item(f"Q{at}", "settlement", "Twin Town", (), "UA", 49.0 + at, 36.5, 5000) for at in (10, 11)]
    names = (
        ("Place", "Settlement", "Twin Town"),
        ("Place", "Settlement", "Upper Town"),
        ("Place", "Settlement", "Nowhere"),
    )
    extraction = link(reading("Twin Town, Upper Town and Nowhere in Ukraine.", *names), made(TOWN, *twins))
    assert [one.entity.label for one in doubtful([extraction])] == ["Twin Town"]
    assert {one.entity.label for one in doubtful([extraction], surer_than=1.0)} == {"Twin Town", "Upper Town"}


def test_what_a_person_accepted_is_no_longer_doubtful(tmp_path: Path, made: Make, reading: Read) -> None:
    twins = [Item(f"Q{at}", "settlement", "Upper Town", (), "UA", 49.0 + at, 36.5, 5000) for at in (10, 11)]
    extraction = reading("Upper Town in Ukraine.", ("Place", "Settlement", "Upper Town"))
    judgements = judged(tmp_path / "j", ("Q10", "accepted"))
    assert doubtful([link(extraction, made(*twins))])
    assert doubtful([link(extraction, made(*twins), judgements)]) == []
