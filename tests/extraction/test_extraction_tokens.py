from datetime import date

import pytest
from extraction_docs import at, found, parsed, reading, span, work

from kg.extraction.document import edge_scores
from kg.extraction.lexicon import settings
from kg.extraction.modality import modality_of
from kg.extraction.syntax import according_to, agent_of, has_relation, noun_phrase, subject_of
from kg.extraction.tokens import best, is_edge_noise, least, runs, sentence_at, strength, trimmed
from kg.extraction.tokens import span as span_of
from kg.records import Entity, Span, TimeSpan

FIGHT = "“ They fought , ” he said . Then they left ."


def word(doc, text):
    return doc[at(doc, text)[0]]


def test_words_have_their_place_in_the_text():
    doc = parsed("Café Kyïv — fell .")
    assert span_of(doc, *at(doc, "Kyïv — fell")) == Span(5, 16, "Kyïv — fell")


def test_neighbouring_words_above_the_least_are_one_run():
    assert runs({5: 0.9, 1: 0.5, 2: 0.6, 3: 0.4, 6: 0.5}, 0.5) == [(1, 3), (5, 7)]
    assert runs({}, 0.5) == []


def test_strength_is_the_mean_over_a_span_and_zero_outside_the_window():
    doc = parsed("They fought there .")
    phrase = found(doc, "fought there", "Battle")
    assert [strength({1: 1.0, 2: 0.5}, phrase), strength({1: 1.0}, phrase), strength({}, phrase)] == [0.75, 0.5, 0.0]


def test_the_best_is_the_highest_and_the_earliest_of_equals():
    assert best([(0.5, (4, 5)), (0.9, (7, 8)), (0.9, (2, 3))]) == (2, 3)
    assert best([]) is None


def test_a_run_is_trimmed_at_both_ends():
    doc = parsed(FIGHT)
    assert [trimmed(doc, run, is_edge_noise) for run in [at(doc, "“ They fought , ”"), at(doc, "“")]] == [(1, 3), None]


def test_brackets_and_percent_are_kept():
    doc = parsed("( 5 % ) .")
    assert [is_edge_noise(token) for token in doc] == [False, False, False, False, True]


def test_a_word_s_sentence():
    doc = parsed(FIGHT)
    assert [sentence_at(doc, word(doc, text).i) for text in ("fought", "left")] == [(0, 8), (8, 12)]


def test_thresholds_are_read_from_the_settings():
    assert least("trigger") == settings()["least"]["trigger"]
    with pytest.raises(KeyError):
        least("nothing")


def test_an_edge_into_another_sentence_counts_less():
    doc = parsed("They fought . Then Izyum fell .")
    read = reading(doc, triggers=[("fought", "Battle")], edges={("fought", "place"): ["They", "Izyum"]})
    scores = edge_scores(work(doc, read), read.spans["triggers"][0], "place")
    share = settings()["elsewhere"]["place"]
    assert [scores[word(doc, text).i] for text in ("They", "Izyum", "fell")] == pytest.approx([0.9, 0.9 * share, 0.0])


def test_entities_have_their_label_and_names():
    doc = parsed("Haddad left Goma . Omar Haddad returned .")
    read = reading(doc, mentions=[("Haddad", "Person"), ("Goma", "Place.Settlement"), ("Omar Haddad", "Person")])
    assert list(work(doc, read).entities()) == [
        Entity("e1", "Person", None, "Omar Haddad", ("Haddad", "Omar Haddad")),
        Entity("e2", "Place", "Settlement", "Goma", ("Goma",)),
    ]


SAID = parsed(
    "Officials came and said Goma was taken by rebels .",
    pos={"came": "VERB", "said": "VERB", "taken": "VERB"},
    heads={"said": "came", "Goma": "taken", "was": "taken", "taken": "said", "by": "rebels", "rebels": "taken"},
    deps={
        "Officials": "nsubj",
        "said": "conj",
        "Goma": "nsubj:pass",
        "taken": "ccomp",
        "rebels": "obl:agent",
        "by": "case",
    },
)


def test_a_verb_has_its_own_subject_or_that_of_the_verb_it_is_joined_to():
    assert [subject_of(word(SAID, verb)) for verb in ("came", "said", "taken")] == [
        word(SAID, "Officials"),
        word(SAID, "Officials"),
        None,
    ]


def test_a_passive_has_an_agent_and_an_active_verb_none():
    assert [agent_of(word(SAID, verb)) for verb in ("taken", "said")] == [word(SAID, "rebels"), None]


def test_an_agent_in_the_other_kind_of_parse():
    doc = parsed(
        "Goma was taken by rebels .",
        pos={"taken": "VERB"},
        heads={"by": "taken", "rebels": "by"},
        deps={"by": "agent", "rebels": "pobj"},
    )
    assert agent_of(word(doc, "taken")) == word(doc, "rebels")


def test_a_passive_s_subject_is_no_subject():
    assert not has_relation(word(SAID, "Goma"), "subject")
    assert has_relation(word(SAID, "Goma"), "passive_subject")


def test_a_ring_of_joined_verbs_ends():
    assert subject_of(word(parsed("went on", deps={"on": "conj"}), "on")) is None


@pytest.mark.parametrize(
    ("heads", "deps"),
    [
        ({"according": "officials", "to": "according"}, {}),
        ({"to": "according", "officials": "to"}, {"officials": "pobj"}),
    ],
)
def test_according_to_in_both_kinds_of_parse(heads, deps):
    doc = parsed("It fell according to officials .", pos={"fell": "VERB"}, heads=heads, deps=deps)
    assert [according_to(word(doc, text)) for text in ("according", "fell")] == [word(doc, "officials"), None]


def test_a_noun_phrase_is_its_core():
    doc = parsed(
        "the two local officials , who left",
        pos={"officials": "VERB"},
        heads={"the": "officials", "two": "officials", "local": "officials", "left": "officials"},
        deps={"the": "det", "two": "nummod", "local": "amod", "left": "acl:relcl"},
    )
    assert noun_phrase(word(doc, "officials")) == at(doc, "the two local officials")


def test_modalities_of_several_triggers_are_weighed_together():
    doc = parsed("They fought . The fight ended . A fight began .", pos={"fought": "VERB"})
    rows = [("fought", "Battle"), ("fight", "Battle"), ("fight#2", "Battle")]
    read = reading(doc, triggers=rows, modality={"fight": "negated", "fight#2": "negated"})
    assert modality_of(work(doc, read), read.spans["triggers"], None) == "negated"


@pytest.mark.parametrize(
    ("latest", "modality"),
    [(date(2023, 6, 1), "actual"), (date(2023, 5, 1), "historical"), (None, "actual")],
)
def test_background_is_what_ended_more_than_two_weeks_before(latest, modality):
    doc = parsed("They fought then .", pos={"fought": "VERB"})
    read = reading(doc, triggers=[("fought", "Battle")])
    time = TimeSpan(span(doc, "then"), None, latest, "day")
    assert modality_of(work(doc, read, date(2023, 6, 14)), read.spans["triggers"], time) == modality
