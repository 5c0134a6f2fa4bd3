"""The application over a published snapshot: endpoint, saved queries, page, errors, and the server that runs it."""

import json
import os
import re
import socket
import threading
import urllib.error
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from kg.errors import UsageError
from queries import catalogue
from server import create_app, serve
from server.app import MAX_REQUEST_BYTES

COUNT = "SELECT (COUNT(*) AS ?n) { ?d a ckg:Document }"
CSV = {"Accept": "text/csv"}


def problem(response, status):
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    told = response.get_json(force=True)
    assert told["status"] == status
    return told


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


# The endpoint


def test_query_by_get(client):
    response = client.get("/sparql", query_string={"query": COUNT}, headers=CSV)
    assert (response.status_code, response.data) == (200, b"n\r\n3\r\n")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Vary"] == "Accept"


def test_query_by_form(client):
    assert client.post("/sparql", data={"query": COUNT}, headers=CSV).data == b"n\r\n3\r\n"


def test_query_as_the_body(client):
    response = client.post("/sparql", data=COUNT, content_type="application/sparql-query", headers=CSV)
    assert response.data == b"n\r\n3\r\n"


def test_json_is_the_answer_where_nothing_is_asked_for(client):
    response = client.get("/sparql", query_string={"query": COUNT})
    assert response.content_type == "application/sparql-results+json"
    assert [row["n"].value for row in parse_query_results(response.data, QueryResultsFormat.JSON)] == ["3"]


def test_format_may_be_named_in_the_address(client):
    assert client.get("/sparql", query_string={"query": COUNT, "format": "table"}).data == b"n\n3\n"


def test_graph_is_turtle(client):
    response = client.get("/sparql", query_string={"query": "CONSTRUCT { ckg:a a ckg:B } WHERE {}"})
    assert response.content_type == "text/turtle; charset=utf-8"
    assert b"ckg:a a ckg:B ." in response.data


def test_browser_gets_a_page(client):
    response = client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": "text/html,*/*;q=0.8"})
    page = Page(response.text)
    assert response.content_type == "text/html; charset=utf-8"
    assert "1 row" in page.text
    assert [tag for tag, _ in page.tags].count("td") == 1


def test_truth_as_a_page(client):
    response = client.get("/sparql", query_string={"query": "ASK {}", "format": "html"})
    assert "yes" in Page(response.text).text


def test_head_has_the_headers_only(client):
    response = client.head("/sparql", query_string={"query": COUNT}, headers=CSV)
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_type == "text/csv; charset=utf-8"


def test_dataset_of_the_protocol(client):
    graph = "https://w3id.org/conflict-kg/version/a1a1a1a1a1a1a1a1a1a1"
    address = {"query": COUNT, "default-graph-uri": graph, "format": "csv"}
    assert client.get("/sparql", query_string=address).data == b"n\r\n1\r\n"


def test_relative_iris_do_not_depend_on_the_address_asked(client):
    response = client.get("/sparql", query_string={"query": "SELECT (<x> AS ?x) {}", "format": "csv"})
    assert response.data == b"x\r\nhttps://w3id.org/conflict-kg/x\r\n"


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("SELECT", 400, {"place": "line 1, column 7", "detail": "the query ends too early"}),
        ("ASK { ?s no:p 1 }", 400, {"place": "line 1, column 10", "detail": "the prefix no: is not declared"}),
        ("SELECT (<http://e/f>(1) AS ?x) {}", 400, {"detail": "The custom function <http://e/f> is not supported"}),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> {} }", 403, {"input": "the query", "title": "Forbidden"}),
        ("CLEAR ALL", 400, {"detail": "this is an update, and the endpoint only answers queries"}),
    ],
)
def test_wrong_query_is_a_problem_that_says_where_and_why(client, query, status, told):
    assert problem(client.get("/sparql", query_string={"query": query}), status).items() >= told.items()


@pytest.mark.parametrize(
    ("method", "arguments", "status"),
    [
        ("get", {}, 400),
        ("get", {"query_string": "query=ASK{}&query=ASK{}"}, 400),
        ("get", {"query_string": "query=%ff"}, 400),
        ("get", {"query_string": "update=CLEAR+ALL"}, 403),
        ("post", {"data": "CLEAR ALL", "content_type": "application/sparql-update"}, 403),
        ("post", {"data": "ASK {}", "content_type": "text/plain"}, 415),
        ("post", {"data": "ASK {}"}, 415),
        ("put", {"query_string": "query=ASK+{}"}, 405),
        ("delete", {}, 405),
        ("get", {"query_string": "query=ASK+{}", "headers": {"Accept": "image/png"}}, 406),
        ("get", {"query_string": "query=ASK+{}&format=turtle"}, 406),
        ("post", {"data": b"x" * (MAX_REQUEST_BYTES + 1), "content_type": "application/sparql-query"}, 413),
    ],
)
def test_wrong_request_is_a_problem_of_its_status(client, method, arguments, status):
    assert problem(getattr(client, method)("/sparql", **arguments), status)["detail"]


def test_method_that_is_not_allowed_is_told_with_those_that_are(client):
    assert {"GET", "POST"} <= {one.strip() for one in client.put("/sparql").headers["Allow"].split(",")}


# Saved queries


def test_saved_query_answers_as_the_endpoint_does(client):
    response = client.get("/queries/in-document", query_string={"document": "gamma-1", "format": "json"})
    rows = list(parse_query_results(response.data, QueryResultsFormat.JSON))
    assert [row["words"].value for row in rows] == ["withdrawn", "shooting", "threatened"]


@pytest.mark.parametrize(
    "name", [query.name for query in catalogue().values() if not any(p.required for p in query.parameters)]
)
def test_every_query_that_needs_nothing_answers_rows(client, name):
    response = client.get(f"/queries/{name}", headers=CSV)
    assert response.status_code == 200
    assert len(response.data.splitlines()) > 1


def test_saved_query_as_geojson(client):
    response = client.get("/queries/most-reported-places?format=geojson")
    assert response.content_type == "application/geo+json"
    places = {
        one["properties"]["label"]: one["geometry"]["coordinates"] for one in response.get_json(force=True)["features"]
    }
    assert places == {"Vesk": [31.5, 50.25], "Port Elm": [30.0, 46.0]}


def test_graph_of_an_event_in_the_format_asked_for(client):
    event = "https://w3id.org/conflict-kg/document/gamma-1/event/v2"
    response = client.get(
        "/queries/event-graph", query_string={"event": event}, headers={"Accept": "application/ld+json"}
    )
    assert event in {node["@id"] for node in json.loads(response.data)}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("at-place", {"input": "parameter place", "detail": "the query at-place needs it"}),
        ("at-place?place=", {"input": "parameter place"}),
        ("at-place?place=Vesk&place=Elm", {"input": "parameter place", "detail": "it is given more than once"}),
        ("at-place?place=Vesk&from=2024", {"input": "parameter from"}),
        (
            "at-place?place=Vesk&since=yesterday",
            {"input": "parameter since", "detail": "'yesterday' is not a day, written like 2024-03-01"},
        ),
        ("events?type=Party", {"input": "parameter type"}),
        ("near?lat=91&lon=0", {"input": "parameter lat"}),
    ],
)
def test_parameter_that_does_not_fit_is_422_with_its_name(client, address, told):
    assert problem(client.get(f"/queries/{address}"), 422).items() >= told.items()


def test_optional_field_left_empty_is_a_field_left_out(client):
    full = client.get("/queries/at-place?place=Vesk&since=&until=&format=csv")
    assert full.data == client.get("/queries/at-place?place=Vesk&format=csv").data


def test_unknown_query_is_not_found(client):
    assert problem(client.get("/queries/nothing"), 404)["input"] == "nothing"


def test_parameters_that_are_not_utf8_are_refused(client):
    problem(client.get("/queries/at-place?place=%ff"), 400)


def test_list_as_json_says_what_each_query_takes(client):
    response = client.get("/queries")
    assert response.content_type == "application/json"
    listed = {query["name"]: query for query in response.get_json()}
    assert list(listed) == list(catalogue())
    assert listed["near"]["parameters"] == [
        {
            "name": "lon",
            "type": "longitude",
            "required": True,
            "default": None,
            "choices": [],
            "expected": "a longitude in degrees, from -180 to 180, east positive",
        },
        {
            "name": "lat",
            "type": "latitude",
            "required": True,
            "default": None,
            "choices": [],
            "expected": "a latitude in degrees, from -90 to 90, north positive",
        },
        {
            "name": "km",
            "type": "decimal",
            "required": False,
            "default": "50",
            "choices": [],
            "expected": "a number, written like 12 or 12.5",
        },
    ]
    assert client.get(listed["documents"]["address"]).status_code == 200


def test_list_in_another_format_is_refused(client):
    problem(client.get("/queries", headers=CSV), 406)


# Pages


@pytest.mark.parametrize("address", ["/", "/queries?format=html"])
def test_page_has_a_form_for_every_query(client, address):
    page = Page(client.get(address).text)
    forms = {form["action"] for form in page.all("form")}
    assert forms == {f"/queries/{name}" for name in catalogue()} | {"/sparql"}
    names = {field.get("name") for field in page.all("input") + page.all("select")}
    assert names == {p.name for query in catalogue().values() for p in query.parameters} | {"format"}


def test_page_needs_no_script_and_nothing_from_elsewhere(client):
    response = client.get("/")
    page = Page(response.text)
    assert page.all("script") == []
    assert all(link["href"].startswith("/") for link in page.all("link") + page.all("a"))
    with client.get(page.all("link")[0]["href"]) as style:
        assert style.content_type.startswith("text/css")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_query_of_the_page_can_be_run(client):
    example = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get("/").text).group(1)
    assert len(client.get("/sparql", query_string={"query": example}, headers=CSV).data.splitlines()) == 10


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"


def test_texts_are_escaped_in_pages(client):
    asked = {"query": f"SELECT ({json.dumps(HOSTILE)} AS ?x) {{}}", "format": "html"}
    page = Page(client.get("/sparql", query_string=asked).text)
    assert page.all("script") == page.all("img") == []
    assert HOSTILE in page.text


def test_column_names_and_errors_do_not_carry_markup(client):
    response = client.get(f"/queries/{HOSTILE.replace('/', '')}", headers={"Accept": "text/html"})
    assert response.content_type in ("application/problem+json", "text/html; charset=utf-8")
    assert response.status_code == 404
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_answer_carries_the_headers_that_protect_a_reader(client):
    for address in ("/", "/queries", "/sparql", "/nothing"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers


# Snapshots


def count(store_path, documents):
    store = Store(str(store_path))
    for number in range(documents):
        store.update(f"INSERT DATA {{ GRAPH <http://e/g> {{ <http://e/{number}> a <http://e/D> }} }}")
    store.flush()
    return store_path


ALL = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}


def test_newly_published_snapshot_is_taken_up(tmp_path):
    current = tmp_path / "current"
    current.symlink_to(count(tmp_path / "1", 1))
    client = create_app(current).test_client()
    assert client.get("/sparql", query_string=ALL).data == b"n\r\n1\r\n"
    following = tmp_path / "current.new"
    following.symlink_to(count(tmp_path / "2", 5))
    os.replace(following, current)  # noqa: PTH105 - the flip as the dataset makes it
    assert client.get("/sparql", query_string=ALL).data == b"n\r\n5\r\n"


def test_snapshot_may_be_given_by_a_function(tmp_path):
    paths = [count(tmp_path / "1", 1), count(tmp_path / "2", 2)]
    client = create_app(lambda: paths[0]).test_client()
    assert client.get("/sparql", query_string=ALL).data == b"n\r\n1\r\n"
    paths.reverse()
    assert client.get("/sparql", query_string=ALL).data == b"n\r\n2\r\n"


def test_missing_snapshot_is_unavailable_and_says_what_to_do(tmp_path):
    client = create_app(tmp_path / "none").test_client()
    told = problem(client.get("/sparql", query_string=ALL), 503)
    assert told["input"] == str(tmp_path / "none")
    assert "kg build" in told["remedy"]
    assert client.get("/").status_code == 200


def test_folder_that_is_no_store_is_unavailable(tmp_path):
    (tmp_path / "CURRENT").write_text("nonsense")
    assert (
        "cannot be opened"
        in problem(create_app(tmp_path).test_client().get("/sparql", query_string=ALL), 503)["detail"]
    )


# The server


@pytest.fixture(scope="module")
def running(snapshot):
    """The address of a server in a thread of its own."""
    addresses, told = [], threading.Event()

    def announce(address):
        addresses.append(address)
        told.set()

    threading.Thread(target=serve, args=(snapshot, "127.0.0.1", 0), kwargs={"announce": announce}, daemon=True).start()
    assert told.wait(60)
    return addresses[0]


def asked(address, path):
    with urllib.request.urlopen(f"{address}{path}", timeout=60) as response:
        return response.status, response.headers["Content-Type"], response.read()


def test_server_answers_at_the_address_that_it_announces(running):
    assert asked(running, f"sparql?{urlencode({'query': COUNT, 'format': 'csv'})}") == (
        200,
        "text/csv; charset=utf-8",
        b"n\r\n3\r\n",
    )


def test_server_answers_many_at_once(running):
    answers, address = [], f"sparql?{urlencode({'query': COUNT, 'format': 'csv'})}"
    threads = [threading.Thread(target=lambda: answers.append(asked(running, address)[2])) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"n\r\n3\r\n"] * 16


def test_server_tells_failure_by_the_status(running):
    with pytest.raises(urllib.error.HTTPError) as caught:
        asked(running, "sparql?query=SELECT")
    assert caught.value.code == 400
    assert json.load(caught.value)["place"] == "line 1, column 7"


def test_address_in_use_is_told_with_the_remedy(snapshot):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            serve(snapshot, "127.0.0.1", port)
    assert caught.value.input == f"127.0.0.1:{port}"
    assert "port" in caught.value.remedy
