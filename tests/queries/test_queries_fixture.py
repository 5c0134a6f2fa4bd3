"""The fixture keeps the promises of the graph that it stands in for."""

import json

from pyoxigraph import NamedNode

BASE = "https://w3id.org/conflict-kg/"
PREFIXES = """
PREFIX ckg: <https://w3id.org/conflict-kg/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def rows(store, query):
    return [
        tuple(term and term.value for term in solution)
        for solution in store.query(PREFIXES + query, use_default_graph_as_union=True)
    ]


def test_every_span_holds_the_words_at_its_offsets(store):
    spans = rows(
        store,
        """SELECT ?begin ?end ?words ?text ?span WHERE { ?span nif:beginIndex ?begin ; nif:endIndex ?end ;
           nif:anchorOf ?words ; nif:referenceContext/nif:isString ?text }""",
    )
    assert len(spans) > 50
    for begin, end, words, text, span in spans:
        assert text[int(begin) : int(end)] == words
        assert span.endswith(f"#char={begin},{end}")


def test_every_span_lies_in_its_sentence(store):
    spans = rows(
        store,
        """SELECT ?begin ?end ?from ?to WHERE { ?span nif:beginIndex ?begin ; nif:endIndex ?end .
           ?span nif:sentence ?sentence . ?sentence a nif:Sentence ; nif:beginIndex ?from ; nif:endIndex ?to }""",
    )
    assert all(int(start) <= int(begin) < int(end) <= int(stop) for begin, end, start, stop in spans)


def test_every_statement_reaches_its_words(store):
    without = """SELECT ?node WHERE { VALUES ?kind { ckg:EventReport ckg:Claim ckg:CasualtyFigure ckg:Group ckg:Person
        ckg:Organisation ckg:Place ckg:UnnamedParticipant ckg:UnnamedSource }
        ?node a ?kind . FILTER NOT EXISTS { ?node ckg:evidence ?span } }"""
    assert rows(store, without) == []


def test_no_event_is_without_a_claim(store):
    assert rows(store, "SELECT ?e WHERE { ?e a ckg:EventReport FILTER NOT EXISTS { ?c ckg:about ?e } }") == []


def test_no_statement_stands_in_two_graphs(store):
    statements = [(quad.subject, quad.predicate, quad.object) for quad in store]
    assert len(set(statements)) == len(statements)


def test_every_term_of_the_fixture_is_in_the_ontology(store):
    used = {
        term.value
        for quad in store
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(f"{BASE}ontology#")
    }
    known = {
        quad.subject.value for quad in store.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/ontology"))
    }
    assert used <= known


def test_evidence_of_expected_rows_stands_in_the_document_that_they_name(store):
    texts = dict(rows(store, "SELECT ?document ?text WHERE { ?t ckg:document ?document ; nif:isString ?text }"))
    from test_queries_rows import EXPECTED  # noqa: PLC0415

    for path in EXPECTED.glob("*.json"):
        for case in json.loads(path.read_text("utf8")):
            for row in case["rows"]:
                told = dict(zip(case["columns"], row, strict=True))
                if told.get("sentence"):
                    assert told["sentence"] in texts[BASE + told["document"].strip("<>")]
