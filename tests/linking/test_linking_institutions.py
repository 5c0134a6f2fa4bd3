"""Institutions named through their country, and what is named like one but is none."""

from __future__ import annotations

import pytest

from kg.linking.institutions import institution, known_countries


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Ukrainian troops", ("UA", "armed_forces")),
        ("the Israeli military", ("IL", "armed_forces")),
        ("Ukraine’s armed forces", ("UA", "armed_forces")),
        ("Ukraine's air force", ("UA", "air_force")),
        ("U.S. troops", ("US", "armed_forces")),
        ("South Korean military", ("KR", "armed_forces")),
        ("Royal Saudi Air Force", ("SA", "air_force")),
        ("Armed Forces of the Russian Federation", ("RU", "armed_forces")),
        ("Islamic Republic of Iran Armed Forces", ("IR", "armed_forces")),
        ("Russian Defense Ministry", ("RU", "ministry_defense")),
        ("Ministry of Defence (Ukraine)", ("UA", "ministry_defense")),
        ("Chinese Ministry of Commerce", ("CN", "ministry_commerce")),
        ("General Staff of the Armed Forces of Ukraine", ("UA", "general_staff")),
        ("National Police of Ukraine", ("UA", "police")),
        ("United States Department of State", ("US", "ministry_foreign")),
        ("the Pentagon", ("US", "ministry_defense")),
        ("State Department", ("US", "ministry_foreign")),
        ("Defense Ministry", (None, "ministry_defense")),
        ("Armed Forces", (None, "armed_forces")),
        ("Coalition troops", None),
        ("Ukrainian", None),
        ("Ukraine", None),
        ("Russian airlines", None),
        ("", None),
    ],
)
def test_what_a_name_in_a_text_means(name: str, read: tuple[str | None, str] | None) -> None:
    assert institution(name, "mention") == read


def test_loose_words_for_forces_count_in_a_text_and_not_in_a_label() -> None:
    assert institution("Nigerian Army", "mention") == ("NG", "armed_forces")
    assert institution("Nigerian Army", "label") == ("NG", "ground_forces")
    assert institution("Nigerian troops", "label") is None
    assert institution("Pentagon", "label") is None


@pytest.mark.parametrize("code", ["UA", "IL", "SD", "MM", "CD", "YE"])
def test_both_ways_to_name_a_ministry_are_one(code: str) -> None:
    country = known_countries()[code]
    told = {
        institution(form.format(country), "label")
        for form in ("Ministry of Health of {}", "{} Health Ministry", "Ministry of Public Health ({})")
    }
    assert told == {(code, "ministry_health")}
