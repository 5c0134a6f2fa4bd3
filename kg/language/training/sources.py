"""The training sources, read where the user keeps the corpora and numbered once."""

from __future__ import annotations

import gzip
import itertools
import re
from typing import TYPE_CHECKING

from spacy.lang.en import English

from kg.language.features import space_code
from kg.language.training import corpora

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.language.training.samples import Sentence

_MAPPING = corpora.SETTINGS["mapping"]
_SLICE_TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}


def ewt(folder: Path, part: str) -> list[Sentence]:
    """English Web Treebank with the names of Universal NER beside the same sentences."""
    sentences = list(corpora.conllu(folder / "ud-ewt" / f"{part}.conllu"))
    named = {"train": "train_2022-12-02_prelim", "dev": "dev", "test": "test"}[part]
    path = folder / "uner-ewt" / f"{named}.iob2"
    names = {marked.id: marked for marked in corpora.columns(path, 2, _MAPPING["uner"], "\t")}
    for sentence in sentences:
        marked = names.get(sentence.id)
        if marked is not None and sentence.words == marked.words:
            sentence.names = marked.names
    return sentences


def gum_parts(folder: Path) -> dict[str, set[str]]:
    """Document names of GUM's dev and test parts, from its list of splits."""
    text = (folder / "ud-gum" / "splits.md").read_text("utf8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)
    return {s.split()[0]: set(re.findall(r"\* (\w+)", s)) for s in sections if s[:3] in ("dev", "tes")}


def gum(folder: Path, part: str) -> Iterator[Sentence]:
    """Sentences of one part of GUM."""
    parts = gum_parts(folder)
    held = parts["dev"] | parts["test"]
    for path in sorted((folder / "ud-gum").glob("*.conllu")):
        if (path.stem in parts.get(part, ())) or (part == "train" and path.stem not in held):
            yield from corpora.conllu(path)


def word_cutter() -> Callable[[str], tuple[list[str], list[int], list[tuple[int, int]]]]:
    """Cuts raw text as the run time does: words, gap codes and offsets by spaCy's English tokenizer."""
    tokenizer = English().tokenizer

    def cut(text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
        tokens = [token for token in tokenizer(text) if not token.is_space]
        ends = [0, *(token.idx + len(token) for token in tokens)]
        gaps = [space_code(text[end : token.idx]) for end, token in zip(ends, tokens, strict=False)]
        return [t.text for t in tokens], gaps, [(t.idx, t.idx + len(t)) for t in tokens]

    return cut


def item_types(folder: Path) -> dict[str, str]:
    """Name type of each Wikidata item of the linking slice beside the corpora; empty where there is none."""
    path = folder.parent / "linking" / "wikidata_slice.tsv.gz"
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf8") as stream:
        rows = (line.split("\t", 2) for line in stream)
        return {row[0]: _SLICE_TYPES[row[1]] for row in rows if row[1] in _SLICE_TYPES}


def training_sets(folder: Path, ours: Sequence[Sentence]) -> dict[str, list[Sentence]]:
    """All sources by name; the links of current events without the items that have labels of our own."""
    tokens = {
        "wikigold": (["wikigold/wikigold.conll.txt"], None),
        "wnut17": (["wnut17/wnut17train.conll", "wnut17/emerging.dev.conll", "wnut17/emerging.test.annotated"], "\t"),
        "crossner-politics": ([f"crossner-politics/{part}.txt" for part in ("train", "dev", "test")], None),
    }
    mappings = {"wikigold": "wikigold", "wnut17": "wnut", "crossner-politics": "politics"}
    read = {
        name: list(
            itertools.chain.from_iterable(
                corpora.columns(folder / file, 1, _MAPPING[mappings[name]], separator) for file in files
            )
        )
        for name, (files, separator) in tokens.items()
    }
    current = folder / "current-events" / "sentences.jsonl"
    return read | {
        "ud-ewt": ewt(folder, "train"),
        "ud-gum": list(gum(folder, "train")),
        "gmb": list(corpora.gmb(folder / "gmb" / "ner_dataset.csv.gz", _MAPPING["gmb"])),
        "current-events": list(
            corpora.links(current, word_cutter(), item_types(folder), frozenset(s.id for s in ours))
        ),
        "labelled": list(ours),
    }
