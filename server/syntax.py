"""What is wrong with a query that cannot be parsed, in words that a person understands."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from kg.errors import QueryError
from server.guard import disarmed, rearmed

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_REASONS = tomllib.loads(files(__package__ or "server").joinpath("syntax.toml").read_text("utf8"))["reason"]
_UPDATE = re.compile(
    r"(?:\s*PREFIX\s[^>]*>)*\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)


def syntax_error(sparql: str, message: str) -> QueryError:
    """The engine's message as an error with line, column (from 1, in characters) and reason.

    `sparql` is the query as the user wrote it; the message is about its disarmed form.
    """
    match = _PLACE.fullmatch(message)
    if match is None:
        return QueryError(message, input="the query")
    line, column = int(match[1]), int(match[2])
    text = _line(disarmed(sparql), line)
    before, rest = rearmed(text[: column - 1]), rearmed(text[column - 1 :])
    reason, remedy = _reason(sparql, match[3], rest)
    return QueryError(reason, input="the query", place=f"line {line}, column {len(before) + 1}", remedy=remedy)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _reason(sparql: str, message: str, rest: str) -> tuple[str, str]:
    if _UPDATE.match(sparql):
        return "this is an update, and the endpoint only answers queries", "Use SELECT, ASK, CONSTRUCT or DESCRIBE"
    for reason in _REASONS:
        if re.search(reason["pattern"], message):
            return reason["told"], reason["remedy"]
    if rest.strip():
        return f"this is not SPARQL from {rest.strip()[:30]!r} on", "Look at the words just before that place"
    return "the query or the line ends too early", "Look for a bracket or quotation mark that is not closed"
