"""What is wrong with a query that cannot be parsed, in words that a person understands."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from kg.errors import QueryError
from ontology import PREFIXES
from queries.sparql_text import blanked, prefixes
from server.guard import disarmed, rearmed

_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_REASONS = tomllib.loads(files("server").joinpath("syntax.toml").read_text("utf8"))["reason"]
_UPDATES = "INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH"
_UPDATE = re.compile(rf"(?:\s*PREFIX\s[^>]*>)*\s*(?:{_UPDATES})\b", re.IGNORECASE)
_LONGEST_KEYWORD = 16
_UNKNOWN = "<unreported>"
_PREFIXED_NAME = re.compile(r"(?<![\w:?$@])(?P<prefix>[A-Za-z][\w-]*):(?=[\w:])")


def padded(text: str) -> str:
    """The query with room behind it, so that the engine finds no keyword too long for what is left."""
    return f"{text}\n{' ' * _LONGEST_KEYWORD}"


def syntax_error(sparql: str, message: str) -> QueryError:
    """The engine's message as an error with line, column (from 1, in characters) and reason.

    `sparql` is the query as the user wrote it; the message is about its disarmed and padded form.
    """
    match = _PLACE.fullmatch(message)
    if match is None:
        return QueryError(message, input="the query")
    text = disarmed(sparql)
    told_at = _offset(text, int(match[1]), int(match[2]))
    begin, reason, remedy = _explained(text, told_at, match[3])
    return QueryError(reason, input="the query", place=_place(rearmed(text[:begin])), remedy=remedy)


def _explained(text: str, told_at: int, expected: str) -> tuple[int, str, str]:
    """Where the mistake begins, what it is and what to do."""
    begin = min(max(0, told_at - _overshoot(expected)), len(text))
    if _UPDATE.match(text):
        return begin, "this is an update, and the endpoint only answers queries", "Use SELECT, ASK or CONSTRUCT"
    if undeclared := _undeclared(text):
        told = f"the prefix {undeclared['prefix']}: is not declared"
        return undeclared.start(), told, f"Add a line PREFIX {undeclared['prefix']}: <namespace> at the top"
    for reason in _REASONS:
        if re.search(reason["pattern"], expected):
            token = re.search(reason["token"], text[:told_at])
            return token.start() if token else told_at, reason["told"], reason["remedy"]
    if expected == _UNKNOWN:
        return begin, "shortly before this place the query is no SPARQL", "Look at the words before that place"
    rest = rearmed(text[begin:]).strip()
    if not rest:
        return begin, "the query ends too early", "Look for a bracket or quotation mark that is not closed"
    return begin, f"this is not SPARQL from {rest[:30]!r} on", "Look at the words at that place and just before it"


def _undeclared(text: str) -> re.Match[str] | None:
    """The first prefixed name whose prefix neither the query nor we declare."""
    declared = prefixes(text).keys() | PREFIXES.keys()
    names = _PREFIXED_NAME.finditer(re.sub(r"<[^<>\s]*>", lambda iri: " " * len(iri[0]), blanked(text)))
    return next((name for name in names if name["prefix"] not in declared), None)


def _overshoot(expected: str) -> int:
    """How far behind the mistake the engine's place is.

    To find a keyword it takes as many characters as that has, and names the place behind them.
    """
    return min(len(item) if re.fullmatch("[A-Z_]+", item) else 0 for item in expected.split(", "))


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1


def _place(before: str) -> str:
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"
