"""Whether an event happened: the model's word, corrected where the text plainly says otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from kg.records import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.document import Work
    from kg.language.reading import Found
    from kg.records import TimeSpan

MODALITIES: tuple[Modality, ...] = get_args(Modality)
_BACKGROUND = timedelta(days=16)


def modality_of(work: Work, triggers: Sequence[Found], time: TimeSpan | None) -> Modality:
    """The likeliest modality over an event's triggers; one long past by its own date is background."""
    sums: dict[Modality, float] = {}
    for trigger in triggers:
        shares = work.reading.modality[trigger]
        for name in MODALITIES:
            sums[name] = sums.get(name, 0.0) + shares[name]
    likeliest = max(sums, key=lambda name: sums[name])
    published = work.document.published
    ended = time.latest if time else None
    if likeliest == "actual" and published and ended and published - ended > _BACKGROUND:
        return "historical"
    return likeliest
