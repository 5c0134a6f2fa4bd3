"""`kg serve`: a dataset over HTTP."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from kg.cli.console import messages
from kg.cli.options import dataset_option
from kg.dataset import Dataset
from server import serve

if TYPE_CHECKING:
    from pathlib import Path

    from kg.settings import Settings


@click.command(
    epilog="""\b
Examples:
  kg serve                               ./kg-data on http://127.0.0.1:7878
  kg serve --dataset news --port 8000
  curl 'http://127.0.0.1:7878/queries/at-place?place=Kherson&format=csv'
"""
)
@dataset_option
@click.option("--host", help="The address to listen on.  [127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65_535), help="The port; 0 takes any free one.  [7878]")
@click.pass_context
def command(context: click.Context, dataset: Path, host: str | None, port: int | None) -> None:
    """Serve a dataset over HTTP: /sparql, the saved queries at /queries/NAME, and a page that lists them.

    A dataset that is built anew meanwhile is taken up without a restart. End it with Ctrl-C.
    """
    serve_dataset(dataset, context.obj, host, port)


def serve_dataset(path: Path, settings: Settings, host: str | None, port: int | None) -> None:
    """Serve until interrupted, and say where."""
    with Dataset.open(path) as dataset:
        published, base = dataset.published, dataset.base
    with contextlib.suppress(KeyboardInterrupt):
        serve(
            published,
            host or settings.host,
            settings.port if port is None else port,
            base_iri=base,
            announce=lambda address: messages().print(f"Serving on {address} (Ctrl-C ends it)"),
        )
