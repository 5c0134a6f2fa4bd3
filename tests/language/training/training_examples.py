"""Invented sentences with each kind of gold that a corpus may have."""

from kg.language.training.samples import Sentence

PLAIN = frozenset({"O"})


def parsed(document="d1"):
    return Sentence(
        words=["Guards", "fled", "."],
        spaces=[1, 1, 0],
        xpos=["NNS", "VBD", "."],
        upos=["NOUN", "VERB", "PUNCT"],
        lemmas=["guard", "flee", "."],
        heads=[1, 1, 1],
        relations=["nsubj", "root", "punct"],
        document=document,
    )


def named(document="d2"):
    names = [frozenset({"B-LOC", "B-FAC"}), PLAIN, frozenset()]
    return Sentence(["Aldergate", "fell", "Again"], [1, 1, 1], names=names, document=document)


def labelled(document="d3"):
    return Sentence(
        ["Rebels", "shelled", "Fenwick"],
        [1, 1, 1],
        names=[PLAIN, PLAIN, frozenset({"B-LOC"})],
        document=document,
        id=document,
        layers={
            "triggers": ["O", "B-Shelling", "O"],
            "cues": ["O", "O", "O"],
            "figures": ["O", "O", "O"],
            "modality": ["", "actual", ""],
        },
        mentions=[PLAIN, PLAIN, frozenset({"B-Place"})],
        edges=[(1, 0, "perpetrator"), (1, 2, "place")],
    )


def sources(copies=6):
    return {
        "ud-ewt": [parsed(f"e{i}") for i in range(copies)],
        "gmb": [named(f"g{i}") for i in range(copies)],
        "labelled": [labelled(f"l{i}") for i in range(copies)],
    }
