"""What was announced or threatened leaves the list once a later document reports it as done, and not before."""

import pytest

from queries import catalogue

BASE = "https://w3id.org/conflict-kg/"
OFFENSIVE = "ckg:Offensive ; ckg:modality ckg:actual ; ckg:perpetrator <document/beta-1/entity/e4>"
ATTACK = "ckg:Attack ; ckg:modality ckg:actual ; ckg:perpetrator <document/gamma-1/entity/e3>"
ON_THE_PORT = "ckg:target <document/gamma-1/entity/e4>"


def report(store, event, published):
    store.update(
        f"""BASE <{BASE}> PREFIX ckg: <{BASE}ontology#> PREFIX schema: <https://schema.org/>
        PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        INSERT DATA {{ GRAPH <version/d4> {{
          <document/delta-1> schema:datePublished "{published}"^^xsd:date .
          <document/delta-1/event/v1> a {event} ; ckg:document <document/delta-1> .
        }} }}"""
    )


def events(store, name):
    return [row["event"].value for row in store.query(catalogue()[name].text, use_default_graph_as_union=True)]


ANNOUNCED = [f"{BASE}document/beta-1/event/v4"]
THREATENED = [f"{BASE}document/gamma-1/event/v3"]


@pytest.mark.parametrize(
    ("event", "published", "left"),
    [
        (f"{OFFENSIVE} ; ckg:destination <document/beta-1/entity/e5>", "2024-03-03", []),
        (f"{OFFENSIVE} ; ckg:place <document/gamma-1/entity/e4>", "2024-03-20", []),
        (f"{OFFENSIVE} ; ckg:place <document/beta-1/entity/e1>", "2024-03-20", ANNOUNCED),
        (f"{OFFENSIVE} ; ckg:destination <document/beta-1/entity/e5>", "2024-03-02", ANNOUNCED),
        (f"{OFFENSIVE.replace('actual', 'future')} ; ckg:place <document/beta-1/entity/e5>", "2024-03-20", ANNOUNCED),
        (f"{OFFENSIVE.replace('Offensive', 'Siege')} ; ckg:place <document/beta-1/entity/e5>", "2024-03-20", ANNOUNCED),
    ],
    ids=["same day", "later, named in another document", "elsewhere", "before", "announced again", "of another type"],
)
def test_announced_event_is_listed_until_it_is_reported_done_at_its_place(grown, event, published, left):
    report(grown, event, published)
    assert events(grown, "announced-not-done") == left


@pytest.mark.parametrize(("doer", "left"), [("gamma-1/entity/e3", []), ("gamma-1/entity/e1", ANNOUNCED)])
def test_announced_event_without_a_place_is_done_by_the_one_who_was_to_do_it(grown, doer, left):
    grown.update(
        f"BASE <{BASE}> DELETE WHERE {{ GRAPH ?g {{ <document/beta-1/event/v4> <ontology#destination> ?place }} }}"
    )
    report(grown, f"ckg:Offensive ; ckg:modality ckg:actual ; ckg:perpetrator <document/{doer}>", "2024-03-20")
    assert events(grown, "announced-not-done") == left


@pytest.mark.parametrize(
    ("event", "published", "left"),
    [
        (f"{ATTACK} ; {ON_THE_PORT}", "2024-03-10", []),
        (f"{ATTACK} ; ckg:place <document/beta-1/entity/e5>", "2024-03-20", []),
        (f"{ATTACK} ; ckg:target <document/gamma-1/entity/e2>", "2024-03-20", THREATENED),
        (f"{ATTACK} ; {ON_THE_PORT}", "2024-03-09", THREATENED),
        (f"{ATTACK.replace('Attack', 'Aid')} ; {ON_THE_PORT}", "2024-03-20", THREATENED),
        (f"{ATTACK.replace('actual', 'negated')} ; {ON_THE_PORT}", "2024-03-20", THREATENED),
    ],
    ids=["same day", "at the place", "on another", "before", "no violence", "denied"],
)
def test_threat_is_listed_until_force_by_its_maker_is_reported(grown, event, published, left):
    report(grown, event, published)
    assert events(grown, "threats-not-carried-out") == left
