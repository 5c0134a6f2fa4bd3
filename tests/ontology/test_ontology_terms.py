"""The terms as Python reads them from the ontology's file."""

import pytest

import ontology


def test_the_paths_lead_to_files():
    assert all(path.is_file() for path in ontology.FILES)


def test_each_namespace_ends_where_a_local_name_can_begin():
    assert all(namespace[-1] in "#/" for namespace in ontology.PREFIXES.values())


def test_the_prefixes_cannot_be_changed():
    with pytest.raises(TypeError):
        ontology.PREFIXES["ckg"] = "https://elsewhere.example/"


def test_a_term_has_all_that_the_file_says_of_it():
    assert ontology.load_terms()["callsFor"] == ontology.Term(
        name="callsFor",
        types=("http://www.w3.org/2004/02/skos/core#Concept",),
        label="calls for",
        definition="Asks, appeals for or orders it.",
        scheme="stances",
        notation="calls_for",
    )


def test_a_term_outside_the_schemes_has_no_scheme_and_no_notation():
    term = ontology.load_terms()["evidence"]
    assert (term.scheme, term.notation, term.iri) == (None, None, ontology.CKG + "evidence")


def test_terms_come_in_the_order_of_their_names():
    assert list(ontology.load_terms()) == sorted(ontology.load_terms())


def test_an_event_type_is_both_a_class_and_a_concept():
    assert {name.rpartition("#")[2] for name in ontology.load_terms()["Siege"].types} == {"Class", "Concept"}


def test_concepts_are_found_by_the_words_of_the_records():
    assert dict(ontology.concepts("precisions")) == {
        name: ontology.CKG + name for name in ("day", "week", "month", "year", "unknown")
    }


@pytest.mark.parametrize("scheme", ["nothing", "", "killed", "evidence"])
def test_an_unknown_scheme_is_a_key_error(scheme):
    with pytest.raises(KeyError):
        ontology.concepts(scheme)
