"""The web application over one published snapshot, and the server that runs it."""

from __future__ import annotations

import logging
import sys
from socket import AF_INET, AF_INET6
from socket import create_server as create_listener
from typing import TYPE_CHECKING

from flask import Flask, Response
from waitress import create_server

from kg.errors import UsageError
from server import saved, sparql
from server.errors import answer_errors
from server.snapshot import PublishedStore, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket

DEFAULT_BASE = "https://w3id.org/conflict-kg/"
MAX_REQUEST_BYTES = 1_000_000

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(snapshot: Source, *, base_iri: str = DEFAULT_BASE) -> Flask:
    """The application that answers from `snapshot`, the folder of a published store or a function that returns it.

    The snapshot is looked up at each request, so that a newly published one is taken up. `base_iri` resolves relative
    IRIs of queries; it is never derived from a request. Nothing is opened before the first request.
    """
    app = Flask(__name__)
    app.config.update(BASE_IRI=base_iri, MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["published"] = PublishedStore(snapshot)
    app.register_blueprint(sparql.blueprint)
    app.register_blueprint(saved.blueprint)
    app.after_request(_with_headers)
    answer_errors(app)
    return app


def serve(
    snapshot: Source,
    host: str = "127.0.0.1",
    port: int = 7878,
    *,
    base_iri: str = DEFAULT_BASE,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the snapshot until interrupted; `announce` is called with the address once it can be asked.

    Port 0 takes any free one. Raises UsageError where the address cannot be bound.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with _listening(host, port) as listener:
        server = create_server(create_app(snapshot, base_iri=base_iri), sockets=[listener], threads=4, ident=None)
        (announce or _print_address)(f"http://{server.effective_host}:{server.effective_port}/")
        server.run()


def _listening(host: str, port: int) -> socket:
    """A socket that listens; bound here and not by waitress, which leaves it open where binding fails."""
    try:
        return create_listener((host, port), family=AF_INET6 if ":" in host else AF_INET)
    except OSError as error:
        reason, place = error.strerror or str(error), f"{host}:{port}"
        raise UsageError(
            f"the address cannot be used: {reason}", input=place, remedy="Give another host or port"
        ) from error


def _print_address(address: str) -> None:
    sys.stderr.write(f"Serving on {address}\n")


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
