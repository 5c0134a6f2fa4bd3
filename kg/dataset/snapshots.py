"""Published snapshots: whole copies of the store by hard links, numbered, with a link that is flipped.

A reader of an old snapshot finishes on it; it is deleted only after `KEPT` newer ones have been published.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.dataset.folder import Folder

KEPT = 3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published state of the dataset: its number, which is the ETag, and the store's folder."""

    number: int
    path: Path


def current(folder: Folder) -> Snapshot | None:
    """The snapshot that new readers get; None before the first is published."""
    try:
        target = folder.current.readlink()
    except FileNotFoundError:
        return None
    return Snapshot(int(target.name), folder.path / target)


def publish(folder: Folder, store: Store) -> Snapshot:
    """Copy the store into the next snapshot and point `current` at it, in one step for a reader."""
    folder.snapshots.mkdir(exist_ok=True)
    _delete_unfinished(folder)
    number = max(_numbers(folder), default=0) + 1
    made = folder.snapshots / f"{number:06d}"
    draft = made.with_suffix(".new")
    store.flush()
    store.backup(draft)
    draft.rename(made)
    _point_at(folder, made)
    return Snapshot(number, made)


def kept(folder: Folder) -> list[Snapshot]:
    """All snapshots on the disk, oldest first."""
    return [Snapshot(number, folder.snapshots / f"{number:06d}") for number in sorted(_numbers(folder))]


def delete_old(folder: Folder) -> None:
    """Delete all but the newest `KEPT` snapshots."""
    for snapshot in kept(folder)[:-KEPT]:
        shutil.rmtree(snapshot.path)


def _point_at(folder: Folder, made: Path) -> None:
    draft = folder.current.with_name("current.new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(made, folder.path), target_is_directory=True)
    draft.replace(folder.current)


def _numbers(folder: Folder) -> list[int]:
    if not folder.snapshots.is_dir():
        return []
    return [int(entry.name) for entry in folder.snapshots.iterdir() if entry.name.isdecimal()]


def _delete_unfinished(folder: Folder) -> None:
    for entry in folder.snapshots.glob("*.new"):
        shutil.rmtree(entry)
