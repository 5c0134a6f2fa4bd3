"""Readers of the corpora that may be trained on: Universal Dependencies files and token-per-line names.

Which corpora these are, under which licence, and how their labels map to ours is data: `corpora.toml`.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.language.features import SPACE_BLANK, SPACE_NONE
from kg.language.training.samples import NAME_LABELS, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SETTINGS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "corpora.toml").read_text("utf8"))
_CLOSING = frozenset(SETTINGS["spacing"]["closing"])
_OPENING = frozenset(SETTINGS["spacing"]["opening"])
_TITLES = frozenset(SETTINGS["names"]["titles"])
Allowed = frozenset[str]
CutText = Callable[[str], tuple[list[str], list[int], list[tuple[int, int]]]]


def conllu_blocks(text: str) -> Iterator[list[str]]:
    """Lines of each sentence of a CoNLL-U or token-per-line text."""
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        if lines:
            yield lines


def _gaps(rows: list[list[str]]) -> list[int]:
    """Kind of gap before each syntactic word, from SpaceAfter=No of words and of multi-word ranges."""
    gaps, inside_until, space = [], 0, SPACE_BLANK
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside_until, range_misc, begins = last, row[9], first
            continue
        number = int(row[0])
        within = number <= inside_until and number != begins
        gaps.append(SPACE_NONE if within else space)
        misc = range_misc if number == inside_until else row[9]
        space = SPACE_NONE if "SpaceAfter=No" in misc.split("|") else SPACE_BLANK
    return gaps


def sentence_id(lines: list[str]) -> str:
    """The sentence's own name in its corpus, empty where it has none."""
    return next((line.partition("=")[2].strip() for line in lines if line.startswith("# sent_id")), "")


def conllu_sentence(lines: list[str], document: str) -> Sentence:
    """One CoNLL-U sentence; empty nodes are left out."""
    rows = [row for row in (line.split("\t") for line in lines if line[0] != "#") if "." not in row[0]]
    words = [row for row in rows if "-" not in row[0]]
    heads = [int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(words)]
    return Sentence(
        words=[row[1] for row in words],
        spaces=_gaps(rows),
        xpos=[row[4] for row in words],
        upos=[row[3] for row in words],
        lemmas=[row[2] for row in words],
        heads=heads,
        relations=[row[7] for row in words],
        document=document,
        id=sentence_id(lines),
    )


def conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file, each with the document it belongs to."""
    document = path.stem
    for lines in conllu_blocks(path.read_text("utf8")):
        document = next((line for line in lines if line.startswith("# newdoc")), document)
        yield conllu_sentence(lines, document)


def guessed_gaps(words: list[str]) -> list[int]:
    """Gaps of a corpus that keeps none: no blank before closing and after opening punctuation."""
    before = ["", *words]
    return [
        SPACE_NONE if word in _CLOSING or previous in _OPENING or word.startswith(("'", "n't")) else SPACE_BLANK
        for previous, word in zip(before, words, strict=False)
    ]


def allowed_labels(tags: Iterable[str], mapping: dict[str, list[str]]) -> list[Allowed]:
    """For each BIO or IO tag of a corpus the labels of ours that it may stand for.

    `mapping` gives the types for each tag type, and under "O" those that the corpus leaves unmarked.
    """
    rows, previous = [], "O"
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        types = mapping.get(kind or "O", [])
        if tag == "O":
            rows.append(frozenset({"O"}.union(*(expand(t) for t in types))))
        else:
            begins = prefix == "B" or previous == "O" or previous.partition("-")[2] != kind
            rows.append(frozenset(t if t == "O" else f"{'B' if begins else 'I'}-{t}" for t in types))
        previous = tag
    return rows


def expand(kind: str) -> set[str]:
    """Both labels of a type."""
    return {label for label in NAME_LABELS if label.endswith(f"-{kind}")}


def columns(path: Path, column: int, mapping: dict[str, list[str]], separator: str | None = None) -> Iterator[Sentence]:
    """Sentences of a token-per-line file: word first (or second, where numbered), tag in the given column."""
    for lines in conllu_blocks(path.read_text("utf8")):
        rows = [row for row in (line.split(separator) for line in lines if not line.startswith("# ")) if len(row) > 1]
        if not rows:
            continue
        words = [row[column - 1] for row in rows]
        tags = [row[column].strip() for row in rows]
        names = allowed_labels(tags, mapping)
        yield Sentence(words, guessed_gaps(words), names=names, document=path.stem, id=sentence_id(lines))


def untitled(words: list[str], tags: list[str]) -> list[str]:
    """Tags with titles ("President", "Mr.") taken out of persons' names."""
    kept, inside_title = list(tags), False
    for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
        starts = tag == "B-per" or (tag == "I-per" and inside_title)
        inside_title = starts and word.casefold() in _TITLES
        if inside_title:
            kept[i] = "O"
        elif starts:
            kept[i] = "B-per"
    return kept


def gmb(path: Path, mapping: dict[str, list[str]]) -> Iterator[Sentence]:
    """Sentences of the Groningen Meaning Bank table; its "gpe" splits into places and peoples by part of speech."""
    with gzip.open(path, "rb") as stream:
        table = list(csv.reader(io.TextIOWrapper(stream, "utf8")))[1:]
    rows: list[list[str]] = []
    for row in [*table, ["Sentence: end", "", "", ""]]:
        if row[0] and rows:
            words = [r[1] for r in rows]
            tags = untitled(words, [_gmb_tag(r) for r in rows])
            yield Sentence(words, guessed_gaps(words), names=allowed_labels(tags, mapping), document="gmb")
            rows = []
        if row[1]:
            rows.append(row)


def _gmb_tag(row: list[str]) -> str:
    return row[3] + ("-adjective" if row[3].endswith("-gpe") and row[2] != "NNP" else "")


def links(path: Path, words_of: CutText, types: dict[str, str], leave_out: frozenset[str]) -> Iterator[Sentence]:
    """Linked names of Wikipedia's current events as silver names; capitalised words without a link say nothing."""
    for line in path.read_text("utf8").splitlines():
        item = json.loads(line)
        if item["id"] in leave_out:
            continue
        words, spaces, offsets = words_of(item["text"])
        allowed = [frozenset() if word[:1].isupper() or word[:1].isdigit() else frozenset({"O"}) for word in words]
        for begin, end, _, qid, _ in item["links"]:
            kind = types.get(qid or "")
            inside = [i for i, (b, e) in enumerate(offsets) if begin <= b and e <= end]
            for i in inside:
                allowed[i] = frozenset({f"{'B' if i == inside[0] else 'I'}-{kind}"}) if kind else frozenset()
        yield Sentence(words, spaces, names=allowed, document="current-events")
