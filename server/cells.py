"""RDF terms as a person reads them in a table."""

from __future__ import annotations

import unicodedata

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, Triple

from ontology import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple

# Control characters, lone surrogates, private use
_UNSAFE = frozenset({"Cc", "Cs", "Co"})
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(term: Term | None) -> str:
    """A term without its markup: a literal's text, an IRI shortened by the usual prefixes, nothing for unbound.

    Characters that move a terminal's cursor or turn the direction of writing become spaces.
    """
    if term is None:
        return ""
    if isinstance(term, Literal):
        return harmless(term.value)
    return harmless(shortened(term.value) if isinstance(term, NamedNode) else str(term))


def shortened(iri: str) -> str:
    """The IRI as a prefixed name where one of the usual prefixes fits and the rest is a plain name."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.isidentifier():
            return f"{prefix}:{local}"
    return iri


def harmless(text: str) -> str:
    """The text with control characters and changes of writing direction replaced by spaces."""
    return "".join(" " if _is_unsafe(character) else character for character in text)


def _is_unsafe(character: str) -> bool:
    return character in _DIRECTIONS or unicodedata.category(character) in _UNSAFE


def row_cells(solution: QuerySolution) -> list[str]:
    """The cells of one row."""
    return [shown(term) for term in solution]
