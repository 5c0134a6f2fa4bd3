"""One change of the store, applied in one transaction: graphs dropped, statements taken away, quads added.

Oxigraph's `extend`, `bulk_extend` and `update` are each one transaction: all of it is done or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclass(frozen=True, slots=True)
class Change:
    """Graphs to drop (IRIs), statements to take away (N-Quads) and quads to add, in this order."""

    dropped: Collection[str] = ()
    removed: Collection[str] = ()
    added: Sequence[Quad] = ()

    @property
    def only_adds(self) -> bool:
        """Whether nothing is taken away."""
        return not self.dropped and not self.removed


def apply(store: Store, change: Change, *, bulk: bool) -> None:
    """Make the change in one transaction; `bulk` writes new files past the log, for a first build."""
    if not change.only_adds:
        store.update(_update(change))
    elif bulk:
        store.bulk_extend(change.added)
    else:
        store.extend(change.added)


def statement(quad: Quad) -> str:
    """The quad as one N-Quads line, without the full stop."""
    return str(quad)


def digest(quads: Collection[Quad]) -> str:
    """A hash of a set of quads without blank nodes, whatever their order."""
    return sha256("\n".join(sorted({statement(quad) for quad in quads})).encode("utf8")).hexdigest()


def graph_quads(store: Store, graph: str) -> list[Quad]:
    """The quads of one named graph."""
    return list(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _update(change: Change) -> str:
    # N-Quads terms, as pyoxigraph prints them, are SPARQL terms too: no text can end its own literal.
    drops = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in sorted(change.dropped)]
    removed = "\n".join(_in_graph(line) for line in sorted(change.removed))
    added = "\n".join(_in_graph(statement(quad)) for quad in change.added)
    return ";\n".join([*drops, f"DELETE DATA {{\n{removed}\n}}", f"INSERT DATA {{\n{added}\n}}"])


def _in_graph(line: str) -> str:
    triple, _, graph = line.rpartition(" ")
    return f"GRAPH {graph} {{ {triple} }}"
