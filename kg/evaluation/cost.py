"""What the language model costs, measured in a process of its own: `python -m kg.evaluation.cost start|speed`.

Each mode prints one JSON object. `start` must import nothing heavy before its clock runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language

SETTINGS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "language.toml").read_text("utf8"))
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
_STATUS = Path("/proc/self/status")


def measured_apart(mode: str, *arguments: str) -> dict[str, float]:
    """Figures of a mode from a fresh process with one thread."""
    command = [sys.executable, "-m", __name__, mode, *arguments]
    done = subprocess.run(command, env=os.environ | _ONE_THREAD, capture_output=True, text=True, check=True)  # noqa: S603
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def resident_megabytes() -> float | None:
    """Memory of this process that is resident now; None on a system that does not tell."""
    if not _STATUS.exists():
        return None
    line = next(row for row in _STATUS.read_text("ascii").splitlines() if row.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def start() -> dict[str, float | None]:
    """Seconds from import to the first sentence, and megabytes resident after load."""
    began = time.perf_counter()
    from kg.language import load  # noqa: PLC0415

    nlp = load(threads=1)
    resident = resident_megabytes()
    nlp(SETTINGS["start"]["sentence"])
    return {"seconds": time.perf_counter() - began, "megabytes": resident}


def peer() -> Language:
    """An untrained spaCy pipeline: one CNN shared by tagger, parser and ner, as large as spaCy's small models'."""
    import spacy  # noqa: PLC0415

    sizes = SETTINGS["peer"]
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _convolutions(sizes)})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": sizes["width"], "upstream": "*"}
    for name, labels in (("tagger", sizes["tags"]), ("parser", sizes["relations"]), ("ner", sizes["names"])):
        pipe = nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
        for i in range(labels):
            pipe.add_label(f"{name}{i}")  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def _convolutions(sizes: dict[str, int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": sizes["width"],
        "depth": sizes["depth"],
        "embed_size": sizes["embed_size"],
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }


def words_per_second(read: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Tokens of all texts over the time from text to Doc."""
    began = time.perf_counter()
    words = sum(len(read(text)) for text in texts)
    return words / (time.perf_counter() - began)


def speed(folder: Path, rounds: int = 3) -> dict[str, float]:
    """Best words/s of the shipped model and of the peer, each once a round on the texts of a folder, by turns."""
    from kg.language import load  # noqa: PLC0415

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [json.loads(path.read_text("utf8"))["text"] for path in sorted(folder.glob("*.json"))]
    ours, theirs = load(threads=1), peer()
    for nlp in (ours, theirs):
        nlp(texts[0])
    pairs = [(words_per_second(ours, texts), words_per_second(theirs, texts)) for _ in range(rounds)]
    return {"ours": max(pair[0] for pair in pairs), "peer": max(pair[1] for pair in pairs)}


if __name__ == "__main__":
    modes: dict[str, Callable[..., Any]] = {"start": start, "speed": lambda folder: speed(Path(folder))}
    sys.stdout.write(json.dumps(modes[sys.argv[1]](*sys.argv[2:])) + "\n")
