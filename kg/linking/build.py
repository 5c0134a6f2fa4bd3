"""The command that builds the shipped authority: `python -m kg.linking.build ../shared/linking`."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.linking.authority import SHIPPED
from kg.linking.building import build_authority


def main(arguments: list[str]) -> None:
    """Builds from the folder given first into the package, or to the path given second."""
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parent / "data" / SHIPPED
    count = build_authority(Path(arguments[0]), out)
    sys.stdout.write(f"{count} items, {out.stat().st_size / 1e6:.1f} MB: {out}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
