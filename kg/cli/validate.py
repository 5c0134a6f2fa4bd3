"""`kg validate`: a dataset against the shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.console import harmless_lines, output
from kg.cli.options import dataset_option
from kg.cli.progress import Reporter
from kg.dataset import Dataset
from kg.graph import GraphSettings
from kg.graph.validation import validate

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="""\b
Examples:
  kg validate                      ./kg-data; exit code 1 where something is wrong
  kg validate --dataset news
"""
)
@dataset_option
@click.pass_context
def command(context: click.Context, dataset: Path) -> None:
    """Check every document of a dataset against the shapes of the ontology (SHACL) and tell what is wrong."""
    with Dataset.open(dataset) as opened, Reporter("Validating"):
        report = validate(opened.store, GraphSettings(opened.base))
    output().print(harmless_lines(str(report)))
    context.exit(0 if report.conforms else 1)
