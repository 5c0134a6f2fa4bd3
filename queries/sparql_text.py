"""The text of a SPARQL query with what is not syntax blanked out, so that words in it can be found safely."""

from __future__ import annotations

import re

_IRI = r"<[^<>\"{}|^`\\\s]*>"
_LONG_STRING = r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
_STRING = r'"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'"
_COMMENT = r"\#[^\n\r]*"
_TOKEN = re.compile(f"(?P<iri>{_IRI})|(?P<blank>{_LONG_STRING}|{_STRING}|{_COMMENT})", re.DOTALL)
_PREFIX = re.compile(r"\bPREFIX\s+([A-Za-z][\w.-]*)?:\s*<([^>]*)>", re.IGNORECASE)


def blanked(sparql: str) -> str:
    """The query with strings and comments replaced by as many spaces, IRIs kept; offsets stay true."""
    return _TOKEN.sub(lambda token: token[0] if token["iri"] else re.sub(r"[^\n]", " ", token[0]), sparql)


def prefixes(sparql: str) -> dict[str, str]:
    """The prefixes that the query declares, name to namespace."""
    return dict(_PREFIX.findall(blanked(sparql)))
