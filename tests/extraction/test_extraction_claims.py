import pytest
from extraction_docs import parsed, reading, span, work

from kg.extraction.claims import claims
from kg.extraction.events import happenings
from kg.records import Casualties, Claim

VERBS = dict.fromkeys(("said", "shelled", "denied", "killed", "died", "spoke", "fell", "wrote", "blamed"), "VERB")
OFFICIALS_SAID = "Local officials said Wagner shelled Izyum ."


def told(doc, read):
    """The entities' first names by id, and the claims."""
    at_work = work(doc, read)
    made = claims(at_work, happenings(at_work))
    return {entity.id: entity.names[0] for entity in at_work.entities()}, made


def shown(doc, read):
    """Who says it (an entity's name in brackets, else words), how, of which events."""
    names, made = told(doc, read)
    who = [f"[{names[c.claimant]}]" if c.claimant else c.claimant_span and c.claimant_span.text for c in made]
    return [(speaker, claim.stance, claim.about) for speaker, claim in zip(who, made, strict=True)]


def sentence(text, **arguments):
    return parsed(text, pos=VERBS, **arguments)


def test_a_claim_has_all_that_is_told_of_it():
    doc = sentence(
        "Governor Oleh Marchenko said on Telegram that shells killed two nurses in Izyum .",
        heads={"Governor": "Marchenko", "Oleh": "Marchenko", "two": "nurses"},
        deps={"Marchenko": "nsubj", "Oleh": "flat"},
    )
    read = reading(
        doc,
        mentions=[("Oleh Marchenko", "Person"), ("Telegram", "Organisation"), ("Izyum", "Place.Settlement")],
        triggers=[("killed", "Shelling")],
        cues=[("said", "asserts")],
        figures=[("two", "killed")],
        edges={
            ("said", "claimant"): ["Governor Oleh Marchenko"],
            ("said", "medium"): ["Telegram"],
            ("said", "about"): ["killed"],
            ("two", "of"): ["killed"],
            ("two", "by"): ["said"],
            ("two", "group"): ["nurses"],
        },
    )
    assert told(doc, read) == (
        {"e1": "Oleh Marchenko", "e2": "Telegram", "e3": "Izyum"},
        [
            Claim(
                id="c1",
                claimant="e1",
                claimant_span=None,
                stance="asserts",
                about=("v1",),
                evidence=span(doc, doc.text.removesuffix(" .")),
                medium="e2",
                casualties=(Casualties("killed", 2, 2, span(doc, "two"), span(doc, "nurses"), "v1"),),
            )
        ],
    )


@pytest.mark.parametrize("stance", ["asserts", "denies", "accuses", "announces", "calls_for", "doubts"])
def test_the_stance_is_the_cue_s(stance):
    doc = sentence("Wagner said it shelled Izyum .", deps={"Wagner": "nsubj"})
    read = reading(
        doc,
        mentions=[("Wagner", "Organisation.ArmedGroup")],
        triggers=[("shelled", "Shelling")],
        cues=[("said", stance)],
        edges={("said", "claimant"): ["Wagner"], ("said", "about"): ["shelled"]},
    )
    assert shown(doc, read) == [("[Wagner]", stance, ("v1",))]


def test_somebody_unnamed_is_told_by_words():
    doc = sentence(OFFICIALS_SAID, heads={"Local": "officials"}, deps={"officials": "nsubj", "Local": "amod"})
    read = reading(
        doc,
        triggers=[("shelled", "Shelling")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["Local officials"], ("said", "about"): ["shelled"]},
    )
    assert shown(doc, read) == [("Local officials", "asserts", ("v1",))]


def test_he_said_means_the_person_named_before():
    doc = sentence("Omar Haddad spoke . He said shells killed him .", deps={"He": "nsubj"}, heads={"He": "said"})
    read = reading(
        doc,
        mentions=[("Omar Haddad", "Person")],
        triggers=[("killed", "Shelling")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["He"], ("said", "about"): ["killed"]},
    )
    assert shown(doc, read) == [("[Omar Haddad]", "asserts", ("v1",))]


def test_the_events_outside_a_claim_s_scope_are_not_claimed():
    doc = sentence(
        "After Lyman fell , officials said Wagner shelled Izyum .",
        heads={"officials": "said", "said": "said"},
        deps={"officials": "nsubj"},
    )
    read = reading(
        doc,
        triggers=[("fell", "Capture"), ("shelled", "Shelling")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["officials"], ("said", "about"): ["shelled"]},
    )
    assert shown(doc, read) == [("officials", "asserts", ("v2",))]


def test_several_events_of_one_claim_stand_in_order():
    doc = sentence("Officials said Wagner shelled Izyum and that Lyman fell .", deps={"Officials": "nsubj"})
    read = reading(
        doc,
        triggers=[("shelled", "Shelling"), ("fell", "Capture")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["Officials"], ("said", "about"): ["fell", "shelled"]},
    )
    assert shown(doc, read) == [("Officials", "asserts", ("v1", "v2"))]


def test_a_cue_without_anybody_makes_no_claim():
    doc = sentence("It was said that Izyum fell .")
    read = reading(doc, triggers=[("fell", "Capture")], cues=[("said", "asserts")], edges={("said", "about"): ["fell"]})
    assert shown(doc, read) == []


def test_a_claim_of_nothing_that_happened_is_left_out():
    doc = sentence("Officials said little .", deps={"Officials": "nsubj"})
    assert shown(doc, reading(doc, cues=[("said", "asserts")], edges={("said", "claimant"): ["Officials"]})) == []


def test_a_doubtful_cue_makes_no_claim():
    doc = sentence(OFFICIALS_SAID)
    edges = {("said", "claimant"): ["Local officials"], ("said", "about"): ["shelled"]}
    rows = {"triggers": [("shelled", "Shelling")], "cues": [("said", "asserts", 0.1)]}
    assert shown(doc, reading(doc, **rows, edges=edges)) == []


def test_a_person_is_no_medium():
    doc = sentence("Officials said to Omar Haddad that Izyum fell .", deps={"Officials": "nsubj"})
    read = reading(
        doc,
        mentions=[("Omar Haddad", "Person")],
        triggers=[("fell", "Capture")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["Officials"], ("said", "medium"): ["Omar Haddad"], ("said", "about"): ["fell"]},
    )
    assert [claim.medium for claim in told(doc, read)[1]] == [None]


def test_an_outlet_that_speaks_for_itself_is_claimant_and_no_medium():
    doc = sentence("TASS said Izyum fell .", deps={"TASS": "nsubj"})
    read = reading(
        doc,
        mentions=[("TASS", "Organisation.MediaOutlet")],
        triggers=[("fell", "Capture")],
        cues=[("said", "asserts")],
        edges={("said", "claimant"): ["TASS"], ("said", "medium"): ["TASS"], ("said", "about"): ["fell"]},
    )
    assert [(claim.claimant, claim.medium) for claim in told(doc, read)[1]] == [("e1", None)]


def test_a_figure_without_a_cue_is_the_article_s_own():
    doc = sentence("Shells killed two nurses in Izyum .")
    read = reading(
        doc,
        triggers=[("killed", "Shelling")],
        figures=[("two", "killed")],
        edges={("two", "of"): ["killed"], ("two", "group"): ["nurses"]},
    )
    count = Casualties("killed", 2, 2, span(doc, "two"), span(doc, "nurses"), "v1")
    evidence = span(doc, doc.text.removesuffix(" ."))
    assert told(doc, read)[1] == [Claim("c1", None, None, "asserts", ("v1",), evidence, casualties=(count,))]


def test_figures_of_one_event_in_a_sentence_share_a_claim():
    doc = sentence("Shells killed two nurses and hurt nine guards .")
    read = reading(
        doc,
        triggers=[("killed", "Shelling")],
        figures=[("two", "killed"), ("nine", "injured")],
        edges={("two", "of"): ["killed"], ("nine", "of"): ["killed"]},
    )
    (claim,) = told(doc, read)[1]
    assert [(count.kind, count.minimum, count.event) for count in claim.casualties] == [
        ("killed", 2, "v1"),
        ("injured", 9, "v1"),
    ]


def test_a_figure_of_no_event_is_still_told():
    doc = sentence("Two nurses died .")
    (claim,) = told(doc, reading(doc, figures=[("Two", "killed")]))[1]
    assert (claim.about, [(count.minimum, count.event) for count in claim.casualties]) == ((), [(2, None)])


def test_two_tolls_by_two_people_are_two_claims():
    doc = sentence(
        "Officials said shells killed two . Rebels said it killed nine .",
        heads={"Officials": "said", "Rebels": "it"},
        deps={"Officials": "nsubj"},
    )
    read = reading(
        doc,
        triggers=[("killed", "Shelling"), ("killed#2", "Shelling")],
        cues=[("said", "asserts"), ("said#2", "asserts")],
        figures=[("two", "killed"), ("nine", "killed")],
        edges={
            ("said", "claimant"): ["Officials"],
            ("said#2", "claimant"): ["Rebels"],
            ("said", "about"): ["killed"],
            ("said#2", "about"): ["killed#2"],
            ("two", "of"): ["killed"],
            ("nine", "of"): ["killed#2"],
            ("two", "by"): ["said"],
            ("nine", "by"): ["said#2"],
            ("killed#2", "same"): ["killed"],
        },
    )
    names, made = told(doc, read)
    assert [(c.claimant_span.text, c.about, [n.maximum for n in c.casualties]) for c in made] == [
        ("Officials", ("v1",), [2]),
        ("Rebels", ("v1",), [9]),
    ]
    assert names == {}


def test_a_figure_s_event_is_claimed_with_it():
    doc = sentence("Officials said shells killed two .", deps={"Officials": "nsubj"})
    read = reading(
        doc,
        triggers=[("killed", "Shelling")],
        cues=[("said", "asserts")],
        figures=[("two", "killed")],
        edges={("said", "claimant"): ["Officials"], ("two", "of"): ["killed"], ("two", "by"): ["said"]},
    )
    assert shown(doc, read) == [("Officials", "asserts", ("v1",))]


def test_claims_are_numbered_in_the_order_of_the_text():
    doc = sentence(
        "Shells killed two . Officials said Izyum fell .", heads={"Officials": "said"}, deps={"Officials": "nsubj"}
    )
    read = reading(
        doc,
        triggers=[("killed", "Shelling"), ("fell", "Capture")],
        cues=[("said", "asserts")],
        figures=[("two", "killed")],
        edges={("said", "claimant"): ["Officials"], ("said", "about"): ["fell"], ("two", "of"): ["killed"]},
    )
    assert [(claim.id, claim.about) for claim in told(doc, read)[1]] == [("c1", ("v1",)), ("c2", ("v2",))]


def test_a_text_without_cues_and_figures_has_no_claims():
    doc = sentence("Izyum fell .")
    assert told(doc, reading(doc, triggers=[("fell", "Capture")])) == ({}, [])
