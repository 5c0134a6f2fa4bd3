"""Span F1 of names: files with a token and its label on each line, and what the model finds in their words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from kg.errors import BrokenRow, UnreadableInput
from kg.evaluation.tally import Row, Tally
from kg.language.features import SPACE_NONE
from kg.language.training.corpora import guessed_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.vocab import Vocab

Span = tuple[int, int, str]
_TABLE = tomllib.loads(files(__package__).joinpath("name_types.toml").read_text("utf8"))
COARSE: dict[str, str] = {name: kind for kind, names in _TABLE.items() for name in names}
_LABEL = re.compile(r"O|[BIESLU]-\S+")
_COMMENT = re.compile(r"# .* = |-DOCSTART-")
_SINGLE, _BEGINS, _ENDS = frozenset("SU"), frozenset("BSU"), frozenset("ESLU")


@dataclass(frozen=True, slots=True)
class NamedWords:
    """Words and the names among them: begin and end (exclusive) in words, and the type as the file has it."""

    words: tuple[str, ...]
    spans: frozenset[Span]


def label_spans(labels: Iterable[str]) -> frozenset[Span]:
    """Names in a row of BIO, IO or BIOES labels; an inside label of another type than before it begins a name."""
    spans: list[Span] = []
    inside = ""
    for i, label in enumerate(labels):
        prefix, _, kind = label.partition("-")
        if not kind:
            inside = ""
            continue
        if prefix in _BEGINS or kind != inside:
            spans.append((i, i + 1, kind))
        else:
            spans[-1] = (spans[-1][0], i + 1, kind)
        inside = "" if prefix in _ENDS else kind
    return frozenset(spans)


def coarse(spans: Iterable[Span]) -> frozenset[Span]:
    """Spans with their types as PER, ORG or LOC; other types left out."""
    return frozenset((begin, end, COARSE[kind]) for begin, end, kind in spans if kind in COARSE)


def read_named(path: Path) -> list[NamedWords]:
    """Sentences of a token-per-line file.

    The word is the first column, or the second where lines are numbered; the label the first column after it that
    holds BIO or BIOES labels throughout. Raises UnreadableInput, and BrokenRow where there is no such column.
    """
    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(error), input=str(path), remedy="Check the path") from error
    blocks = [block for block in _blocks(text) if block]
    rows = [row for block in blocks for row in block]
    word = 1 if rows and all(len(row) > 2 and row[0].isdigit() for row in rows) else 0
    column = _label_column(rows, word, path)
    return [
        NamedWords(tuple(row[word] for row in block), label_spans(row[column] for row in block)) for block in blocks
    ]


def _blocks(text: str) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in text.split("\n"):
        if not line.strip():
            yield block
            block = []
        elif not _COMMENT.match(line):
            block.append([cell.strip() for cell in line.strip("\n\r").split("\t" if "\t" in line else None)])
    yield block


def _label_column(rows: Sequence[Sequence[str]], word: int, path: Path) -> int:
    widths = {len(row) for row in rows}
    for column in range(word + 1, min(widths, default=0)):
        if all(_LABEL.fullmatch(row[column]) for row in rows):
            return column
    raise BrokenRow(
        "no column holds BIO or BIOES labels throughout", input=str(path), remedy="Give a file with a token a line"
    )


def doc_of(vocab: Vocab, words: Sequence[str], gaps: Sequence[int]) -> Doc:
    """Words as a Doc with these tokens; `gaps` are the kinds of white space before them."""
    return Doc(vocab, words=list(words), spaces=[gap != SPACE_NONE for gap in [*gaps[1:], SPACE_NONE]])


def joined(sentences: Sequence[NamedWords]) -> NamedWords:
    """Sentences as one text."""
    words: list[str] = []
    spans: list[Span] = []
    for sentence in sentences:
        spans += [(begin + len(words), end + len(words), kind) for begin, end, kind in sentence.spans]
        words += sentence.words
    return NamedWords(tuple(words), frozenset(spans))


def found_names(doc: Doc) -> frozenset[Span]:
    """Names of a Doc as PER, ORG and LOC spans of words."""
    return coarse((entity.start, entity.end, entity.label_) for entity in doc.ents)


def count_names(tally: Tally, gold: frozenset[Span], found: frozenset[Span]) -> None:
    """Count exact spans with their types, of each type and of all."""
    for kind in _TABLE:
        wanted, given = ({span for span in spans if span[2] == kind} for spans in (gold, found))
        tally.add(kind, len(wanted & given), len(given), len(wanted))
    tally.add("all", len(gold & found), len(found), len(gold))


def name_scores(read: Callable[[Doc], Doc], vocab: Vocab, texts: Iterable[NamedWords]) -> list[Row]:
    """Exact span F1 of PER, ORG, LOC and of all; `read` sets the names of a Doc of given words."""
    tally = Tally()
    for text in texts:
        doc = read(doc_of(vocab, text.words, guessed_gaps(list(text.words))))
        count_names(tally, coarse(text.spans), found_names(doc))
    return tally.rows()
