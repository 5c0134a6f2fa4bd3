"""Which files and addresses the sources of a run name, in a fixed order."""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import EmptyInput, InputError, UnreadableInput
from kg.reading.settings import ENDINGS
from kg.reading.streams import STDIN, Input, named_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.reading.options import ReadOptions

_ADDRESS = re.compile(r"(?i)([a-z][a-z0-9+.-]+)://")
_FETCHED = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be read, an error in the place of each source that names nothing, and what was passed over.

    `left_out` are the files of folders whose endings name no format that we read.
    """

    inputs: tuple[Input | InputError, ...]
    left_out: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _LeftOut:
    path: Path


def select(sources: Sequence[str], options: ReadOptions) -> Selection:
    """The inputs that files, folders, globs, `-` and http(s) addresses name, each once.

    Folders are read with all below them, sorted, but for hidden files and files of unknown endings. Files
    and matches of a glob are taken whatever their ending is. Nothing is opened or fetched.
    """
    left_out: set[Path] = set()
    inputs: dict[object, Input | InputError] = {}
    for source in sources:
        for item in _named_by(source, options):
            if isinstance(item, _LeftOut):
                left_out.add(item.path)
            else:
                inputs.setdefault(_identity(item), item)
    return Selection(tuple(inputs.values()), tuple(sorted(left_out)))


def _identity(item: Input | InputError) -> object:
    if isinstance(item, InputError):
        return item
    return os.path.realpath(item.path) if item.path else item.name


def _named_by(source: str, options: ReadOptions) -> Iterator[Input | InputError | _LeftOut]:
    scheme = _ADDRESS.match(source)
    if source == STDIN:
        yield Input(STDIN)
    elif scheme:
        yield _address(source, scheme[1].lower(), options)
    elif os.path.lexists(source):
        yield from _file_or_folder(Path(source))
    else:
        yield from _matches(source)


def _address(source: str, scheme: str, options: ReadOptions) -> Input | InputError:
    if scheme not in _FETCHED:
        remedy = "Give an http or https address, or save the page and give the file"
        return UnreadableInput(f"{scheme} addresses are not fetched", input=source, remedy=remedy)
    if not options.allow_urls:
        remedy = "Save the page and give the file"
        return UnreadableInput("fetching is switched off for this run", input=source, remedy=remedy)
    return Input(source)


def _matches(pattern: str) -> Iterator[Input | InputError | _LeftOut]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        remedy = "Check the spelling and the folder that you are in"
        yield UnreadableInput("there is no such file or folder", input=pattern, remedy=remedy)
    for match in matches:
        yield from _file_or_folder(Path(match))


def _file_or_folder(path: Path) -> Iterator[Input | InputError | _LeftOut]:
    if path.is_dir():
        yield from _folder(path)
    else:
        yield _file(path)


def _folder(folder: Path) -> Iterator[Input | InputError | _LeftOut]:
    errors: list[OSError] = []
    files = sorted(_files_below(folder, errors))
    yield from (_unlisted(error) for error in errors)
    readable = [path for path in files if named_format(path.name)]
    if not readable and not errors:
        remedy = f"Files that are read end in {', '.join(ENDINGS)}, each with .gz too"
        yield EmptyInput("there is nothing to read in the folder", input=_shown(folder), remedy=remedy)
    yield from (_file(path) for path in readable)
    yield from (_LeftOut(path) for path in files if not named_format(path.name))


def _files_below(folder: Path, errors: list[OSError]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = _visible(folders)
        paths = (Path(parent, name) for name in _visible(names))
        yield from (path for path in paths if path.is_file() or not path.exists())


def _visible(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.startswith(".")]


def _unlisted(error: OSError) -> UnreadableInput:
    remedy = "Check that you may list the folder"
    return UnreadableInput(f"{error.strerror}".lower(), input=_shown(Path(error.filename)), remedy=remedy)


def _file(path: Path) -> Input:
    return Input(_shown(path), path)


def _shown(path: Path) -> str:
    """The path as text that can be written anywhere: bytes of a name that are no UTF-8 as escapes."""
    return os.fsencode(path).decode("utf8", "backslashreplace")
