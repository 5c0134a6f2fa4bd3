"""What all saved queries have in common: names, columns, evidence, conventions that grlc can read."""

import re

import pytest
from rdflib.plugins.sparql import prepareQuery

import ontology
from kg.errors import QueryError
from queries import bind, catalogue, read_query
from queries.parameters import TYPES

COLUMNS = {
    "entities": "entity type subtype label wikidata documents mentions",
    "events": "event type modality earliest latest place placeLabel document sentence",
    "participants": "event role participant label",
    "claims": "claim claimant claimantLabel stance medium event document sentence",
    "casualties": "claim kind min max group claimant claimantLabel event place earliest document sentence",
    "mentions": "entity begin end text document",
}
# What these rows state are counts, lists of documents, or what made the graph; there is no one sentence for them
WITHOUT_SENTENCE = {
    "activity",
    "documents",
    "entities",
    "event-counts",
    "most-reported-places",
    "pairs",
    "provenance",
    "publisher-documents",
    "sources",
}
SCHEMES = {"stance": "stances", "modality": "modalities", "kind": "casualtyKinds"}
ALL = pytest.mark.parametrize("query", list(catalogue().values()), ids=list(catalogue()))
SELECTS = pytest.mark.parametrize(
    "query", [query for query in catalogue().values() if "CONSTRUCT" not in query.text], ids=lambda query: query.name
)


def columns(store, query):
    return [variable.value for variable in store.query(query.text, use_default_graph_as_union=True).variables]


def test_there_are_at_least_twenty_four_queries():
    assert len(catalogue()) >= 24


def test_names_are_in_alphabetical_order():
    assert list(catalogue()) == sorted(catalogue())


@pytest.mark.parametrize(("name", "wanted"), COLUMNS.items())
def test_promised_columns_are_there(store, name, wanted):
    assert set(wanted.split()) <= set(columns(store, catalogue()[name]))


@SELECTS
def test_rows_that_state_a_fact_bring_the_sentence_and_the_document(store, query):
    if query.name not in WITHOUT_SENTENCE:
        assert {"document", "sentence"} <= set(columns(store, query))


def test_exceptions_from_evidence_are_queries_that_exist():
    assert set(catalogue()) >= WITHOUT_SENTENCE


@ALL
def test_texts_for_people_are_whole_sentences_on_one_line(query):
    assert re.fullmatch(r"[A-Z][^\n]*[^.\n]", query.summary)
    assert re.fullmatch(r"[A-Z][^\n]*\.", query.description)
    assert query.tags
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)


@ALL
def test_parameters_do_not_take_the_names_that_the_server_keeps(query):
    assert not {parameter.name for parameter in query.parameters} & {"format", "page", "limit", "timeout", "at", "prov"}


@ALL
def test_defaults_are_valid_values(query):
    for parameter in query.parameters:
        if parameter.default is not None:
            assert parameter.terms(parameter.default)


@ALL
def test_no_query_leaves_the_endpoint(query):
    assert "service" not in query.text.lower()


@ALL
def test_choices_are_those_of_the_ontology(query):
    for parameter in query.parameters:
        if parameter.name in SCHEMES:
            assert set(parameter.choices) == set(ontology.concepts(SCHEMES[parameter.name]).values())
        if parameter.name == "type" and parameter.choices and query.name == "events":
            assert set(parameter.choices) == set(ontology.concepts("eventTypes").values())
        if parameter.type == "iri" and parameter.choices:
            assert all(choice.removeprefix(ontology.CKG) in ontology.load_terms() for choice in parameter.choices)


@ALL
def test_terms_of_the_ontology_exist(query):
    used = set(re.findall(r"\bckg:([A-Za-z]+)", query.text))
    assert used <= set(ontology.load_terms())


@ALL
def test_prefixes_are_those_of_the_project_and_all_used(query):
    for name, namespace in re.findall(r"PREFIX (\w+): <(.*)>", query.text):
        assert ontology.PREFIXES.get(name, namespace) == namespace
        typed = name == "xsd" and re.search(r"_(date|integer|decimal)\b", query.text)
        assert typed or re.search(rf"(?<!\w){name}:\w", query.text.split("\n\n", 1)[1])


@ALL
def test_xsd_is_declared_where_grlc_needs_it(query):
    """Grlc writes a missing PREFIX before every SELECT, inner ones too."""
    if {parameter.type for parameter in query.parameters} & {"date", "integer", "decimal"}:
        assert "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>" in query.text


GRLC_TYPES = {"iri": "<{}>", "date": '"{}"^^xsd:date', "decimal": '"{}"^^xsd:decimal', "integer": '"{}"^^xsd:integer'}
VALUES = {
    "entity": "Suren Brigade",
    "string": "alpha-1",
    "latitude": "50",
    "longitude": "31.5",
    "decimal": "50",
    "date": "2024-03-02",
    "iri": "https://w3id.org/conflict-kg/document/alpha-1/event/v1",
}


def grlc(query, values):
    """The query as grlc makes it: each parameter's variable replaced by the pasted value."""
    text = query.text
    for parameter in query.parameters:
        if parameter.name in values:
            pasted = GRLC_TYPES.get(parameter.type, '"{}"').format(values[parameter.name])
            text = text.replace(f"?{parameter.variable}", pasted)
    return text


def values_for(query, *, all_of_them):
    return {
        parameter.name: parameter.choices[0] if parameter.choices else VALUES[parameter.type]
        for parameter in query.parameters
        if all_of_them or not parameter.optional
    }


def answer(store, sparql):
    result = store.query(sparql, use_default_graph_as_union=True)
    return sorted(str([str(term) for term in row]) for row in result)


@pytest.mark.parametrize("all_of_them", [False, True], ids=["needed", "all"])
@ALL
def test_grlc_and_we_get_the_same_rows(store, query, all_of_them):
    values = values_for(query, all_of_them=all_of_them)
    assert answer(store, grlc(query, values)) == answer(store, bind(query, values))


@ALL
def test_rdflib_can_read_it_as_grlc_does(query):
    prepareQuery(query.text)
    prepareQuery(grlc(query, values_for(query, all_of_them=True)))


def test_event_graph_is_the_event_with_its_claims_and_words(store):
    event = "https://w3id.org/conflict-kg/document/alpha-1/event/v1"
    triples = list(store.query(bind(catalogue()["event-graph"], {"event": event}), use_default_graph_as_union=True))
    subjects = {
        triple.subject.value.removeprefix("https://w3id.org/conflict-kg/document/alpha-1/") for triple in triples
    }
    assert {"event/v1", "entity/e1", "entity/e2", "claim/c1", "claim/c1/casualties/1", "claim/c2"} <= subjects
    assert any("#char=51,62" in subject for subject in subjects)
    assert "event/v2" not in subjects
    assert len(set(map(str, triples))) == len(triples)


def test_entity_is_found_by_any_of_its_names(store):
    asked = catalogue()["timeline"]
    rows = [answer(store, bind(asked, {"name": name})) for name in ("Q9001", "norland armed forces", "Norland army")]
    assert rows[0] == rows[1] == rows[2] != []


def test_query_whose_layout_is_not_ours_is_refused():
    with pytest.raises(QueryError, match=r"`WHERE \{` must stand once"):
        read_query("q", "#+ summary: s\n#+ description: d\nSELECT * WHERE { ?s ?p ?o }")


def test_types_say_what_they_expect():
    assert all(kind["expected"] for kind in TYPES.values())
