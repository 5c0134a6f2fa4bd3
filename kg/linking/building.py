"""Builds the authority of names from the facts that may ship."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.linking.borrowed import without_borrowed_names
from kg.linking.extents import with_extents
from kg.linking.sources import EXTRA, NO_ID, SLICE, items, read_raw
from kg.linking.writing import write_authority

if TYPE_CHECKING:
    from pathlib import Path


def build_authority(sources: Path, out: Path) -> int:
    """Writes the authority of the facts in `sources` to `out`; gives the number of items.

    Nothing of the place or the time of the building goes into the file. Raises `UnreadableInput` and
    `MissingField` as reading the facts does.
    """
    digests = {f"sha256 {name}": hashlib.sha256(read_raw(sources / name)).hexdigest() for name in (SLICE, EXTRA, NO_ID)}
    return write_authority(with_extents(without_borrowed_names(items(sources))), out, digests)
