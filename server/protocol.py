"""A request of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) to the query that it asks.

Pure: it takes what an HTTP server knows of a request and returns a record or raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.errors import Refused, UnsupportedMediaType, UsageError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class QueryRequest:
    """A query and the dataset that the protocol asks for; `format` is the name of a format, if one is named."""

    sparql: str
    default_graphs: tuple[NamedNode, ...] = ()
    named_graphs: tuple[NamedNode, ...] = ()
    format: str | None = None


def read_request(method: str, query_string: bytes, content_type: str | None = None, body: bytes = b"") -> QueryRequest:
    """Read a GET, a POST of a form or a POST of a query.

    Raises UsageError for a request that is not of the protocol, UnsupportedMediaType for another body, Refused for an
    update.
    """
    in_address = read_pairs(query_string)
    pairs = in_address + (_read_body(content_type, body) if method == "POST" else [])
    if any(name == "update" for name, _ in pairs):
        raise refused_update()
    return QueryRequest(
        sparql=_only(pairs, "query"),
        default_graphs=_graphs(pairs, "default-graph-uri"),
        named_graphs=_graphs(pairs, "named-graph-uri"),
        format=last(pairs, "format"),
    )


def read_pairs(encoded: bytes) -> Pairs:
    """The names and values of a query string or form; raises UsageError where they are not UTF-8."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise UsageError("the parameters are not percent-encoded UTF-8", input="the request") from error


def last(pairs: Pairs, name: str) -> str | None:
    """The last value given for a name."""
    return next((value for key, value in reversed(pairs) if key == name), None)


def refused_update() -> Refused:
    """The error that says that nothing is written here."""
    return Refused("the endpoint is read-only", input="update", remedy="Use `kg build` and `kg remove`")


def _read_body(content_type: str | None, body: bytes) -> Pairs:
    media_type, charset = _media_type(content_type)
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"the body is in {charset}", input="the request", remedy="Send it as UTF-8")
    if media_type == UPDATE:
        raise refused_update()
    if media_type == FORM:
        return read_pairs(body)
    if media_type == QUERY:
        return [("query", _decoded(body))]
    raise UnsupportedMediaType(
        f"a body of type {media_type or 'unknown'} is not read", input="the request", remedy=f"Send {QUERY} or {FORM}"
    )


def _media_type(content_type: str | None) -> tuple[str, str]:
    if not content_type:
        return "", "utf-8"
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_type(), str(message.get_content_charset("utf-8")).lower()


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf8")
    except UnicodeDecodeError as error:
        raise UsageError(
            "the query is not UTF-8", input="the request", place=f"byte {error.start}", remedy="Send it as UTF-8"
        ) from error


def _only(pairs: Pairs, name: str) -> str:
    values = [value for key, value in pairs if key == name]
    if len(values) != 1:
        raise UsageError(f"there must be one {name}, and there are {len(values)}", input="the request")
    return values[0]


def _graphs(pairs: Pairs, name: str) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(value) for key, value in pairs if key == name)
    except ValueError as error:
        raise UsageError(str(error), input=name, remedy="Give the IRI of a graph") from error
