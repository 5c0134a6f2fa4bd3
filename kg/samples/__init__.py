"""Short reports that ship with the package: what `kg demo` builds its graph from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_NO_REPORT = "README.md"


def paths() -> list[Path]:
    """The files of the sample reports, sorted by name."""
    folder = Path(str(files(__name__)))
    return sorted(path for path in folder.glob("*.md") if path.name != _NO_REPORT)
