"""The scoreboard of extraction: predictions against gold readings, document by document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.reading import NOTHING, check_offsets, read_records
from kg.evaluation.scoring import Scoring
from kg.evaluation.tally import Row, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import Json


@dataclass(frozen=True)
class Scoreboard:
    """Measures over all documents; `errors` by document; `missing` are gold documents without a prediction."""

    rows: tuple[Row, ...]
    errors: dict[str, list[str]]
    missing: tuple[str, ...]


def scoreboard(gold: Path, predicted: Path | Mapping[str, Json]) -> Scoreboard:
    """Scores of predictions against gold.

    `gold` and, as a path, `predicted` are a folder of JSON files or a JSON Lines file in the shape of the extraction
    contract; as a mapping, `predicted` gives the records by document id. A document without a prediction scores as
    one in which nothing was found. Raises what `read_records` raises, and EvidenceError where the words of a
    prediction do not stand at its offsets in the gold text.
    """
    wanted = read_records(gold)
    found = read_records(predicted) if isinstance(predicted, Path) else predicted
    tally = Tally()
    errors = {}
    for name in sorted(wanted):
        prediction = found.get(name, NOTHING)
        check_offsets(wanted[name]["text"], name, prediction)
        scoring = Scoring(wanted[name], prediction, tally)
        scoring.score()
        errors[name] = scoring.errors
    return Scoreboard(tuple(tally.rows()), errors, tuple(sorted(wanted.keys() - found.keys())))
