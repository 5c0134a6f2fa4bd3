import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import kg.samples
from kg.reading import ReadOptions, read_sources
from kg.records import Document

PATHS = kg.samples.paths()
README = (Path(kg.samples.__file__).parent / "README.md").read_text("utf8")
CONFLICTS = (
    "Ukraine",
    "Gaza",
    "Sudan",
    "Congo",
    "Mali",
    "Syria",
    "Red Sea",
    "Myanmar",
    "Nagorno-Karabakh",
    "Somali",
    "Ethiopia",
)


@pytest.fixture(scope="module")
def reports() -> dict[str, Document]:
    outcomes = list(read_sources([str(path) for path in PATHS], ReadOptions()))
    assert [str(outcome) for outcome in outcomes if not isinstance(outcome, Document)] == []
    return {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Document)}


def test_fourteen_reports_ship_with_the_package_and_the_readme_is_none_of_them() -> None:
    assert len(PATHS) == 14
    assert sorted(PATHS) == PATHS
    assert "README.md" not in {path.name for path in PATHS}


def test_every_report_is_read_under_the_name_of_its_file(reports: dict[str, Document]) -> None:
    assert [*reports] == [path.stem for path in PATHS]


def test_every_report_has_150_to_500_words(reports: dict[str, Document]) -> None:
    lengths = {name: len(report.text.split()) for name, report in reports.items()}
    assert {name: words for name, words in lengths.items() if not 150 <= words <= 500} == {}


def test_every_report_has_title_publisher_and_day(reports: dict[str, Document]) -> None:
    assert all(report.title and report.publisher and report.published for report in reports.values())
    assert all(report.url is None for report in reports.values())
    assert all(report.published < date(2025, 12, 31) for report in reports.values() if report.published)


def test_several_agencies_publish_and_the_readme_says_that_they_are_invented(reports: dict[str, Document]) -> None:
    agencies = Counter(report.publisher for report in reports.values())
    assert len(agencies) >= 3
    assert min(agencies.values()) >= 2
    assert all(agency in README for agency in agencies if agency)


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_every_conflict_that_was_chosen_is_reported(reports: dict[str, Document], conflict: str) -> None:
    assert any(conflict in (report.title or "") + report.text for report in reports.values())


def test_no_report_quotes_anybody_word_for_word(reports: dict[str, Document]) -> None:
    assert [name for name, report in reports.items() if re.search('["“”«»]', report.text)] == []


def test_two_reports_give_different_figures_for_one_strike(reports: dict[str, Document]) -> None:
    first, second = reports["makiivka-strike-63"], reports["makiivka-strike-400"]
    assert first.publisher != second.publisher
    assert "63 of its soldiers were killed" in first.text
    assert "about 400 Russian soldiers were killed" in second.text


def test_one_report_corrects_an_earlier_one_of_the_same_agency(reports: dict[str, Document]) -> None:
    first, second = reports["gaza-hospital-blast"], reports["gaza-hospital-blast-corrected"]
    assert first.publisher == second.publisher
    assert first.published
    assert second.published
    assert first.published < second.published
    assert f"This report corrects one of {first.published:%B %d}" in second.text


@pytest.mark.parametrize(
    "words", ["denied", "denies", "accused", "withdraw from", "are to meet", "claimed", "condemned"]
)
def test_the_ways_of_saying_that_the_graph_keeps_apart_all_occur(reports: dict[str, Document], words: str) -> None:
    assert any(words in report.text for report in reports.values())


def test_the_readme_names_every_report_that_it_speaks_of(reports: dict[str, Document]) -> None:
    named = set(re.findall(r"`([\w-]+)\.md`", README))
    assert named
    assert named <= reports.keys()
