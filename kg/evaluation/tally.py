"""Counts of right, found and wanted answers by measure, and their precision, recall and F1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: counts of `correct` answers, of all `found` and of all in `gold`; shares from 0 to 1."""

    measure: str
    correct: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.correct / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; the accuracy where as many were found as asked."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if self.correct else 0.0


@dataclass
class Tally:
    """Counts of each measure, in the order in which the measures were first met."""

    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, measure: str, correct: int, found: int, gold: int) -> None:
        """Add counts to a measure."""
        before = self.counts.get(measure, (0, 0, 0))
        self.counts[measure] = (before[0] + correct, before[1] + found, before[2] + gold)

    def judge(self, measure: str, right: bool) -> None:
        """Add one answer that is right or wrong."""
        self.add(measure, int(right), 1, 1)

    def rows(self) -> list[Row]:
        """One row for each measure."""
        return [Row(measure, *counts) for measure, counts in self.counts.items()]


def as_json(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and the number of gold answers by measure."""
    return {row.measure: {"p": row.precision, "r": row.recall, "f1": row.f1, "n": row.gold} for row in rows}


def as_table(rows: Iterable[Row]) -> list[str]:
    """Lines of a table with a head."""
    head = f"{'measure':<24}{'P':>8}{'R':>8}{'F1':>8}{'correct':>9}{'found':>8}{'gold':>8}"
    return [head, *(_line(row) for row in rows)]


def _line(row: Row) -> str:
    shares = f"{row.precision:>8.3f}{row.recall:>8.3f}{row.f1:>8.3f}"
    return f"{row.measure:<24}{shares}{row.correct:>9}{row.found:>8}{row.gold:>8}"
