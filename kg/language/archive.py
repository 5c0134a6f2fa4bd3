"""The one file that holds a trained model: encoder (ONNX), biaffine forms, tokenizer and labels, zipped unpacked."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import ModelError

if TYPE_CHECKING:
    from kg.language.decoding import Floats

SHIPPED = Path(__file__).parent / "model" / "language.zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Labels:
    """Labels of each tagging head in the order of the encoder's output, of arcs and of edges."""

    tags: dict[str, tuple[str, ...]]
    relations: tuple[str, ...]
    edges: tuple[str, ...]
    sides: dict[str, int]


@dataclass(frozen=True)
class Model:
    """A trained model: `forms` are the weights of the biaffine forms, (labels, width + 1, width + 1)."""

    encoder: bytes
    tokenizer: str
    labels: Labels
    forms: dict[str, Floats]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over all parts."""
        digest = hashlib.sha256(self.encoder)
        digest.update(self.tokenizer.encode("utf8"))
        digest.update(json.dumps(asdict(self.labels)).encode("utf8"))
        for name in sorted(self.forms):
            digest.update(self.forms[name].tobytes())
        return digest.hexdigest()


def _entry(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)


def write_model(model: Model, path: Path) -> None:
    """Write a model to one file; the same model gives the same bytes."""
    forms = io.BytesIO()
    np.savez(forms, **{name: form.astype(np.float16) for name, form in sorted(model.forms.items())})  # type: ignore[arg-type]
    with zipfile.ZipFile(path, "w") as archive:
        _entry(archive, "encoder.onnx", model.encoder)
        _entry(archive, "tokenizer.json", model.tokenizer.encode("utf8"))
        _entry(archive, "labels.json", json.dumps(asdict(model.labels)).encode("utf8"))
        _entry(archive, "forms.npz", forms.getvalue())


def read_model(path: Path = SHIPPED) -> Model:
    """Read a model file; raises ModelError where it is missing or not a model."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        labels = json.loads(parts["labels.json"])
        with np.load(io.BytesIO(parts["forms.npz"])) as forms:
            weights = {name: forms[name].astype(np.float32) for name in forms.files}
        tags = {head: tuple(row) for head, row in labels["tags"].items()}
        told = Labels(tags, tuple(labels["relations"]), tuple(labels["edges"]), dict(labels["sides"]))
        return Model(parts["encoder.onnx"], parts["tokenizer.json"].decode("utf8"), told, weights)
    except (OSError, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"the language model cannot be read ({error})", input=str(path), remedy="Install conflict-kg again"
        ) from error
