"""Requests of the SPARQL Protocol to queries: the three ways to ask, and each wrong way."""

import contextlib
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import Refused, UnsupportedMediaType, UsageError
from server.protocol import FORM, QUERY, UPDATE, QueryRequest, last, read_pairs, read_request

ASK = "ASK {}"
G, H = "http://e/g", "http://e/h"


def test_get():
    assert read_request("GET", b"query=ASK%20%7B%7D") == QueryRequest(ASK)


def test_post_of_a_form():
    assert read_request("POST", b"", FORM, b"query=ASK+%7B%7D") == QueryRequest(ASK)


def test_post_of_a_query():
    assert read_request("POST", b"", QUERY, b"ASK {}") == QueryRequest(ASK)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_post_of_a_query_that_says_utf8(charset):
    body = 'ASK { ?s ?p "é" }'
    assert read_request("POST", b"", f"{QUERY}; charset={charset}", body.encode()) == QueryRequest(body)


def test_form_and_address_are_read_together():
    asked = read_request("POST", f"default-graph-uri={G}&format=csv".encode(), FORM, urlencode({"query": ASK}).encode())
    assert asked == QueryRequest(ASK, default_graphs=(NamedNode(G),), format="csv")


def test_dataset_of_the_protocol():
    graphs = [("query", ASK), ("default-graph-uri", G), ("default-graph-uri", H), ("named-graph-uri", H)]
    assert read_request("GET", urlencode(graphs).encode()) == QueryRequest(
        ASK, default_graphs=(NamedNode(G), NamedNode(H)), named_graphs=(NamedNode(H),)
    )


def test_values_are_decoded_once():
    asked = read_request("POST", b"", FORM, b"query=" + quote('ASK { ?s ?p "%41" }').encode())
    assert asked.sparql == 'ASK { ?s ?p "%41" }'


@pytest.mark.parametrize(
    ("method", "address", "content_type", "body", "told"),
    [
        ("GET", b"", None, b"", "there must be one query, and there are 0"),
        ("GET", b"query=ASK&query=ASK", None, b"", "there must be one query, and there are 2"),
        ("POST", b"query=ASK", FORM, b"query=ASK", "there must be one query, and there are 2"),
        ("POST", b"query=ASK", QUERY, b"ASK", "there must be one query, and there are 2"),
        ("POST", b"", FORM, b"", "there must be one query, and there are 0"),
        ("GET", b"query=%ff", None, b"", "percent-encoded UTF-8"),
        ("GET", "query=é".encode(), None, b"", "percent-encoded UTF-8"),
        ("POST", b"", FORM, b"query=%e9", "percent-encoded UTF-8"),
        ("POST", b"", QUERY, b"ASK \xff", "the query is not UTF-8"),
        ("GET", b"query=ASK&default-graph-uri=no+iri", None, b"", "default-graph-uri"),
        ("GET", b"query=ASK&named-graph-uri=", None, b"", "named-graph-uri"),
    ],
)
def test_wrong_request_is_refused_with_the_reason(method, address, content_type, body, told):
    with pytest.raises(UsageError) as caught:
        read_request(method, address, content_type, body)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("content_type", "body", "told"),
    [
        (None, b"ASK {}", "a body of type unknown is not read"),
        ("", b"query=ASK", "a body of type unknown is not read"),
        ("text/plain", b"ASK {}", "a body of type text/plain is not read"),
        ("application/json", b"{}", "a body of type application/json is not read"),
        ("multipart/form-data; boundary=x", b"", "a body of type multipart/form-data is not read"),
        (f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), "the body is in utf-16"),
        (f"{QUERY}; charset=latin1", b"ASK {}", "the body is in latin1"),
    ],
)
def test_body_of_another_type_is_refused_with_those_that_are_read(content_type, body, told):
    with pytest.raises(UnsupportedMediaType) as caught:
        read_request("POST", b"", content_type, body)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("method", "address", "content_type", "body"),
    [
        ("GET", b"update=CLEAR+ALL", None, b""),
        ("GET", b"query=ASK&update=CLEAR+ALL", None, b""),
        ("POST", b"", FORM, b"update=CLEAR+ALL"),
        ("POST", b"", UPDATE, b"CLEAR ALL"),
        ("POST", b"query=ASK", UPDATE, b"LOAD <http://e/>"),
    ],
)
def test_update_is_refused(method, address, content_type, body):
    with pytest.raises(Refused, match="read-only"):
        read_request(method, address, content_type, body)


def test_body_of_a_get_is_not_read():
    assert read_request("GET", b"query=ASK", "text/plain", b"\xff") == QueryRequest("ASK")


def test_last_value_of_a_name():
    assert last([("a", "1"), ("b", "2"), ("a", "3")], "a") == "3"
    assert last([], "a") is None


@given(st.text(min_size=1))
def test_every_query_comes_through_all_three_ways(sparql):
    encoded = urlencode({"query": sparql}).encode()
    wanted = QueryRequest(sparql)
    assert read_request("GET", encoded) == wanted
    assert read_request("POST", b"", FORM, encoded) == wanted
    assert read_request("POST", b"", QUERY, sparql.encode()) == wanted


@given(
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=40),
    st.sampled_from([None, FORM, QUERY, UPDATE]) | st.text(max_size=30),
    st.binary(max_size=40),
)
def test_any_request_is_read_or_refused(method, address, content_type, body):
    with contextlib.suppress(UsageError, Refused):
        assert isinstance(read_request(method, address, content_type, body), QueryRequest)


@given(st.lists(st.tuples(st.text(), st.text())))
def test_pairs_survive_encoding(pairs):
    assert read_pairs(urlencode(pairs).encode()) == pairs
