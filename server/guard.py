r"""No query reaches the network: the keyword SERVICE never gets to the query engine.

pyoxigraph follows SERVICE and has no switch for it. Since it reads a `\uXXXX` escape inside strings and IRIs and
nowhere else (a test holds it to that), writing the `e` of every `service` as an escape leaves texts and IRIs what they
are and turns each use as a keyword, however it is spaced or capitalised, into a syntax error.
"""

from __future__ import annotations

import re

from kg.errors import Refused
from queries.sparql_text import blanked

_WORD = re.compile("s(e)rvice", re.IGNORECASE)
_ESCAPED = re.compile(r"(s)\\u00([46])5(rvice)", re.IGNORECASE)


def disarmed(sparql: str) -> str:
    """The same query without the word SERVICE in it."""
    return _WORD.sub(lambda word: f"{word[0][0]}\\u{ord(word[1]):04X}{word[0][2:]}", sparql)


def rearmed(sparql: str) -> str:
    """What `disarmed` was given; used to tell places in the text as the user wrote it."""
    return _ESCAPED.sub(lambda word: f"{word[1]}{chr(int(word[2]) * 16 + 5)}{word[3]}", sparql)


def names_service(sparql: str) -> bool:
    """Whether the word stands outside of strings, comments and IRIs; good for a message, not for safety."""
    return "service" in re.sub(r"<[^<>\s]*>", "", blanked(sparql)).lower()


def refusal() -> Refused:
    """The error that says why such a query is not run."""
    return Refused(
        "queries to other endpoints (SERVICE) are not run: this one never opens a network connection",
        input="the query",
        remedy="Ask the other endpoint yourself; if `service` is a part of a variable or a prefixed name, rename it",
    )
