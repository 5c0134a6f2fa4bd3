"""A dataset: a folder with a store, the records it was made from, and the snapshots that readers open.

What a document is in the dataset by is its named graph in the store, and every change of the store is one
transaction that takes graph, links and catalogue together. A record is written before that transaction
and an old one deleted after it, so whatever is killed when, a document is in the dataset entirely or not at
all. Readers open published snapshots only, which are never changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pyoxigraph import NamedNode, Quad, Store

from kg.dataset import snapshots
from kg.dataset.changes import Change, apply, digest, graph_quads, statement
from kg.dataset.folder import REBUILD, Folder, Format, read_format, told_by, write_format
from kg.dataset.lock import Lock
from kg.dataset.records import Draft, Records, Row
from kg.errors import DatasetError, DatasetMissing, DatasetVersion, NotInDataset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from types import TracebackType

    from kg.dataset.snapshots import Snapshot
    from kg.records import Document, Extraction

Mode = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document to be put: its extraction, all quads made of it, and what made them.

    Exactly one graph of the quads is the document's own: the one under `BASE version/`. Statements in other
    graphs may be given by several documents. `configuration` names tool, model and settings.
    """

    extraction: Extraction
    quads: Sequence[Quad]
    configuration: str = ""


class Dataset:
    """A dataset opened for reading (its current snapshot) or for writing (one process at a time)."""

    def __init__(self, folder: Folder, mode: Mode) -> None:
        """Open what is there; use `create`, `open` or `open_or_create`."""
        made = read_format(folder)
        self.path, self.base, self.mode = folder.path, made.base, mode
        self._folder = folder
        self._lock = Lock(folder.lock) if mode == "write" else None
        try:
            with told_by(folder):
                self._open()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(cls, path: Path, base: str) -> Self:
        """Make an empty dataset in a new or empty folder and open it for writing."""
        folder = Folder(path)
        if path.is_dir() and any(entry != folder.unfinished for entry in path.iterdir()):
            remedy = "Name a folder that does not exist yet"
            raise DatasetError("the folder is not empty and no dataset", input=str(path), remedy=remedy)
        with told_by(folder):
            path.mkdir(parents=True, exist_ok=True)
            write_format(folder, Format(base))
        return cls(folder, "write")

    @classmethod
    def open(cls, path: Path, mode: Mode = "read") -> Self:
        """Open a dataset; DatasetMissing, DatasetVersion, DatasetInUse or DatasetError where that fails."""
        return cls(Folder(path), mode)

    @classmethod
    def open_or_create(cls, path: Path, base: str) -> Self:
        """Open for writing, made if it is not there; DatasetVersion where its base is another."""
        try:
            found = cls.open(path, "write")
        except DatasetMissing:
            return cls.create(path, base)
        if found.base != base:
            found.close()
            reason = f"the dataset's documents are named under {found.base}, the settings say {base}"
            raise DatasetVersion(reason, input=str(path), remedy="Use that base, or another dataset")
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close store and records and free the lock."""
        # pyoxigraph closes a store when nothing refers to it any more.
        self.__dict__.pop("store", None)
        records = self.__dict__.pop("_records", None)
        if records is not None:
            records.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _open(self) -> None:
        self.store = self._working_store() if self.mode == "write" else self._published_store()
        self._records = Records(self._folder.records, writing=self.mode == "write")
        self._check_records()
        if self.mode == "write":
            self._settle()
            self._bulk = not self._live_rows()

    def _working_store(self) -> Store:
        # RocksDB tells stores apart by their paths as given, so a relative one would depend on where we are.
        return Store(str(self._folder.store.absolute()))

    def _published_store(self) -> Store:
        published = snapshots.current(self._folder)
        if published is None:
            remedy = "Wait until kg build has ended, or run it again"
            raise DatasetMissing("nothing has been published here yet", input=str(self.path), remedy=remedy)
        return Store.read_only(str(published.path))

    # Reading

    def documents(self) -> list[Row]:
        """The documents that are in the dataset, by id."""
        return self._live_rows()

    def row(self, id: str) -> Row:
        """What is known of a document; NotInDataset where there is none of that id."""
        live = self._live(self._records.of(id))
        if not live:
            remedy = "kg query documents lists those there are"
            raise NotInDataset(f"there is no document {id!r}", input=str(self.path), remedy=remedy)
        return live[-1]

    def record(self, id: str) -> Extraction:
        """The extraction of a document; NotInDataset where there is none of that id."""
        return self._records.extraction(self.row(id).key)

    def unchanged(self, document: Document, configuration: str = "") -> bool:
        """Whether the document is in the dataset with this content, read by this configuration."""
        wanted = (document.sha256, configuration)
        return any((row.sha256, row.configuration) == wanted for row in self._live(self._records.of(document.id)))

    def holds(self, id: str) -> bool:
        """Whether a document of that id is in the dataset, with whatever content."""
        return bool(self._live(self._records.of(id)))

    def snapshot(self) -> Snapshot | None:
        """The published snapshot that a new reader gets; None before the first."""
        return snapshots.current(self._folder)

    @property
    def published(self) -> Path:
        """A link that always leads to the snapshot that new readers get."""
        return self._folder.current

    # Writing

    def put(self, entries: Sequence[Entry]) -> None:
        """Put documents, each in place of what is there under its id, all in one transaction."""
        times = Counter(entry.extraction.document.id for entry in entries)
        repeated = [name for name, count in times.items() if count > 1]
        if repeated:
            raise ValueError(f"documents given twice in one batch: {repeated}")
        drafts = [self._draft(entry) for entry in entries]
        with told_by(self._folder):
            replaced = [row for draft in drafts for row in self._live(self._records.of(draft.extraction.document.id))]
            self._records.add(drafts)
            kept = {line for draft in drafts for line in draft.shared}
            self._apply(replaced, [quad for entry in entries for quad in entry.quads], kept)
            graphs = {draft.graph for draft in drafts}
            self._records.delete(row.key for row in replaced if row.graph in graphs)

    def remove(self, id: str) -> None:
        """Take a document out; NotInDataset where there is none of that id."""
        row = self.row(id)
        with told_by(self._folder):
            self._apply([row], [], frozenset())

    def replace_graph(self, name: str, quads: Sequence[Quad]) -> None:
        """Let a graph that belongs to no document hold these quads and no others."""
        if name.startswith(self._versions):
            raise ValueError(f"{name} is a document's graph")
        with told_by(self._folder):
            if set(graph_quads(self.store, name)) != set(quads):
                self._change(Change(dropped=[name], added=quads))

    def publish(self) -> Snapshot:
        """Give readers what has been put; the same snapshot as before where nothing has changed."""
        with told_by(self._folder):
            published = snapshots.current(self._folder)
            if published is None or self._folder.unpublished.exists():
                published = snapshots.publish(self._folder, self.store)
                self._folder.unpublished.unlink(missing_ok=True)
            snapshots.delete_old(self._folder)
            self._sweep_records()
            return published

    def _draft(self, entry: Entry) -> Draft:
        graphs = {quad.graph_name for quad in entry.quads}
        versions = [graph for graph in graphs if isinstance(graph, NamedNode) and self._is_version(graph)]
        if len(versions) != 1:
            reason = f"quads of one graph under {self._versions} are needed, not of {len(versions)}"
            raise ValueError(f"{entry.extraction.document.id}: {reason}")
        own = [quad for quad in entry.quads if quad.graph_name == versions[0]]
        shared = {statement(quad) for quad in entry.quads if quad.graph_name != versions[0]}
        return Draft(versions[0].value, digest(own), entry.configuration, entry.extraction, tuple(sorted(shared)))

    def _apply(self, replaced: Sequence[Row], added: Sequence[Quad], kept: AbstractSet[str]) -> None:
        given = {line for row in replaced for line in self._records.shared(row.key)}
        keys = {row.key for row in replaced}
        dropped = {row.graph for row in replaced}
        # An older record of the same graph, not yet swept, supports nothing once the graph is dropped.
        removed = self._records.unsupported(given - kept, keys, lambda g: g not in dropped and self._is_live(g))
        self._change(Change(dropped, removed, added))

    def _change(self, change: Change) -> None:
        self._folder.unpublished.touch()
        apply(self.store, change, bulk=self._bulk)

    # What is live

    @property
    def _versions(self) -> str:
        return f"{self.base}version/"

    def _is_version(self, graph: NamedNode) -> bool:
        return graph.value.startswith(self._versions)

    def _is_live(self, graph: str) -> bool:
        return self.store.contains_named_graph(NamedNode(graph))

    def _live(self, rows: Sequence[Row]) -> list[Row]:
        return [row for row in rows if self._is_live(row.graph)]

    def _live_rows(self) -> list[Row]:
        graphs = self._document_graphs(self.store)
        newest = {row.graph: row for row in self._records.rows() if row.graph in graphs}
        return sorted(newest.values(), key=lambda row: row.id)

    def _document_graphs(self, store: Store) -> set[str]:
        return {
            graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode) and self._is_version(graph)
        }

    # Whole after anything

    def _check_records(self) -> None:
        lost = self._document_graphs(self.store) - {row.graph for row in self._records.rows()}
        if lost:
            reason = f"{len(lost)} of its documents have lost their record, {min(lost)} among them"
            raise DatasetError(reason, input=str(self.path), remedy=REBUILD)

    def _settle(self) -> None:
        """Where a kill left two records for one graph, keep the one that the graph was made from."""
        by_graph: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._live(self._records.rows()):
            by_graph[row.graph].append(row)
        for graph, rows in by_graph.items():
            if len(rows) > 1:
                made_from = self._made_from(graph, rows)
                self._records.delete(row.key for row in rows if row != made_from)

    def _made_from(self, graph: str, rows: Sequence[Row]) -> Row:
        found = digest(graph_quads(self.store, graph))
        fitting = [row for row in rows if row.digest == found]
        if not fitting:
            reason = f"the graph {graph} is not what any of its records says"
            raise DatasetError(reason, input=str(self.path), remedy=REBUILD)
        return fitting[-1]

    def _sweep_records(self) -> None:
        """Delete the records that neither the store nor a snapshot still has."""
        held = self._document_graphs(self.store)
        for snapshot in snapshots.kept(self._folder):
            held |= self._document_graphs(Store.read_only(str(snapshot.path)))
        self._records.delete([row.key for row in self._records.rows() if row.graph not in held])
