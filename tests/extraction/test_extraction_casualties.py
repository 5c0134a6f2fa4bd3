import pytest
from extraction_docs import parsed, reading, span, work
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.casualties import figure_bounds, figures, numeral_of
from kg.extraction.numbers import numbers, numeral, word_number
from kg.records import Casualties

BOUNDS = {
    "3": (3, 3),
    "1,300": (1300, 1300),
    "1.300": (1300, 1300),
    "28,576 Palestinians": (28576, 28576),
    "0": (0, 0),
    "eight civilians": (8, 8),
    "Eleven": (11, 11),
    "twenty-four": (24, 24),
    "Ninety‑six people": (96, 96),
    "two hundred and five": (205, 205),
    "one hundred": (100, 100),
    "three thousand two hundred": (3200, 3200),
    "a hundred": (100, 100),
    "a dozen": (12, 12),
    "two dozen": (24, 24),
    "half a dozen": (6, 6),
    "1.2 million": (1200000, 1200000),
    "2 million": (2000000, 2000000),
    "half a million": (500000, 500000),
    "about 20": (20, 20),
    "nearly 3,000 people": (3000, 3000),
    "around a dozen": (12, 12),
    "an estimated 40": (40, 40),
    "some 30 miners": (30, 30),
    "at least 3": (3, None),
    "At least one": (1, None),
    "more than 20": (20, None),
    "over a hundred": (100, None),
    "above 400": (400, None),
    "upwards of 50": (50, None),
    "no fewer than 12": (12, None),
    "at least a dozen": (12, None),
    "20 or more": (20, None),
    "100+": (100, None),
    "50-plus": (50, None),
    "up to 1,300": (None, 1300),
    "as many as forty": (None, 40),
    "no more than 20": (None, 20),
    "fewer than ten": (None, 10),
    "at most five": (None, 5),
    "between 5 and 8": (5, 8),
    "between five and eight people": (5, 8),
    "10-15": (10, 15),
    "10–15 soldiers": (10, 15),
    "five to eight": (5, 8),
    "two or three": (2, 3),
    "from 40 to 60": (40, 60),
    "several": (3, None),
    "a few": (3, None),
    "a handful of": (3, None),
    "many": (3, None),
    "some people": (3, None),
    "dozens": (24, None),
    "dozens, including two nurses": (24, None),
    "more dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "several hundred": (200, None),
    "thousands of civilians": (2000, None),
    "several thousand": (2000, None),
    "tens of thousands": (20000, None),
    "hundreds of thousands": (200000, None),
    "millions": (2000000, None),
    "others": (None, None),
    "an unknown number": (None, None),
    "no casualties": (0, 0),
    "No one was hurt": (0, 0),
    "nobody": (0, 0),
    "none of its staff": (0, 0),
    "without a single loss": (0, 0),
    "any casualties": (0, 0),
    "zero": (0, 0),
    "a": (1, 1),
    "a woman": (1, 1),
    "another man": (1, 1),
    "a 15-year-old girl": (1, 1),
    "two 15-year-olds": (2, 2),
    "an 82 year old woman": (1, 1),
    "both pilots": (2, 2),
    "a couple": (2, 2),
    "three children": (3, 3),
    "three of the 20 hostages": (3, 3),
    "12 others": (12, 12),
    "another 20": (20, 20),
    "two more": (2, 2),
}


@pytest.mark.parametrize(("words", "expected"), BOUNDS.items())
def test_the_words_of_a_figure_give_its_bounds(words, expected):
    assert figure_bounds(words) == expected


@pytest.mark.parametrize("words", ["", " ", "soldiers", "the injured", "-", "and", "year", "Ali Hassan", "9" * 40, "½"])
def test_words_without_a_number_give_nothing(words):
    assert figure_bounds(words) is None


@given(st.integers(0, 10**9))
def test_written_numerals_are_read_back(number):
    assert [figure_bounds(str(number)), figure_bounds(f"{number:,}")] == [(number, number)] * 2


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_range_has_its_bounds_in_order(one, other):
    assert figure_bounds(f"between {one} and {other}") == (min(one, other), max(one, other))


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(sorted(BOUNDS)), max_size=4).map(" ".join)))
def test_any_words_give_bounds_in_order_or_nothing(words):
    bounds = figure_bounds(words)
    if bounds is not None and None not in bounds:
        assert 0 <= bounds[0] <= bounds[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("1,234,567", 1234567),
        ("12,34", None),
        ("1.2", None),
        ("", None),
        ("x", None),
        ("٣", None),
        ("²", None),
    ],
)
def test_numerals(text, expected):
    assert numeral(text) == expected


def test_number_words_with_another_word_are_no_number():
    assert [word_number(["two", "men"]), word_number([]), word_number(["and"])] == [None, None, None]


def test_a_bare_number_is_told_from_words_with_it():
    assert [numeral_of("39"), numeral_of("three thousand"), numeral_of("39 people"), numeral_of("a")] == [
        39,
        3000,
        None,
        None,
    ]


def test_number_data_is_sorted_lower_case_and_without_doubles():
    lists = [rows for rows in numbers().values() if isinstance(rows, list)]
    assert all(rows == sorted(set(rows)) for rows in lists)
    tables = [list(rows) for name, rows in numbers().items() if name in ("exact", "many", "few")]
    assert all(rows == sorted(set(rows)) for rows in tables)
    words = [word for rows in numbers().values() for word in rows]
    assert all(word == word.casefold() for word in words)
    assert set(numbers()["carried"]) <= set(numbers()["at_least"])


def counts(doc, rows, **arguments):
    """Kind and bounds of each count with its words and group."""
    at_work = work(doc, reading(doc, figures=rows, **arguments))
    shown = [count for figure in figures(at_work) for count in figure.counts]
    return [(c.kind, c.minimum, c.maximum, c.span.text, c.group and c.group.text) for c in shown]


def test_a_figure_takes_its_modifier_and_its_group():
    doc = parsed("Police said at least 12 Chadian soldiers died .", pos={"said": "VERB", "died": "VERB"})
    read = reading(doc, figures=[("12", "killed")], edges={("12", "group"): ["Chadian soldiers"]})
    (figure,) = figures(work(doc, read))
    assert figure.found == read.spans["figures"][0]
    assert figure.counts == (
        Casualties("killed", 12, None, span(doc, "at least 12"), span(doc, "Chadian soldiers"), None),
    )  # fmt: skip


def test_the_strongest_group_is_taken():
    doc = parsed("Five guards , all prisoners , died .", pos={"died": "VERB"})
    assert counts(doc, [("Five", "killed")], edges={("Five", "group"): ["guards"]}) == [
        ("killed", 5, 5, "Five", "guards")
    ]


def test_a_figure_that_the_model_doubts_is_left_out():
    doc = parsed("Five died .", pos={"died": "VERB"})
    assert counts(doc, [("Five", "killed", 0.1)]) == []


def test_a_figure_outside_the_article_is_left_out():
    doc = parsed("The long battle for the northern port ended with a quiet morning. \n Leave a reply \n Five died .")
    assert counts(doc, [("Five", "killed")]) == []


def test_words_that_tell_no_number_are_left_out():
    doc = parsed("The soldiers died .", pos={"died": "VERB"}, tags={"soldiers": "NNS"})
    assert counts(doc, [("soldiers", "killed")]) == []


@pytest.mark.parametrize(
    ("text", "figure", "heads"),
    [
        ("A mine killed Omar Haddad .", "Omar Haddad", {}),
        ("The blast killed him .", "him", {}),
        ("The blast killed the driver .", "the driver", {"the": "driver"}),
        ("The blast killed his bodyguard .", "his bodyguard", {"his": "bodyguard"}),
    ],
)
def test_one_person_without_a_number_counts_as_one(text, figure, heads):
    doc = parsed(text, pos={"killed": "VERB", "his": "PRON"}, heads=heads)
    names = [(figure, "Person")] if figure.istitle() else []
    assert counts(doc, [(figure, "killed")], mentions=names) == [("killed", 1, 1, figure, None)]


def test_a_force_is_not_one_person():
    doc = parsed("The blast killed Ukrainian troops .", pos={"killed": "VERB"}, heads={"Ukrainian": "troops"})
    assert counts(doc, [("Ukrainian troops", "killed")]) == []


def test_at_least_holds_for_the_figure_after_and():
    doc = parsed("At least 28 people were killed and 39 were injured .", pos={"killed": "VERB"})
    assert counts(doc, [("28", "killed"), ("39", "injured")]) == [
        ("killed", 28, None, "At least 28", None),
        ("injured", 39, None, "39", None),
    ]


def test_at_least_holds_along_a_row():
    doc = parsed("At least 28 men and 12 women and two boys were killed .", pos={"killed": "VERB"})
    rows = counts(doc, [("28", "killed"), ("12", "killed"), ("two", "killed")])
    assert [row[1:3] for row in rows] == [(28, None), (12, None), (2, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Shells killed at least 28 people and wounded 39 more .",
        "At least 28 were killed and nearly 39 were injured .",
        "Dozens were killed and 39 were injured .",
        "More than 28 were killed and 39 were injured .",
        "At least 28 were killed . And 39 were injured .",
        "At least 28 were killed , among them a nurse and 39 soldiers .",
    ],
)
def test_at_least_does_not_reach_further(text):
    doc = parsed(text, pos={"killed": "VERB", "wounded": "VERB"})
    figures_of_text = [word for word in ("28", "Dozens", "a", "39") if word in text.split()]
    assert counts(doc, [(word, "killed") for word in figures_of_text])[-1][1:3] == (39, 39)


def test_at_least_is_taken_up_after_a_part():
    doc = parsed("At least 28 were killed , including 10 today , and 39 were injured .", pos={"killed": "VERB"})
    rows = counts(doc, [("28", "killed"), ("10", "killed"), ("39", "injured")])
    assert [row[1:3] for row in rows] == [(28, None), (10, 10), (39, None)]


def test_a_part_is_a_figure_of_its_own():
    doc = parsed("Nine people , including three children , died .", pos={"died": "VERB"})
    assert counts(doc, [("Nine", "killed"), ("three", "killed")]) == [
        ("killed", 9, 9, "Nine", None),
        ("killed", 3, 3, "three", None),
    ]


@pytest.mark.parametrize("text", ["There were no casualties .", "Officials reported no military victims ."])
def test_no_casualties_are_no_dead_and_no_injured(text):
    doc = parsed(text, pos={"were": "VERB", "reported": "VERB"})
    assert counts(doc, [("no", "killed")]) == [("killed", 0, 0, "no", None), ("injured", 0, 0, "no", None)]


def test_no_injuries_say_nothing_of_the_dead():
    doc = parsed("There were no injuries . The raid caused casualties .", pos={"were": "VERB"})
    assert counts(doc, [("no injuries", "injured")]) == [("injured", 0, 0, "no injuries", None)]


def test_killing_and_wounding_share_a_number():
    doc = parsed("A shell fell there , killing and wounding dozens of guests .", pos={"fell": "VERB"})
    assert counts(doc, [("dozens", "killed")]) == [
        ("killed", 24, None, "dozens", None),
        ("injured", 24, None, "dozens", None),
    ]


def test_killing_and_wounding_of_others_do_not():
    doc = parsed("They went on killing and soon took dozens of guests .", pos={"went": "VERB"})
    assert counts(doc, [("dozens", "killed")]) == [("killed", 24, None, "dozens", None)]


def test_captives_are_counted_alone():
    doc = parsed("There were no casualties and no captives .", pos={"were": "VERB"})
    assert counts(doc, [("no#2", "captured")]) == [("captured", 0, 0, "no", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No soldiers were injured .", "injured"),
        ("No soldiers were reported killed .", "killed"),
        ("No soldiers of theirs were seriously wounded that day .", "injured"),
        ("No soldiers , the army said , were injured .", "killed"),
        ("No soldiers and nine guards were injured .", "killed"),
        ("No soldiers fell .", "killed"),
    ],
)
def test_a_passive_verb_corrects_the_kind(text, kind):
    doc = parsed(text, pos={"were": "VERB", "fell": "VERB"})
    rows = [(word, "killed") for word in ("No", "nine") if word in text.split()]
    assert counts(doc, rows)[0] == (kind, 0, 0, "No", None)


def test_the_verb_before_a_figure_corrects_its_kind():
    doc = parsed("It fell there , wounding at least nine people .", pos={"fell": "VERB"})
    assert counts(doc, [("nine", "killed")]) == [("injured", 9, None, "at least nine", None)]


def test_verbs_do_not_correct_other_kinds():
    doc = parsed("Nine people were injured .", pos={"were": "VERB"})
    assert counts(doc, [("Nine", "captured")]) == [("captured", 9, 9, "Nine", None)]
