"""Text to spaCy Doc: sentences, tags, lemmas, dependency parse and names by one small shipped encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED_MODEL = "conflict-kg"


def load(model: str | None = None, threads: int = 2) -> Language:
    """A spaCy pipeline that reads English news: the shipped model, or another spaCy model by name or path.

    Another model sets tags, parse and names; ours then adds only what extraction reads beyond them
    (`doc._.reading`). Raises ModelError where the other model is not installed, saying how to install it.
    """
    from kg.language.component import FACTORY, LAYERS

    nlp = _blank() if model in (None, SHIPPED_MODEL) else _installed(str(model))
    layers = list(LAYERS) if model in (None, SHIPPED_MODEL) else ["reading"]
    nlp.add_pipe(FACTORY, config={"threads": threads, "layers": layers})
    nlp.max_length = 50_000_000
    return nlp


def _blank() -> Language:
    from spacy.lang.en import English

    return English()


def _installed(model: str) -> Language:
    import spacy

    try:
        return spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"the spaCy model {model!r} is not installed",
            input=model,
            remedy=f"Install it with: python -m spacy download {model}",
        ) from error
