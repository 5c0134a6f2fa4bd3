"""Whether an event happened: the model's word, corrected where the text plainly says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kg.extraction.document import Work
from kg.language.reading import Found
from kg.records import Modality, TimeSpan

_BACKGROUND = timedelta(days=16)


def modality_of(work: Work, triggers: Sequence[Found], time: TimeSpan | None) -> Modality:
    """The likeliest modality over an event's triggers; one long past by its own date is background."""
    sums: dict[str, float] = {}
    for trigger in triggers:
        for name, share in work.reading.modality[trigger].items():
            sums[name] = sums.get(name, 0.0) + share
    likeliest: Modality = max(sums, key=lambda name: sums[name])  # type: ignore[assignment]
    published = work.document.published
    ended = time.latest if time else None
    if likeliest == "actual" and published and ended and published - ended > _BACKGROUND:
        return "historical"
    return likeliest
