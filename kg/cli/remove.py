"""`kg remove`: documents out of a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.console import harmless_lines, output, tell
from kg.cli.options import dataset_option
from kg.dataset import Dataset
from kg.errors import NotInDataset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command(
    epilog="""\b
Examples:
  kg remove kharkiv-2022-09-11
  kg query documents               lists the documents there are
"""
)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@dataset_option
@click.pass_context
def command(context: click.Context, documents: Sequence[str], dataset: Path) -> None:
    """Take documents out of a dataset, with all that they alone gave to the graph, and publish it."""
    with Dataset.open(dataset, "write") as opened:
        removed = [document for document in dict.fromkeys(documents) if _remove(opened, document)]
        opened.publish()
    for document in removed:
        output().print(f"removed {harmless_lines(document)}")
    context.exit(0 if len(removed) == len(set(documents)) else 1)


def _remove(dataset: Dataset, document: str) -> bool:
    try:
        dataset.remove(document)
    except NotInDataset as error:
        tell(error)
        return False
    return True
