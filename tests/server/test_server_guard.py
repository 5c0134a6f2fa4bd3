"""SERVICE never reaches the network, in whatever way it is written; the word in a text stays a word."""

import contextlib
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import KgError, QueryError, Refused
from server.guard import disarmed, names_service, rearmed
from server.results import run_query

WAYS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "SELECT*{SERVICE SILENT<URL>{?s ?p ?o}}",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICEx:{ ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) {}",
    "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { {} UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { LATERAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * {} ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "SELECT (COUNT(*) AS ?n) {} HAVING (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { #comment\nSERVICE#comment\n<URL> { ?s ?p ?o } }",
    "SELECT (1 AS ?a) (2 AS ?b) { FILTER(?a<?b#c>'''\n) SERVICE <URL> {?s ?p ?o} #'''\n}",
    'SELECT * { ?s ?p "\\"" . SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ſERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE <service:x> { SERVICE <URL> { ?s ?p ?o } } }",
]


@pytest.fixture
def listener():
    """The address of a local server, and the requests that have reached it."""
    reached = []
    server = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_listen, args=(server, reached))
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", reached
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def _listen(server, reached):
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            reached.append(connection.recv(1000))
            connection.sendall(b"HTTP/1.1 500 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_the_engine_itself_would_ask_the_other_endpoint(listener):
    """Without this the tests below would prove nothing."""
    url, reached = listener
    with pytest.raises(OSError, match="500"):
        list(Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
    assert len(reached) == 1


def test_no_way_of_writing_it_reaches_the_network(listener):
    url, reached = listener
    for way in WAYS:
        with pytest.raises((Refused, QueryError)):
            list(run_query(Store(), way.replace("URL", url)))
    assert reached == []


@pytest.mark.parametrize(
    "way", [way for way in WAYS if "\\u" not in way.lower() and "ſ" not in way and "'''" not in way]
)
def test_it_is_refused_with_the_reason(way):
    with pytest.raises(Refused, match="never opens a network connection"):
        run_query(Store(), way.replace("URL", "http://127.0.0.1:1/"))


@pytest.mark.parametrize(
    "keyword", ["S\\u0045RVICE", "\\u0053ERVICE", "s\\u0065rvice", "\\U00000053ERVICE", "SERVIC\\u0045"]
)
def test_the_engine_reads_no_escape_in_a_keyword(keyword):
    """The guard rests on it."""
    with pytest.raises(SyntaxError):
        Store().query(f"SELECT * {{ {keyword} SILENT <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('"Security Service"', "Security Service"),
        ("'SERVICE'", "SERVICE"),
        ('"""the service\n"""', "the service\n"),
        (r'"a\\service"', "a\\service"),
        (r'"a\tservice\n"', "a\tservice\n"),
        ('STRLEN("service")', "7"),
        ("STR(<http://e/service#x>)", "http://e/service#x"),
        (r'"\u0053ervice"', "Service"),
    ],
)
def test_the_word_in_a_text_or_iri_is_only_a_word(expression, value):
    (row,) = run_query(Store(), f"SELECT ({expression} AS ?x) {{}} # service")
    assert row["x"].value == value


@pytest.mark.parametrize("query", ["SELECT ?service { ?service ?p ?o }", "SELECT * { ?s e:service ?o }"])
def test_the_word_in_a_name_is_refused_with_the_remedy(query):
    with pytest.raises(Refused, match="rename it"):
        run_query(Store(), f"PREFIX e: <http://e/> {query}")


def test_a_mistake_elsewhere_is_told_at_its_place():
    with pytest.raises(QueryError) as caught:
        run_query(Store(), 'SELECT * { ?s ?p "service service" } }')
    assert caught.value.place == "line 1, column 38"


@pytest.mark.parametrize(
    ("sparql", "named"),
    [
        ("SELECT * { SERVICE <x:y> {} }", True),
        ("SELECT * { ?s ?p 'service' }", False),
        ("SELECT * { <http://service/> ?p ?o } # service", False),
        ("SELECT ?services { }", True),
    ],
)
def test_the_word_outside_of_texts_is_recognised(sparql, named):
    assert names_service(sparql) is named


@given(st.text(alphabet="serviceSERVICE \\u0\"'", max_size=60))
def test_disarmed_text_holds_the_word_no_more(sparql):
    assert "service" not in disarmed(sparql).lower()


@given(st.text(max_size=40), st.sampled_from(["service", "SERVICE", "sErViCe", "serviceservice"]))
def test_disarming_can_be_undone(text, word):
    assert rearmed(disarmed(text + word)) == text + word


@given(st.text(alphabet="SERVICE service<>{}?x:#'\"\\\n", max_size=80))
def test_no_text_is_more_than_refused(text):
    with contextlib.suppress(KgError):
        run_query(Store(), text)
