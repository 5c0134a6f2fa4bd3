import pytest
from extraction_docs import at, parsed
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.coreference import Cluster, People, acronym_of, clusters, force_side, is_subject, name_key
from kg.extraction.lexicon import demonyms, words
from kg.extraction.mentions import FORCE, Named


def named(doc, phrase, kind, score=0.9):
    return Named(*at(doc, phrase), kind, score)


def grouped(doc, *rows):
    """The names of each entity, with its kind."""
    mentions = sorted((named(doc, *row) for row in rows), key=lambda mention: mention.begin)
    return [(cluster.kind, cluster.names) for cluster in clusters(doc, mentions)]


def people(doc, *phrases):
    mentions = [named(doc, phrase, "Person") for phrase in phrases]
    return People(doc, clusters(doc, sorted(mentions, key=lambda mention: mention.begin)))


def meant(doc, resolver, phrase):
    cluster = resolver.meant_by(*at(doc, phrase))
    return cluster and cluster.names[0]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Hague Tribunal", "hague tribunal"),
        ("U.N.", "u n"),
        ("São Tomé", "sao tome"),
        ("Al-Shabaab", "al shabaab"),
        ("Ukraine's air force", "ukraine air force"),
        ("Russia’s army", "russia army"),
        ("  Kyiv ", "kyiv"),
        ("—", ""),
    ],
)
def test_the_key_of_a_name_leaves_marks_case_and_article_out(name, key):
    assert name_key(name) == key


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_the_key(name):
    key = name_key(name)
    assert name_key(key).removeprefix("the ") == key.removeprefix("the ")


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Ukrainian troops", "Ukraine/armed forces"),
        ("the Ukrainian military", "Ukraine/armed forces"),
        ("Ukraine's armed forces", "Ukraine/armed forces"),
        ("Ukraine’s air force", "Ukraine/air force"),
        ("Ukrainian Air Force", "Ukraine/air force"),
        ("Sudanese Army", "Sudan/armed forces"),
        ("Ukrainian parliament", None),
        ("Ukraine", None),
        ("troops", None),
        ("", None),
    ],
)
def test_a_force_of_a_state_has_a_side(name, side):
    assert force_side(name) == side


@given(st.sampled_from(sorted(demonyms())), st.sampled_from(sorted(words("state_force_nouns"))))
def test_every_demonym_gives_its_force_a_side(demonym, noun):
    assert force_side(f"the {demonym.title()} {noun}").partition("/")[0] == demonyms()[demonym]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Rapid Support Forces", "RSF"), ("Ministry of Defence", "MD"), ("al-Nusra Front", "NF"), ("", "")],
)
def test_initials_are_those_of_capitalised_words(name, initials):
    assert acronym_of(name) == initials


def test_a_surname_means_the_full_name_before_it():
    doc = parsed("Oleh Marchenko spoke . Marchenko then left .")
    assert grouped(doc, ("Oleh Marchenko", "Person"), ("Marchenko#2", "Person")) == [
        ("Person", ["Oleh Marchenko", "Marchenko"])
    ]


def test_a_full_name_joins_a_surname_that_stood_before_it():
    doc = parsed("Haddad spoke . Omar Haddad then left .")
    assert grouped(doc, ("Haddad", "Person"), ("Omar Haddad", "Person")) == [("Person", ["Haddad", "Omar Haddad"])]


def test_two_people_of_one_surname_stay_apart():
    doc = parsed("Anna Lopez met Juan Lopez .")
    assert grouped(doc, ("Anna Lopez", "Person"), ("Juan Lopez", "Person")) == [
        ("Person", ["Anna Lopez"]),
        ("Person", ["Juan Lopez"]),
    ]


def test_a_misspelt_surname_joins_the_full_name():
    doc = parsed("Ruslan Hanchenko spoke . Hanschenko then left .")
    assert grouped(doc, ("Ruslan Hanchenko", "Person"), ("Hanschenko", "Person")) == [
        ("Person", ["Ruslan Hanchenko", "Hanschenko"])
    ]


def test_short_names_that_look_alike_stay_apart():
    doc = parsed("Iran warned Iraq .")
    assert grouped(doc, ("Iran", "Place.Country"), ("Iraq", "Place.Country")) == [
        ("Place.Country", ["Iran"]),
        ("Place.Country", ["Iraq"]),
    ]


def test_an_acronym_in_brackets_means_the_name_before_it():
    doc = parsed("The Security Service of Ukraine ( SBU ) spoke . The SBU then left .")
    rows = [
        ("Security Service of Ukraine", "Organisation.GovernmentBody"),
        ("SBU", "Organisation"),
        ("SBU#2", "Organisation"),
    ]
    assert grouped(doc, *rows) == [("Organisation.GovernmentBody", ["Security Service of Ukraine", "SBU"])]


def test_initials_mean_the_name_without_brackets_too():
    doc = parsed("The Rapid Support Forces fired . Later the RSF left .")
    assert grouped(doc, ("Rapid Support Forces", "Organisation.ArmedGroup"), ("RSF", "Organisation")) == [
        ("Organisation.ArmedGroup", ["Rapid Support Forces", "RSF"])
    ]


def test_brackets_do_not_join_names_of_different_types():
    doc = parsed("Omar Haddad ( Damascus ) spoke .")
    assert grouped(doc, ("Omar Haddad", "Person"), ("Damascus", "Place")) == [
        ("Person", ["Omar Haddad"]),
        ("Place", ["Damascus"]),
    ]


def test_forces_of_one_side_are_one_entity():
    doc = parsed("Ukrainian troops met the Ukrainian military . Russian forces watched .")
    rows = [("Ukrainian troops", FORCE), ("Ukrainian military", FORCE), ("Russian forces", FORCE)]
    assert grouped(doc, *rows) == [(FORCE, ["Ukrainian troops", "Ukrainian military"]), (FORCE, ["Russian forces"])]


def test_a_branch_of_a_force_is_an_entity_of_its_own():
    doc = parsed("Ukraine's air force helped Ukrainian troops .")
    rows = [("Ukraine's air force", "Organisation.ArmedForce"), ("Ukrainian troops", FORCE)]
    assert grouped(doc, *rows) == [(FORCE, ["Ukraine's air force"]), (FORCE, ["Ukrainian troops"])]


def test_a_city_and_a_region_of_one_name_stay_apart():
    doc = parsed("Kharkiv lies in Kharkiv .")
    assert grouped(doc, ("Kharkiv", "Place.Settlement"), ("Kharkiv#2", "Place.Region")) == [
        ("Place.Settlement", ["Kharkiv"]),
        ("Place.Region", ["Kharkiv"]),
    ]


def test_the_first_finer_kind_is_the_entity_s():
    doc = parsed("Goma fell . Goma burned . Goma waited .")
    rows = [("Goma", "Place"), ("Goma#2", "Place.Settlement"), ("Goma#3", "Place.Feature")]
    assert grouped(doc, *rows) == [("Place.Settlement", ["Goma"])]


def test_a_cluster_keeps_its_mentions_and_each_name_once():
    cluster = Cluster("Person")
    rows = [
        (Named(0, 1, "Person", 0.9), "Haddad"),
        (Named(3, 4, "Person", 0.8), "Haddad"),
        (Named(6, 7, "Person", 0.8), "HADDAD"),
    ]
    for mention, name in rows:
        cluster.add(mention, name)
    assert (cluster.type, cluster.mentions, cluster.names, cluster.keys) == (
        "Person",
        [mention for mention, _ in rows],
        ["Haddad", "HADDAD"],
        {"haddad"},
    )


def test_he_means_the_subject_of_the_sentence_before():
    doc = parsed(
        "Oleh Marchenko blamed Omar Haddad . He left .",
        pos={"blamed": "VERB", "left": "VERB"},
        heads={"Oleh": "Marchenko"},
        deps={"Oleh": "compound", "Marchenko": "nsubj", "Omar": "obj"},
    )
    assert meant(doc, people(doc, "Oleh Marchenko", "Omar Haddad"), "He") == "Oleh Marchenko"


def test_he_means_the_latest_person_where_none_is_subject():
    doc = parsed("Shells hit Anna Lopez and Omar Haddad . He left .", pos={"hit": "VERB", "left": "VERB"})
    assert meant(doc, people(doc, "Anna Lopez", "Omar Haddad"), "He") == "Omar Haddad"


def test_he_does_not_reach_far_back():
    doc = parsed("Omar Haddad spoke . It rained . It rained . It rained . He left .")
    assert meant(doc, people(doc, "Omar Haddad"), "He") is None


def test_he_with_nobody_before_means_nobody():
    doc = parsed("He left . Omar Haddad spoke .")
    assert meant(doc, people(doc, "Omar Haddad"), "He") is None


def test_the_governor_means_the_only_person_before():
    doc = parsed("Omar Haddad spoke . Then the governor left .", heads={"the": "governor"})
    assert meant(doc, people(doc, "Omar Haddad"), "the governor") == "Omar Haddad"


def test_the_governor_is_left_alone_where_two_might_be_meant():
    doc = parsed("Omar Haddad met Anna Lopez . Then the governor left .", heads={"the": "governor"})
    assert meant(doc, people(doc, "Omar Haddad", "Anna Lopez"), "the governor") is None


@pytest.mark.parametrize("phrase", ["a governor", "the bridge", "them"])
def test_other_words_mean_nobody(phrase):
    doc = parsed(
        f"Omar Haddad spoke . Then {phrase} came .", heads={w: phrase.split()[-1] for w in phrase.split()[:-1]}
    )
    assert meant(doc, people(doc, "Omar Haddad"), phrase) is None


def test_every_word_of_a_subject_is_in_it():
    doc = parsed(
        "Oleh Marchenko blamed Haddad .",
        pos={"blamed": "VERB"},
        heads={"Oleh": "Marchenko"},
        deps={"Oleh": "flat", "Marchenko": "nsubj", "Haddad": "obj"},
    )
    assert [is_subject(token) for token in doc] == [True, True, False, False, False]
