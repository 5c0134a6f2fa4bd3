"""How to read: what the user may set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.reading.dates import today_anywhere
from kg.reading.settings import FIELDS, MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class ReadOptions:
    """Defaults for what a document does not say itself, names of columns, and limits.

    `published` and `publisher` stand in where a document gives none. `fields` maps a field of ours (id,
    text, title, date, publisher, url) to the column or key that holds it. `max_bytes` limits an input after
    decompression (a line, of JSON Lines). A date after `today` is refused. Raises UsageError for a field
    that is not known.
    """

    published: date | None = None
    publisher: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = MAX_BYTES
    allow_urls: bool = True
    today: date = field(default_factory=today_anywhere)

    def __post_init__(self) -> None:
        for name in self.fields:
            if name not in FIELDS:
                raise UsageError(f"there is no field {name!r}", input="--fields", remedy=_known_fields())


def parse_fields(written: str) -> dict[str, str]:
    """The mapping in "text=body,date=published".

    Raises UsageError for a part that is not FIELD=COLUMN, and for a field that is unknown or given twice.
    """
    fields: dict[str, str] = {}
    for part in written.split(","):
        name, _, column = (side.strip() for side in part.partition("="))
        if not name or not column:
            raise UsageError(f"{part.strip()!r} is not FIELD=COLUMN", input="--fields", remedy=_known_fields())
        if name in fields:
            raise UsageError(f"the field {name!r} is given twice", input="--fields", remedy="Give it once")
        fields[name] = column
    return dict(ReadOptions(fields=fields).fields)


def _known_fields() -> str:
    return f"Known fields: {', '.join(FIELDS)}"
