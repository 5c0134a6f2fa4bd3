"""Which casualty figures disagree: of one happening, one kind, the same people, from two sources, out of bounds."""

import pytest

from queries import catalogue

BASE = "https://w3id.org/conflict-kg/"
# The fixture's own: the mayor has at least 12 civilians killed, the army in another document exactly 9 people
OWN = ("12", "9")


def add(store, claim, figure, *, group=None, event="beta-1/event/v1", kind="killed"):
    """Another figure of the second document, on one of its claims."""
    words = f'; ckg:group <{claim}/group> . <{claim}/group> rdfs:label "{group}"' if group else ""
    store.update(
        f"""BASE <{BASE}document/beta-1/> PREFIX ckg: <{BASE}ontology#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT DATA {{ GRAPH <{BASE}version/b2b2b2b2b2b2b2b2b2b2> {{
          <{claim}> ckg:casualties <{claim}/casualties/9> .
          <{claim}/casualties/9> ckg:kind ckg:{kind} ; ckg:event <{BASE}document/{event}> ; {figure} ;
            ckg:evidence <text#char=0,11> {words} .
        }} }}"""
    )


def pairs(store):
    """The bounds of the figures that stand side by side, each figure as its exact number or its bound."""
    rows = store.query(catalogue()["casualty-disagreements"].text, use_default_graph_as_union=True)
    return {frozenset((told(row, "min", "max"), told(row, "otherMin", "otherMax"))) for row in rows}


def told(row, lower, upper):
    return (row[lower] or row[upper]).value


def both(*figures):
    return {frozenset(pair) for pair in (OWN, *figures)}


def exactly(number):
    return f"ckg:minimum {number} ; ckg:maximum {number}"


def test_figures_of_two_documents_disagree_where_one_does_not_say_whom_it_counts(grown):
    assert pairs(grown) == both()


@pytest.mark.parametrize("figure", [exactly(30), "ckg:minimum 10", "ckg:maximum 8"])
def test_figures_of_two_sources_in_one_document_disagree_out_of_bounds(grown, figure):
    add(grown, "claim/c2", figure)
    number = figure.split()[1]
    assert frozenset(("9", number)) in pairs(grown)


@pytest.mark.parametrize("figure", [exactly(9), "ckg:minimum 9", "ckg:maximum 9", "ckg:minimum 1"])
def test_figures_that_can_both_be_right_do_not_disagree(grown, figure):
    add(grown, "claim/c2", figure)
    assert not any("9" in pair and "12" not in pair for pair in pairs(grown))


def test_figures_of_one_source_in_one_document_do_not_disagree(grown):
    add(grown, "claim/c1", exactly(30))
    assert pairs(grown) == both()


def test_figures_for_other_people_do_not_disagree(grown):
    add(grown, "claim/c2", exactly(3), group="soldiers")
    assert pairs(grown) == both()


def test_words_for_the_people_are_compared_without_capitals(grown):
    add(grown, "claim/c2", exactly(3), group="Civilians")
    assert pairs(grown) == both(("12", "3"))


def test_figures_of_another_kind_do_not_disagree(grown):
    add(grown, "claim/c2", exactly(300), kind="missing")
    assert pairs(grown) == both()


def test_figures_of_another_day_do_not_disagree(grown):
    add(grown, "claim/c2", exactly(300), event="beta-1/event/v2")
    assert pairs(grown) == both()


def test_figures_of_one_event_disagree_where_no_place_is_told(grown):
    add(grown, "claim/c2", exactly(2), event="beta-1/event/v4")
    add(grown, "claim/c3", exactly(4), event="beta-1/event/v4")
    assert pairs(grown) == both(("2", "4"))


def test_whole_countries_are_no_place_at_which_events_are_one(grown):
    for document, entity in (("alpha-1", "e2"), ("beta-1", "e1")):
        grown.update(
            f"""BASE <{BASE}> PREFIX ckg: <{BASE}ontology#>
            DELETE {{ GRAPH ?g {{ <document/{document}/entity/{entity}> ckg:subtype ?old }} }}
            INSERT {{ GRAPH ?g {{ <document/{document}/entity/{entity}> ckg:subtype ckg:Country }} }}
            WHERE {{ GRAPH ?g {{ <document/{document}/entity/{entity}> ckg:subtype ?old }} }}"""
        )
    assert pairs(grown) == set()
