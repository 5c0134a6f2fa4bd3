"""Trains the encoder on all layers at once, stops and goes on at any round; a seed gives the same weights each time."""

from __future__ import annotations

import json
import random
import time
import tomllib
from dataclasses import asdict, dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from kg.language.features import SPACE_BLANK, SPACE_LINE, WordPieces
from kg.language.training.batching import Batch, Numbered, Numberer, batches, collate, packed
from kg.language.training.labelled import EDGES, tag_sets
from kg.language.training.losses import losses, total
from kg.language.training.monitor import measured, told
from kg.language.training.network import Network, Sizes
from kg.language.training.samples import Inventory, Sentence, inventory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SETTINGS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "settings.toml").read_text("utf8"))


def pretrained_folder() -> Path:
    """Where the package of the pretrained encoder keeps its files."""
    return Path(str(resources.files(SETTINGS["encoder"]))) / "model"


@dataclass
class State:
    """What a training run goes on from: the network, its optimiser, and the number of rounds done.

    `pretrained` is the folder of the encoder that the network was made from, with its tokenizer.
    """

    network: Network
    optimiser: torch.optim.Optimizer
    inventory: Inventory
    rounds: int = 0
    steps: int = 0
    pretrained: Path = field(default_factory=pretrained_folder)


def word_pieces(pretrained: Path) -> WordPieces:
    """The pretrained encoder's own tokenizer."""
    return WordPieces(Tokenizer.from_file(str(pretrained / "tokenizer.json")))


def new_network(labels: Inventory, pretrained: Path | None = None) -> Network:
    """Pretrained encoder with fresh heads; its internal dropout is off: drawing the masks costs a quarter of a step."""
    folder = pretrained or pretrained_folder()
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    bert = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
    bert.embeddings.word_embeddings.requires_grad_(False)
    tags = {head: len(row) for head, row in labels.tags.items()}
    sizes = Sizes(
        tags, len(labels.relations), len(labels.edges), hidden=config.hidden_size, dropout=SETTINGS["dropout"]
    )
    return Network(bert, sizes)


def new_state(sources: dict[str, list[Sentence]], pretrained: Path | None = None) -> State:
    """A run that begins: the labels of the sources and a network for them, by the seed."""
    everything = [sentence for sentences in sources.values() for sentence in sentences]
    labels = inventory(everything, tag_sets(), EDGES)
    torch.manual_seed(SETTINGS["seed"])
    folder = pretrained or pretrained_folder()
    network = new_network(labels, folder)
    return State(network, optimiser_of(network), labels, pretrained=folder)


def optimiser_of(network: Network) -> torch.optim.Optimizer:
    """AdamW with a lower rate for what is pretrained."""
    inner = {id(p) for p in network.encoder.bert.parameters()}
    trained = [p for p in network.parameters() if p.requires_grad]
    rates = SETTINGS["learning_rate"]
    groups = [
        {"params": [p for p in trained if id(p) in inner], "lr": rates["encoder"]},
        {"params": [p for p in trained if id(p) not in inner], "lr": rates["heads"]},
    ]
    return torch.optim.AdamW(groups, weight_decay=SETTINGS["weight_decay"], fused=True)


def rate_scale(state: State, planned: int) -> float:
    """Share of the full learning rate: a warm-up by steps, then constant, then a straight fall over the last rounds."""
    decay = SETTINGS["rounds"]["decay"]
    first = SETTINGS["rounds"]["constant"]
    warm = min(1.0, (state.steps + 1) / SETTINGS["warmup_steps"])
    if state.rounds < first:
        return warm
    done = (state.rounds - first + (state.steps % planned) / planned) / decay
    return warm * max(0.02, 1.0 - done)


def varied(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then the sentence in capitals or lower case, as headlines are, or with line ends for blanks."""
    change = rng.choices(
        (str.upper, str.lower, str),
        (SETTINGS["upper_case"], SETTINGS["lower_case"], 1 - SETTINGS["upper_case"] - SETTINGS["lower_case"]),
    )[0]
    spaces = list(sentence.spaces)
    if spaces and rng.random() < SETTINGS["line_before"]:
        spaces[0] = SPACE_LINE
    if rng.random() < SETTINGS["line_within"]:
        blank = [i for i, space in enumerate(spaces) if i and space == SPACE_BLANK]
        for i in rng.sample(blank, len(blank) // 12):
            spaces[i] = SPACE_LINE
    return replace(sentence, words=[change(word) for word in sentence.words], spaces=spaces)


def drawn(sources: dict[str, list[Sentence]], rounds: int, rng: random.Random) -> Iterator[tuple[str, list[Sentence]]]:
    """This round's part of each source: consecutive shares, so that some rounds together see all of it."""
    for name, sentences in sources.items():
        share = SETTINGS["share"][name]
        size = max(1, round(len(sentences) * share))
        start = rounds * size % len(sentences)
        part = (sentences + sentences)[start : start + size]
        yield name, [varied(sentence, rng) for sentence in part]


def round_batches(state: State, sources: dict[str, list[Sentence]], marks: WordPieces) -> list[Batch]:
    """The batches of a round, in the order that seed and round number fix."""
    rng = random.Random(SETTINGS["seed"] * 1000 + state.rounds)  # noqa: S311 - order of samples, no secret
    numberer = Numberer(state.inventory, marks)
    runs: list[list[Numbered]] = []
    for name, sentences in drawn(sources, state.rounds, rng):
        weight = SETTINGS["weight"].get(name, 1.0)
        runs += packed([numberer(sentence, weight) for sentence in sentences], rng)
    return list(batches(runs, marks, SETTINGS["pieces_per_batch"], rng))


def step(state: State, batch: Batch, mask: int) -> dict[str, float]:
    """One update; some pieces are masked, so that the network leans on context and characters too."""
    pieces, attention, *rest = batch.inputs
    hidden = (torch.rand(pieces.shape) < SETTINGS["word_dropout"]) & (batch.inputs[2] > 0)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = state.network(torch.where(hidden, mask, pieces), attention, *rest)
    parts = losses(state.network, outputs, batch)
    state.optimiser.zero_grad(set_to_none=True)
    total(parts).backward()
    torch.nn.utils.clip_grad_norm_(state.network.parameters(), SETTINGS["clip"])
    state.optimiser.step()
    state.steps += 1
    return {name: float(part.detach()) for name, part in parts.items()}


def save(state: State, path: Path) -> None:
    """Write the run so that it can go on; the file is whole or the old one."""
    partial = path.with_suffix(".part")
    torch.save(
        {
            "network": state.network.state_dict(),
            "optimiser": state.optimiser.state_dict(),
            "inventory": json.dumps(asdict(state.inventory)),
            "rounds": state.rounds,
            "steps": state.steps,
        },
        partial,
    )
    partial.replace(path)


def resumed(path: Path, pretrained: Path | None = None) -> State:
    """The run as it was saved."""
    saved = torch.load(path, weights_only=True)
    labels = json.loads(saved["inventory"])
    tags = {head: tuple(rows) for head, rows in labels["tags"].items()}
    known = Inventory(tags, tuple(labels["relations"]), tuple(labels.get("edges", ())))
    folder = pretrained or pretrained_folder()
    network = new_network(known, folder)
    network.load_state_dict(saved["network"])
    optimiser = optimiser_of(network)
    optimiser.load_state_dict(saved["optimiser"])
    return State(network, optimiser, known, saved["rounds"], saved["steps"], folder)


def run_round(state: State, planned: Sequence[Batch], mask: int) -> dict[str, float]:
    """All batches of a round; gives the mean losses."""
    torch.manual_seed(SETTINGS["seed"] * 1000 + state.rounds)
    rates = SETTINGS["learning_rate"]
    sums: dict[str, float] = {}
    for number, batch in enumerate(planned):
        scale = rate_scale(state, len(planned))
        for group, rate in zip(state.optimiser.param_groups, (rates["encoder"], rates["heads"]), strict=True):
            group["lr"] = rate * scale
        for name, value in step(state, batch, mask).items():
            sums[name] = sums.get(name, 0.0) + value
        if number % 100 == 0:
            print(f"round {state.rounds} step {number}/{len(planned)} scale {scale:.3f}", flush=True)  # noqa: T201
    state.rounds += 1
    return {name: value / len(planned) for name, value in sums.items()}


def train(state: State, sources: dict[str, list[Sentence]], held_out: Sequence[Sentence], path: Path) -> None:
    """Train until all rounds are done, saving after each."""
    marks = word_pieces(state.pretrained)
    numberer = Numberer(state.inventory, marks)
    numbered = [numberer(sentence) for sentence in held_out]
    checks = [collate([[s] for s in numbered[i : i + 64]], marks) for i in range(0, len(numbered), 64)]
    while state.rounds < SETTINGS["rounds"]["constant"] + SETTINGS["rounds"]["decay"]:
        began = time.monotonic()
        means = run_round(state, round_batches(state, sources, marks), marks.mask)
        save(state, path)
        figures = measured(state.network, checks, state.inventory)
        words = [f"{name}:{value:.3f}" for name, value in means.items()]
        print(f"round {state.rounds} {time.monotonic() - began:.0f}s", *words, *told(figures), flush=True)  # noqa: T201
