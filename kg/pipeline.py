"""The stages in order: sources in, extractions or a dataset out. The only place that knows all the stages.

A document that fails is told and the run goes on; what is wrong with the model, the dataset or the command
ends it. Documents that the dataset has already, read by the same tool, model and settings, are not read again, so a
build that was interrupted goes on where it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.dataset import Dataset, Entry
from kg.errors import EvidenceError, InputError, KgError, ValidationFailed
from kg.graph import (
    Coverage,
    GraphSettings,
    Run,
    catalogue_quads,
    configuration_hash,
    coverage,
    document_quads,
    link_quads,
    ontology_quads,
)
from kg.parallel import Workers, in_order
from kg.reading import ReadOptions, read_selection, select
from kg.records import Document, Extraction

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.settings import Settings

Reader = Callable[[Document], Extraction]
Outcome = Document | InputError

# What fails for one document alone; all else concerns every document of the run.
OF_ONE_DOCUMENT = (InputError, EvidenceError, ValidationFailed)

_APART = frozenset({"__pycache__", "training"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: sources done out of so many (an estimate until all are known), what failed, seconds."""

    done: int
    total: int
    failed: int
    seconds: float


@dataclass(frozen=True)
class Options:
    """How to run: what to read, with what, in how many processes, and whom to tell what."""

    settings: Settings
    stages: Stages
    reading: ReadOptions = field(default_factory=ReadOptions)
    jobs: int = 1
    on_error: Callable[[KgError], None] = lambda _: None
    on_progress: Callable[[Progress], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Stages:
    """What makes an extraction of a document, and the names of what it is made with.

    `make_reader` loads the model and is called once in each process; it must be picklable. `identity` gives
    the model's hash and those of all else that decides what is read, without loading any of it.
    """

    make_reader: Callable[[], Reader]
    identity: Callable[[], Identity]


@dataclass(frozen=True, slots=True)
class Identity:
    """What documents are read with: two equal ones read the same text in the same way."""

    model: str
    rest: Mapping[str, str] = field(default_factory=dict)


def shipped_stages(threads: int, model: str | None = None) -> Stages:
    """The rules and authority of names that come with the package, and its language model or another spaCy model.

    The model runs in so many threads.
    """
    return Stages(partial(_shipped_reader, threads, model), partial(_shipped_identity, model))


def _shipped_reader(threads: int, model: str | None) -> Reader:
    # Imported where they are used: a process that only hands out the work has no need of the model.
    from kg.extraction import extract as read_out  # noqa: PLC0415
    from kg.language import load  # noqa: PLC0415
    from kg.linking import Authority, link  # noqa: PLC0415

    language, authority = load(model, threads), Authority.open_shipped()
    return lambda document: link(read_out(document, language(document.text)), authority)


def _shipped_identity(model: str | None) -> Identity:
    package = Path(kg.__file__).parent
    rest = {name: _digest(package / name) for name in ("language", "extraction", "linking", "graph")}
    return Identity(rest["language"] if model is None else _other_model(model), rest)


def _other_model(model: str) -> str:
    """The hash of a spaCy model given by its folder or package; its name where there is neither."""
    spec = find_spec(model) if model.isidentifier() else None
    folder = Path(spec.origin).parent if spec and spec.origin else Path(model)
    return _digest(folder) if folder.is_dir() else model


def _digest(folder: Path) -> str:
    """SHA-256 of the names and contents of the files below a folder that have a part in reading."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _APART & set(path.parts))
    lines = (f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return sha256("".join(lines).encode()).hexdigest()


@dataclass(slots=True)
class Summary:
    """What a build did: documents by what became of them, and counts over the new and replaced ones.

    `left_out` counts the files of folders that were passed over for their endings.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: int = 0
    left_out: int = 0
    entities: int = 0
    linked_entities: int = 0
    events: int = 0
    claims: int = 0
    casualty_figures: int = 0
    triples: int = 0
    seconds: float = 0.0
    words_at_offsets: int = 0
    words: int = 0

    @property
    def read(self) -> int:
        """Documents that were read and put."""
        return self.new + self.replaced

    @property
    def documents_per_second(self) -> float:
        """Documents read and put, for each second of the run."""
        return self.read / self.seconds if self.seconds else 0.0

    @property
    def coverage(self) -> float:
        """The share of names and spans that stand in the text at their offsets, 0 to 1."""
        return self.words_at_offsets / self.words if self.words else 1.0

    @property
    def complete(self) -> bool:
        """Whether nothing failed and every word in the graph stands in its text."""
        return self.failed == 0 and self.words_at_offsets == self.words

    def count(self, extraction: Extraction, triples: int) -> None:
        """Add what was read out of one document."""
        self.entities += len(extraction.entities)
        self.linked_entities += sum(1 for entity in extraction.entities if entity.link and entity.link.wikidata)
        self.events += len(extraction.events)
        self.claims += len(extraction.claims)
        self.casualty_figures += sum(len(claim.casualties) for claim in extraction.claims)
        self.triples += triples

    def count_words(self, found: Coverage) -> None:
        """Add the names and spans of one document, whether or not it was put."""
        self.words_at_offsets += found.at_offsets
        self.words += found.total


def build(sources: Sequence[str], dataset: Dataset, options: Options) -> Summary:
    """Read the sources into the dataset and publish it.

    What fails for one document goes to `options.on_error`. Raises KgError for what concerns the whole run;
    what was put until then is kept, and published by the next build.
    """
    builder = _Builder(dataset, options)
    dataset.replace_graph(builder.graph.ontology_graph.value, ontology_quads(builder.graph))
    for batch in _batches(builder.entries(sources), options.settings.batch):
        dataset.put(batch)
    dataset.publish()
    return builder.summary


def extract(sources: Sequence[str], options: Options) -> Iterator[Extraction | KgError]:
    """The extractions of the sources in order, each failed one's error in its place; nothing is stored."""
    outcomes = _Ahead(sources, options)
    failed = 0
    with _workers(options) as workers:
        tasks = (_task(outcome, workers) for outcome in outcomes)
        for result in in_order(tasks, workers.ahead):
            outcomes.done += 1
            failed += isinstance(result, KgError)
            options.on_progress(outcomes.progress(failed))
            yield result


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """Stands in the place of a document that the dataset has already."""


class _Builder:
    """One build: sources to entries of the dataset, counted as they pass."""

    def __init__(self, dataset: Dataset, options: Options) -> None:
        self._dataset, self._options = dataset, options
        self.graph = GraphSettings(dataset.base)
        identity = options.stages.identity()
        settings = {"base": dataset.base, **identity.rest}
        self._run = Run(kg.__version__, identity.model, configuration_hash(settings))
        self._configuration = configuration_hash(asdict(self._run))
        self.summary = Summary()

    def entries(self, sources: Sequence[str]) -> Iterator[Entry]:
        """An entry for each document that is new or changed."""
        started = time.monotonic()
        outcomes = _Ahead(sources, self._options)
        self.summary.left_out = len(outcomes.selection.left_out)
        with _workers(self._options) as workers:
            tasks = (self._task(outcome, workers) for outcome in outcomes)
            for result in in_order(tasks, workers.ahead):
                yield from self._entry(result)
                outcomes.done += 1
                self.summary.seconds = time.monotonic() - started
                self._options.on_progress(outcomes.progress(self.summary.failed))

    def _task(
        self, outcome: Outcome, workers: Workers[Document, Extraction | KgError]
    ) -> Callable[[], Extraction | KgError | _Unchanged]:
        if isinstance(outcome, Document) and self._dataset.unchanged(outcome, self._configuration):
            return _Unchanged
        return _task(outcome, workers)

    def _entry(self, result: Extraction | KgError | _Unchanged) -> Iterator[Entry]:
        if isinstance(result, _Unchanged):
            self.summary.unchanged += 1
        elif isinstance(result, KgError):
            self._tell(result)
        else:
            yield from self._graph(result)

    def _graph(self, extraction: Extraction) -> Iterator[Entry]:
        self.summary.count_words(coverage(extraction))
        try:
            quads = self._quads(extraction)
        except OF_ONE_DOCUMENT as error:
            self._tell(error)
            return
        self._count(extraction, len(quads))
        yield Entry(extraction, quads, self._configuration)

    def _quads(self, extraction: Extraction) -> list[Quad]:
        return [
            *document_quads(extraction, self.graph, self._run),
            *link_quads(extraction, self.graph),
            *catalogue_quads(extraction.document, self.graph),
        ]

    def _count(self, extraction: Extraction, triples: int) -> None:
        if self._dataset.holds(extraction.document.id):
            self.summary.replaced += 1
        else:
            self.summary.new += 1
        self.summary.count(extraction, triples)

    def _tell(self, error: KgError) -> None:
        self.summary.failed += 1
        self._options.on_error(error)


def _batches(entries: Iterator[Entry], size: int) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, size)):
        yield batch


class _Ahead:
    """The outcomes of reading the sources, read ahead of their use so that their number is known early.

    For each outcome that is used, `_STEP` more are read, until `settings.ahead` of them wait.
    """

    _STEP = 8

    def __init__(self, sources: Sequence[str], options: Options) -> None:
        self.selection = select(sources, options.reading)
        self._outcomes = read_selection(self.selection, options.reading)
        self._most = options.settings.ahead
        self._waiting: deque[Outcome] = deque()
        self._exhausted = False
        self._read = 0
        self._started = time.monotonic()
        self.done = 0

    def __iter__(self) -> Iterator[Outcome]:
        while self._fill() or self._waiting:
            yield self._waiting.popleft()

    def progress(self, failed: int) -> Progress:
        """How far the run is; an input not read yet is taken to hold one document."""
        total = self._read if self._exhausted else max(self._read, len(self.selection.inputs))
        return Progress(self.done, total, failed, time.monotonic() - self._started)

    def _fill(self) -> bool:
        """Read some more; whether anything came."""
        wanted = min(self._STEP, self._most - len(self._waiting))
        more = list(islice(self._outcomes, max(wanted, 0)))
        self._exhausted = self._exhausted or len(more) < wanted
        self._read += len(more)
        self._waiting.extend(more)
        return bool(more)


def _task(outcome: Outcome, workers: Workers[Document, Extraction | KgError]) -> Callable[[], Extraction | KgError]:
    return workers.task(outcome) if isinstance(outcome, Document) else lambda: outcome


def _workers(options: Options) -> Workers[Document, Extraction | KgError]:
    return Workers(partial(_careful, options.stages.make_reader), options.jobs)


def _careful(make_reader: Callable[[], Reader]) -> Callable[[Document], Extraction | KgError]:
    """The reader, giving the error of a document that fails as its result."""
    return partial(_read, make_reader())


def _read(reader: Reader, document: Document) -> Extraction | KgError:
    try:
        return _wholly_read(reader(document))
    except OF_ONE_DOCUMENT as error:
        return error
    except Exception as error:
        error.add_note(f"This happened while {document.source} was read.")
        raise


def _wholly_read(extraction: Extraction) -> Extraction:
    characters = len(extraction.document.text)
    if extraction.processed != characters:
        raise EvidenceError(
            f"the language model read {extraction.processed:,} of {characters:,} characters",
            input=extraction.document.source,
            remedy="This is a fault of the language stage: all of a text is read",
        )
    return extraction
