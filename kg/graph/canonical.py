"""Quads in the one byte sequence that stands for them: RDF Dataset Canonicalization (RDFC-1.0), N-Quads in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad


def canonical(quads: Iterable[Quad]) -> bytes:
    """The canonical N-Quads of a set of quads, as UTF-8, lines in code-point order (RDFC-1.0, section 4.4)."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = serialize(dataset, format=RdfFormat.N_QUADS)
    assert lines is not None
    return b"".join(sorted(lines.splitlines(keepends=True)))
