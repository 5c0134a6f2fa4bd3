"""`kg demo`: the graph of the sample articles, built and served."""

from __future__ import annotations

import os
import shlex
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from kg.cli.build import build_into
from kg.cli.console import output
from kg.cli.serve import serve_dataset
from kg.pipeline import Options, shipped_stages
from kg.samples import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.settings import Settings


@click.command(
    epilog="""\b
Examples:
  kg demo                        builds, prints a summary and serves on http://127.0.0.1:7878
  kg demo --no-serve             stops after the summary
  kg demo --dataset /tmp/demo --port 8000
"""
)
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    help="The dataset's folder.  [a folder under the user's data]",
)
@click.option("--serve/--no-serve", default=True, help="Whether to serve the graph after the summary.")
@click.option("--port", type=click.IntRange(0, 65_535), help="The port; 0 takes any free one.  [7878]")
@click.pass_context
def command(context: click.Context, dataset: Path | None, serve: bool, port: int | None) -> None:
    """Build the graph of the sample articles that come with kg, print a summary and serve it."""
    path = dataset or data_home() / "demo"
    settings: Settings = context.obj
    options = Options(settings, shipped_stages(settings.threads))
    summary = build_into(path, [str(sample) for sample in paths()], options)
    for line in _advice(path, settings, port, serving=serve):
        output().print(line)
    if serve:
        serve_dataset(path, settings, None, port)
    context.exit(0 if summary.complete else 1)


def data_home() -> Path:
    """Where programs keep the user's data: by the XDG Base Directory Specification."""
    given = os.environ.get("XDG_DATA_HOME", "")
    return (Path(given) if given.startswith("/") else Path.home() / ".local" / "share") / "conflict-kg"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask first: in words, and as a saved query with parameters."""

    words: str
    query: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The query's path on the server."""
        return f"queries/{self.query}" + (f"?{urlencode(self.parameters)}" if self.parameters else "")

    def line(self, dataset: Path) -> str:
        """The command that asks it."""
        parameters = [part for name, value in self.parameters.items() for part in (f"--{name}", value)]
        return shlex.join(["kg", "query", self.query, *parameters, "--dataset", str(dataset)])


def questions() -> list[Question]:
    """The questions of `demo.toml`."""
    read = tomllib.loads(files("kg.cli").joinpath("demo.toml").read_text("utf8"))
    return [Question(**item) for item in read["question"]]


def _advice(path: Path, settings: Settings, port: int | None, *, serving: bool) -> Iterator[str]:
    address = f"http://{settings.host}:{settings.port if port is None else port}/"
    yield f"\nOpen {address} for all questions, or ask first:"
    for question in questions():
        yield f"\n  {question.words}"
        yield f"    {address}{question.path}"
        yield f"    {question.line(path)}"
    if not serving:
        yield f"\nServe it with: {shlex.join(['kg', 'serve', '--dataset', str(path)])}"
