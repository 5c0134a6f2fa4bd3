"""`python -m kg.evaluation`: what the scores are, on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import EXIT_CODES, KgError, looked_up
from kg.evaluation.cost import SETTINGS
from kg.evaluation.extraction import Scoreboard, scoreboard
from kg.evaluation.tally import as_json, as_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.evaluation.coded import CodedText
    from kg.evaluation.tally import Row

LANGUAGE_MEASURES: tuple[str, ...] = tuple(SETTINGS["row"])
_PATH = click.Path(path_type=Path)
_corpora = click.option(
    "--corpora", type=_PATH, required=True, help="The folder of the corpora, with test-only/ in it."
)


_limit = click.option("--limit", type=click.IntRange(1), help="Read only so many documents or sentences.")


class Group(click.Group):
    """Tells an error of ours in one line."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except KgError as error:
            click.echo(f"kg.evaluation: {error}", err=True)
            context.exit(looked_up(error, EXIT_CODES))


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def evaluation() -> None:
    """How good the reading is: scores on gold and on test sets, beside what others have published."""


def show(rows: Sequence[Row], *, as_object: bool = False) -> None:
    """Print measures as a table or as one JSON object."""
    click.echo(json.dumps(as_json(rows)) if as_object else "\n".join(as_table(rows)))


def show_errors(board: Scoreboard) -> None:
    """Print what was missed and invented, by document."""
    for name, errors in board.errors.items():
        click.echo("\n  ".join([f"\n{name}", *errors]))


@evaluation.command()
@click.argument("gold", type=_PATH)
@click.argument("predicted", type=_PATH, required=False)
@click.option("--articles", type=_PATH, help="Read these articles instead, those that GOLD has.")
@click.option("--errors", is_flag=True, help="List what was missed and what was invented.")
@click.option("--json", "as_object", is_flag=True, help="Print the measures as one JSON object.")
def extraction(gold: Path, predicted: Path | None, articles: Path | None, errors: bool, as_object: bool) -> None:
    """Score the records of PREDICTED against those of GOLD: folders of JSON files, or JSON Lines.

    Without PREDICTED, the texts of GOLD are read here and now; with --articles, the articles themselves.
    """
    if predicted and articles:
        raise click.UsageError("Give PREDICTED or --articles, not both.")
    board = scoreboard(gold, predicted or _read(gold, articles))
    if board.missing:
        click.echo(f"no prediction for: {', '.join(board.missing)}", err=True)
    if errors:
        show_errors(board)
    show(board.rows, as_object=as_object)


def _read(gold: Path, articles: Path | None) -> dict[str, dict[str, object]]:
    from kg.evaluation.extractor import article_documents, gold_documents, records, shipped_extractor  # noqa: PLC0415
    from kg.reading import ReadOptions  # noqa: PLC0415

    documents = gold_documents(gold)
    if articles:
        documents = article_documents(articles, [document.id for document in documents], ReadOptions())
    return records(documents, shipped_extractor(linked=True))


@evaluation.command()
@click.argument("paths", type=_PATH, nargs=-1, required=True)
@click.option("--by", type=click.Choice(["sentence", "file"]), default="sentence", show_default=True,
              help="Read each sentence alone, or each file as one text.")  # fmt: skip
@click.option("--json", "as_object", is_flag=True, help="Print the measures as one JSON object.")
def names(paths: tuple[Path, ...], by: str, as_object: bool) -> None:
    """Score the names that the model finds in token-per-line files with BIO or BIOES labels.

    Types are mapped to PER, ORG and LOC by name_types.toml; spans of other types are left out.
    """
    from kg.evaluation.names import joined, name_scores, read_named  # noqa: PLC0415
    from kg.language import load  # noqa: PLC0415

    nlp = load(threads=1)
    texts = [read_named(path) for path in paths]
    read = [joined(text) for text in texts] if by == "file" else [sentence for text in texts for sentence in text]
    show(name_scores(nlp.get_pipe("conflict_kg_language"), nlp.vocab, read), as_object=as_object)


@evaluation.command()
@_corpora
@click.option("--gold", type=_PATH, help="The gold articles.  [default: gold beside the corpora]")
@click.option("--limit", type=click.IntRange(1), help="Read only so many sentences or documents of each set.")
@click.option("--only", multiple=True, type=click.Choice(list(LANGUAGE_MEASURES)), help="This measure, and no other.")
def language(corpora: Path, gold: Path | None, limit: int | None, only: tuple[str, ...]) -> None:
    """Print the language model's figures beside the bar, on test sets that it never trained on."""
    from kg.evaluation.language import TestSets, check_corpora, figures, re3d_note  # noqa: PLC0415
    from kg.language import load  # noqa: PLC0415

    check_corpora(corpora)
    sets = TestSets(corpora, gold or corpora.parent / "gold", load(threads=1), limit)
    click.echo(f"{'set':<50}{'measure':<32}{'bar':<22}ours")
    for figure in figures(sets, only):
        click.echo(f"{figure.set:<50}{figure.measure:<32}{figure.bar:<22}{figure.ours}")
    if not only or "re3d" in only:
        click.echo(re3d_note(corpora))


@evaluation.command()
@_corpora
@_limit
def re3d(corpora: Path, limit: int | None) -> None:
    """Score extraction's mentions on re3d (Syria and Iraq): exact spans of persons, organisations and places."""
    from kg.evaluation.language import re3d_note  # noqa: PLC0415
    from kg.evaluation.re3d import re3d_records, re3d_scores, read_re3d, record_spans  # noqa: PLC0415

    documents = list(read_re3d(corpora / "test-only" / "re3d"))[:limit]
    found = re3d_records(documents)
    for title, kinds in (("names", ("name",)), ("names, nominals and pronouns", ("name", "nominal", "pronoun"))):
        click.echo(f"\n{title}")
        show(re3d_scores(lambda text, kinds=kinds: record_spans(found[text], kinds), documents))  # type: ignore[misc]
    click.echo(re3d_note(corpora))
    _show_published("re3d")


def _show_published(name: str) -> None:
    from kg.evaluation.meanings import SETTINGS as REFERENCES  # noqa: PLC0415

    click.echo(REFERENCES["published"][name])


def _show_coded(name: str, texts: Sequence[CodedText]) -> None:
    from kg.evaluation.coded import coded_records, coded_scores  # noqa: PLC0415

    show(coded_scores(texts, coded_records(texts)))
    _show_published(name)


@evaluation.command()
@_corpora
@_limit
def plover(corpora: Path, limit: int | None) -> None:
    """Score types and actors on PLOVER's gold records.

    A record codes one event of its sentence, so precision of the type is a lower bound. "of ours" counts the records
    whose type one of our event types may mean.
    """
    from kg.evaluation.coded import read_plover  # noqa: PLC0415

    _show_coded("plover", read_plover(corpora / "test-only" / "plover" / "PLOVER_GSR_CAMEO.txt")[:limit])


@evaluation.command()
@_corpora
@_limit
def petrarch(corpora: Path, limit: int | None) -> None:
    """Score types (CAMEO roots) and actors (countries) on UniversalPetrarch's validation sentences."""
    from kg.evaluation.coded import read_petrarch  # noqa: PLC0415

    _show_coded("petrarch", read_petrarch(corpora / "test-only" / "petrarch" / "PETR2_GSR_validation.xml")[:limit])


@evaluation.command()
@_corpora
@_limit
@click.option("--part", type=click.Choice(["dev", "train"]), default="dev", show_default=True, help="Which part.")
def muc4(corpora: Path, limit: int | None, part: str) -> None:
    """Score incident types and role fillers on MUC-4: CEAF-REE by document, all templates together.

    "strict": a filler of ours is right where its phrase is one of the gold filler's (as GRIT scores); "overlap": where
    they share a word of content.
    """
    from kg.evaluation.muc4 import muc4_records, muc4_scores, read_muc4  # noqa: PLC0415

    documents = read_muc4(corpora / "test-only" / "muc4" / f"{part}.json")[:limit]
    show(muc4_scores(documents, muc4_records(documents)))
    _show_published("muc4")


def main() -> None:
    """Run with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    evaluation.main(prog_name="python -m kg.evaluation")
