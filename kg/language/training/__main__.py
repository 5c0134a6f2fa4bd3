"""`python -m kg.language.training`: trains the language model and writes the one file that ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import torch

from kg.errors import KgError, UnreadableInput
from kg.language.training.corpora import SETTINGS as CORPORA
from kg.language.training.export import export
from kg.language.training.labelled import is_held_out, labelled
from kg.language.training.sources import ewt, training_sets, word_cutter
from kg.language.training.train import State, new_state, resumed, train

if TYPE_CHECKING:
    from kg.language.training.samples import Sentence

RUN, MODEL = "state.pt", "language.zip"
_FOLDER = click.Path(path_type=Path, file_okay=False)


def read_sources(corpora: Path) -> dict[str, list[Sentence]]:
    """All training sources by name, without the labelled items that thresholds are set on.

    Raises UnreadableInput where a corpus is not in the folder.
    """
    for corpus in CORPORA["corpus"]:
        if not (corpora / corpus["name"]).is_dir():
            remedy = f"Put there {corpus['credit']} ({corpus['licence']})"
            raise UnreadableInput(f"there is no corpus {corpus['name']} in it", input=str(corpora), remedy=remedy)
    ours = [sentence for sentence in labelled(corpora, word_cutter()) if not is_held_out(sentence.id)]
    return training_sets(corpora, ours)


def begun_or_resumed(sources: dict[str, list[Sentence]], run: Path) -> State:
    """The run of the file, or a new one where there is none."""
    return resumed(run) if run.exists() else new_state(sources)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--corpora", type=_FOLDER, required=True, help="The folder of the corpora.")
@click.option(
    "--out", type=_FOLDER, required=True, help="Where the run and the model are kept; go on with what is there."
)
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Threads of torch.")
def main(corpora: Path, out: Path, threads: int) -> None:
    """Train the language model; told after each round: its time, its losses, and scores on EWT's dev part.

    Interrupted, it goes on from the last whole round. The same corpora, settings, threads and versions give the same
    weights. At the end OUT/language.zip is the model file.
    """
    torch.set_num_threads(threads)
    out.mkdir(parents=True, exist_ok=True)
    try:
        sources = read_sources(corpora)
    except KgError as error:
        raise click.ClickException(str(error)) from error
    state = begun_or_resumed(sources, out / RUN)
    click.echo(f"{sum(map(len, sources.values())):,} sentences, {state.rounds} rounds done")
    train(state, sources, ewt(corpora, "dev"), out / RUN)
    export(state, out / MODEL)
    click.echo(f"{out / MODEL}: {(out / MODEL).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
