"""The dataset's folder: where its parts lie, the format file, and failures of the disk told as ours."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DatasetError, DatasetMissing, DatasetVersion, DiskFull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1
NO_ROOM = tuple(os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
REBUILD = "Delete the folder, or choose another with --dataset, and build again"
FORBIDDEN_REMEDY = "Check that you may write there, or choose another folder with --dataset"


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of a dataset; nothing is read or written here."""

    path: Path

    @property
    def format_file(self) -> Path:
        """Says that this is a dataset and of which format; written last, so it stands only in a whole folder."""
        return self.path / "dataset.json"

    @property
    def unfinished(self) -> Path:
        """What a kill while the folder was made leaves of the format file."""
        return self.path / "dataset.json.new"

    @property
    def store(self) -> Path:
        """The Oxigraph store that the one writer changes."""
        return self.path / "store"

    @property
    def records(self) -> Path:
        """The SQLite file with each document's extraction."""
        return self.path / "records.sqlite"

    @property
    def lock(self) -> Path:
        """Locked by the one writer; holds its process id."""
        return self.path / "lock"

    @property
    def unpublished(self) -> Path:
        """Stands while the store holds a change that no snapshot has."""
        return self.path / "unpublished"

    @property
    def snapshots(self) -> Path:
        """The folder of the published snapshots, one folder each, named by their number."""
        return self.path / "snapshots"

    @property
    def current(self) -> Path:
        """A symbolic link to the snapshot that new readers open."""
        return self.path / "current"


@dataclass(frozen=True, slots=True)
class Format:
    """What the format file says: the base IRI under which the dataset's documents are named."""

    base: str


def write_format(folder: Folder, made: Format) -> None:
    """Make the folder a dataset."""
    write_whole(folder.format_file, json.dumps({"format": FORMAT, "base": made.base}) + "\n")


def read_format(folder: Folder) -> Format:
    """The folder's format; DatasetMissing where there is none, DatasetVersion where it is not ours."""
    name = str(folder.path)
    try:
        told = json.loads(folder.format_file.read_text("utf8"))
        number, base = told["format"], told["base"]
    except (FileNotFoundError, NotADirectoryError) as error:
        remedy = "Make one with kg build, or name another with --dataset"
        raise DatasetMissing("there is no dataset here", input=name, remedy=remedy) from error
    except (ValueError, TypeError, KeyError, OSError) as error:
        place = folder.format_file.name
        raise DatasetError("the format file cannot be read", input=name, place=place, remedy=REBUILD) from error
    if number != FORMAT:
        reason = f"the dataset has format {number}, this version of kg reads format {FORMAT}"
        raise DatasetVersion(reason, input=name, remedy=REBUILD)
    return Format(base)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is never seen half-written, whatever is killed when."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("w", encoding="utf8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


@contextmanager
def told_by(folder: Folder) -> Iterator[None]:
    """Turn a failure of the disk, of SQLite or of Oxigraph into DiskFull or DatasetError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        name = str(folder.path)
        if _lacks_room(error):
            remedy = "Make room and run the same command again: what was finished is kept"
            raise DiskFull("there is no room left on the disk", input=name, remedy=remedy) from error
        remedy = FORBIDDEN_REMEDY if isinstance(error, PermissionError) else REBUILD
        raise DatasetError(f"the dataset cannot be used ({error})", input=name, remedy=remedy) from error


def _lacks_room(error: OSError | sqlite3.Error) -> bool:
    # Oxigraph raises a bare OSError that has the system's words but no errno.
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or any(words in str(error) for words in NO_ROOM)
