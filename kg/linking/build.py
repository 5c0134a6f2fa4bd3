"""Builds the shipped authority from its sources: `python -m kg.linking.build ../shared/linking`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from kg.linking.authority import SHIPPED
from kg.linking.sources import EXTRA, SLICE, items
from kg.linking.writing import write_authority


def build_authority(sources: Path, out: Path) -> int:
    """Writes the authority of the facts in `sources` to `out`; gives the number of items.

    Nothing of the place or the time of the building goes into the file.
    """
    digests = {f"sha256 {name}": hashlib.sha256((sources / name).read_bytes()).hexdigest() for name in (SLICE, EXTRA)}
    return write_authority(items(sources), out, digests)


def main(arguments: list[str]) -> None:
    """Builds into the package, or to the path given second."""
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parent / "data" / SHIPPED
    count = build_authority(Path(arguments[0]), out)
    sys.stdout.write(f"{count} items, {out.stat().st_size / 1e6:.1f} MB: {out}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
