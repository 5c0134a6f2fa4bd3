"""The command that fits the ranking: `python -m kg.linking.fit ../shared/corpora/current-events/sentences.jsonl`."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.linking.authority import Authority
from kg.linking.fitting import examples, fit, loss, read_texts, threshold
from kg.linking.neighbourhoods import made_up_texts

_HELD_OUT = 5


def main(arguments: list[str]) -> None:
    """Fits on four texts of five, sets the threshold on the fifth and writes `data/weights.toml`."""
    authority = Authority.open(Path(arguments[1])) if len(arguments) > 1 else Authority.open_shipped()
    sentences = read_texts(Path(arguments[0]))
    texts = [one for place, one in enumerate(sentences) if place % _HELD_OUT]
    data = list(examples([*texts, *made_up_texts(authority)], authority))
    weights = fit(data)
    held_out = list(examples(sentences[::_HELD_OUT], authority))
    lowest = threshold(held_out, weights)
    lines = [f"threshold = {lowest}", "", "[weights]", *(f'"{name}" = {weight}' for name, weight in weights.items())]
    out = Path(__file__).parent / "data" / "weights.toml"
    out.write_text("\n".join(lines) + "\n", encoding="utf8")
    told = f"loss {loss(data, weights):.4f}, held out {loss(held_out, weights):.4f}, threshold {lowest}"
    sys.stdout.write(f"{len(data)} examples, {len(weights)} weights, {told}: {out}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
