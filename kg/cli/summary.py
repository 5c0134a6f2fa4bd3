"""What a build did, in lines to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.cli.console import harmless_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.pipeline import Summary


def summary_lines(summary: Summary, path: Path, snapshot: int) -> Iterator[str]:
    """The lines of a build's summary."""
    by_fate = {name: getattr(summary, name) for name in ("new", "replaced", "unchanged", "failed")}
    yield f"{'documents':<18}{_joined(by_fate)}"
    yield f"{'entities':<18}{summary.entities:,}, of them {summary.linked_entities:,} linked to Wikidata"
    yield f"{'events':<18}{summary.events:,}"
    yield f"{'claims':<18}{summary.claims:,}"
    yield f"{'casualty figures':<18}{summary.casualty_figures:,}"
    yield f"{'triples':<18}{summary.triples:,}"
    yield f"{'documents/s':<18}{summary.documents_per_second:.1f}"
    yield f"{'evidence coverage':<18}{percent(summary.coverage)}"
    yield f"{'dataset':<18}{harmless_lines(str(path))}, snapshot {snapshot}"


def percent(share: float) -> str:
    """A share as per cent, rounded down, so that only all is 100 %."""
    return f"{math.floor(share * 10_000) / 100:g} %"


def _joined(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
