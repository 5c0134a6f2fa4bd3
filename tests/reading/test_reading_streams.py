import gzip
import io
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from reading_helpers import REPORT, failure, read, read_one, told, written

from kg.errors import BinaryInput, EmptyInput, InputTooLarge, UnreadableInput
from kg.records import Document

PAGE = (
    "<!DOCTYPE html><html><head><title>Bus</title></head>"
    f"<body><article><p>{REPORT} {REPORT} {REPORT}</p></article></body></html>"
)
ANSWERS = {
    "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/page.html": (200, None, PAGE.encode()),
    "/plain": (200, "text/plain", REPORT.encode()),
    "/koi8": (200, "text/plain; charset=koi8-r", "Автобус обстреляли.".encode("koi8-r")),
    "/rows.jsonl": (200, "text/plain", b'{"text": "First."}\n{"text": "Second.", "url": "https://lina.example/2"}\n'),
    "/table": (200, "text/csv", b"text\nFirst.\n"),
    "/packed": (200, "text/plain", gzip.compress(REPORT.encode())),
    "/picture": (200, "image/jpeg", b"\xff\xd8\xff\xe0"),
    "/nothing": (200, "text/html", b""),
    "/caf%C3%A9": (200, "text/plain", REPORT.encode()),
    "/gone": (410, "text/html", b"gone"),
    "/broken": (200, "text/plain", None),
}


class Handler(BaseHTTPRequestHandler):
    agents: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        status, content_type, body = ANSWERS.get(self.path, (404, "text/html", b"not found"))
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(1000 if body is None else len(body)))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def given_to_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))


def test_a_page_is_fetched_and_its_address_is_its_id(site: str) -> None:
    address = f"{site}/page"
    text = f"{REPORT} {REPORT} {REPORT}"
    host = site.removeprefix("http://")
    assert read_one(address) == Document(address, text, address, "Bus", host, address)
    assert read_one(address, publisher="Lina Wire").publisher == "Lina Wire"
    assert Handler.agents[-1] == "conflict-kg (news reader; +https://w3id.org/conflict-kg/)"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/page.html", f"{REPORT} {REPORT} {REPORT}"),
        ("/plain", REPORT),
        ("/koi8", "Автобус обстреляли."),
        ("/table", "First."),
        ("/packed", REPORT),
        ("/café", REPORT),
    ],
)
def test_the_server_the_address_or_the_content_tells_the_format(site: str, path: str, text: str) -> None:
    assert read_one(site + path).text == text


def test_rows_that_are_fetched_keep_their_own_addresses(site: str) -> None:
    address = f"{site}/rows.jsonl"
    assert [(found.id, found.url) for found in read(address)] == [
        (f"{address}-1", None),
        (f"{address}-2", "https://lina.example/2"),
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "the server answered 404"),
        ("/gone", "the server answered 410"),
        ("/moved", "the server answered 302"),
        ("/broken", "the connection broke off"),
    ],
)
def test_a_failed_fetch_is_told_with_what_the_server_said(site: str, path: str, reason: str) -> None:
    error = failure(site + path)
    assert (type(error), error.input, error.reason) == (UnreadableInput, site + path, reason)


@pytest.mark.parametrize(("path", "error"), [("/picture", BinaryInput), ("/nothing", EmptyInput)])
def test_what_is_fetched_and_is_no_text_is_told(site: str, path: str, error: type) -> None:
    assert type(failure(site + path)) is error


def test_the_limit_holds_for_what_is_fetched(site: str) -> None:
    assert type(failure(f"{site}/page", max_bytes=10)) is InputTooLarge


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = failure(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert (type(error), error.remedy) == (
        UnreadableInput,
        "Check the address and the connection, or save the page and give the file",
    )
    assert "refused" in error.reason


def test_a_server_that_stays_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.reading.streams.FETCH_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = failure(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert (type(error), error.reason) == (UnreadableInput, "timed out")


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://host:port/", "http://a b/", "http://é..x/"])
def test_a_malformed_address_is_told(address: str) -> None:
    error = failure(address)
    assert (type(error), error.input) == (UnreadableInput, address)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (REPORT.encode(), [("stdin", REPORT)]),
        (b"---\nid: given\n---\nA report.", [("given", "A report.")]),
        (gzip.compress(REPORT.encode()), [("stdin", REPORT)]),
        (b'{"text": "One."}', [("stdin-1", "One.")]),
        (b'{"text": "One."}\n{"text": "Two."}\n', [("stdin-1", "One."), ("stdin-2", "Two.")]),
        (b' [\n {"id": "a", "text": "One."}]', [("a", "One.")]),
        (
            b"[Dorbala] A report that opens with a bracket.",
            [("stdin", "[Dorbala] A report that opens with a bracket.")],
        ),
        (PAGE.encode(), [("stdin", f"{REPORT} {REPORT} {REPORT}")]),
    ],
)
def test_standard_input_is_read_as_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, data: bytes, found: list[tuple[str, str]]
) -> None:
    given_to_stdin(monkeypatch, data)
    assert [(document.id, document.text) for document in read("-")] == found


def test_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    given_to_stdin(monkeypatch, REPORT.encode())
    read("-", "-")
    assert not sys.stdin.closed


def test_empty_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given_to_stdin(monkeypatch, b"")
    assert told(failure("-")) == (EmptyInput, "stdin", "")


def test_a_compressed_text_is_read_under_its_inner_name(tmp_path: Path) -> None:
    path = written(tmp_path / "bus.md.gz", f"---\ntitle: Bus\n---\n{REPORT}")
    assert read_one(path) == Document("bus", REPORT, str(path), "Bus")


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.txt.gz", b"a" * 5_000_000)
    assert path.stat().st_size < 10_000
    assert told(failure(path, max_bytes=100_000)) == (InputTooLarge, "bomb.txt.gz", "")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("damage", [lambda data: data[:-20], lambda data: data[:15] + b"\xff" * 20 + data[35:]])
def test_a_damaged_archive_is_told(tmp_path: Path, name: str, damage) -> None:
    path = written(tmp_path / name, '{"text": "' + "".join(map(str, range(5000))) + '"}\n')
    path.write_bytes(damage(path.read_bytes()))
    assert str(failure(path)) == f"{path}: the gzip data is damaged. Compress or fetch it again"


def test_an_archive_damaged_at_its_end_keeps_the_rows_before(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    row = b'{"text": "A row."}\n'
    path.write_bytes(gzip.compress(row * 3)[:-4])
    outcomes = read(path)
    assert [type(outcome) for outcome in outcomes] == [Document, Document, Document, UnreadableInput]
