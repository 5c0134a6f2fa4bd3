"""`kg query`: a saved query or one of the user's own, answered from a published dataset."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import dataset_option
from kg.dataset import Dataset
from kg.errors import UsageError
from queries import SavedQuery, bind, catalogue
from server.results import FORMATS, kind_of, render, run_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A page is for browsers.
NAMES = [name for name in FORMATS if name != "html"]
DEFAULT = {"rows": "table", "truth": "table", "graph": "turtle"}


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
Examples:
  kg query at-place --place Kherson --since 2022-11-01
  kg query casualties --format csv > casualties.csv
  kg query --sparql 'SELECT ?event { ?event a ckg:Shelling } LIMIT 5'
  kg query --file mine.rq --format json
  kg queries                     lists the saved queries and their parameters
""",
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[NAME] [--PARAM VALUE]...")
@click.option("--sparql", metavar="TEXT", help="A query in SPARQL; ckg: and other usual prefixes are declared.")
@click.option("--file", "file", type=click.Path(path_type=Path), help="A file with a query; - is standard input.")
@click.option("--format", "format", type=click.Choice(NAMES), help="The answer's form.  [table, turtle for graphs]")
@dataset_option
@click.pass_context
def command(
    context: click.Context,
    words: Sequence[str],
    sparql: str | None,
    file: Path | None,
    format: str | None,
    dataset: Path,
) -> None:
    """Ask a saved query by NAME with its parameters, or a query of your own.

    The default graph of a query is the union of all graphs. `kg queries NAME` describes a saved query.
    """
    text = _text(words, sparql, file)
    with Dataset.open(dataset) as opened:
        result = run_query(opened.store, text, base_iri=opened.base)
        render(result, format or DEFAULT[kind_of(result)], sys.stdout.buffer, tty=sys.stdout.isatty())
        # The answer reads from the store, so it goes before the store is closed.
        del result
    context.exit(0)


def _text(words: Sequence[str], sparql: str | None, file: Path | None) -> str:
    given = [bool(words), sparql is not None, file is not None]
    if sum(given) != 1:
        remedy = "kg queries lists the saved queries, kg query --help shows how to ask"
        raise UsageError("give the name of a saved query, --sparql or --file, and one of them only", remedy=remedy)
    if sparql is not None:
        return sparql
    return _read(file) if file is not None else bind(saved_query(words[0]), dict(_pairs(words[1:])))


def saved_query(name: str) -> SavedQuery:
    """The saved query of that name; UsageError with the nearest name where there is none."""
    found = catalogue().get(name)
    if found is None:
        near = difflib.get_close_matches(name, catalogue(), n=1)
        remedy = f"Did you mean {near[0]}?" if near else "kg queries lists the saved queries"
        raise UsageError(f"there is no saved query {name!r}", remedy=remedy)
    return found


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parameters out of `--name value` and `--name=value`, each once."""
    remaining, seen = iter(words), set()
    for word in remaining:
        name, given, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"{word!r} is no parameter", input="kg query", remedy="Write --NAME VALUE")
        if name in seen:
            raise UsageError("given twice", input=f"--{name}", remedy="Give it once")
        seen.add(name)
        yield name, value if given else _value(name, remaining)


def _value(name: str, remaining: Iterator[str]) -> str:
    value = next(remaining, None)
    if value is None:
        raise UsageError("its value is missing", input=f"--{name}", remedy=f"Write --{name} VALUE")
    return value


def _read(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf8")
    except OSError as error:
        raise UsageError(f"{error.strerror}".lower(), input=str(file), remedy="Check the path of the query") from error
    except UnicodeDecodeError as error:
        raise UsageError("the query is not UTF-8", input=str(file), remedy="Save it as UTF-8") from error
