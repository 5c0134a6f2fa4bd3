"""`kg build`: sources into a dataset."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg import pipeline
from kg.cli.console import output, tell, warn
from kg.cli.options import dataset_option, reading_options
from kg.cli.progress import Reporter
from kg.cli.summary import summary_lines
from kg.dataset import Dataset
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command(
    epilog="""\b
Examples:
  kg build articles/                                  a folder, with all below it
  kg build 'news/2024-*.html' --publisher Reuters     files by a pattern
  kg build https://example.org/report                 a page
  kg build reports.jsonl.gz --fields text=body,date=day,id=slug --jobs 4
  cat report.txt | kg build - --published 2024-05-01
"""
)
@reading_options
@dataset_option
@click.pass_context
def command(context: click.Context, sources: Sequence[str], dataset: Path, options: pipeline.Options) -> None:
    """Read articles into a dataset and publish it.

    SOURCE is a file, folder, pattern, http(s) address, or - for standard input: plain text, Markdown, HTML,
    JSON Lines, JSON or CSV, each also as .gz. Unchanged documents are skipped and changed ones replaced; a
    build that was interrupted goes on where it was. What fails is told, and the rest goes on.
    """
    summary = build_into(dataset, sources, options)
    context.exit(0 if summary.complete else 1)


def build_into(path: Path, sources: Sequence[str], options: pipeline.Options) -> pipeline.Summary:
    """Build with progress, errors told as they come and the summary printed at the end."""
    with Dataset.open_or_create(path, options.settings.base) as dataset:
        with Reporter("Reading") as reporter:
            summary = _built(dataset, sources, _told_to(reporter, options))
        published = dataset.snapshot()
    assert published is not None, "a build publishes"
    if summary.left_out:
        warn(f"{summary.left_out:,} files were left out: their endings name no format that is read")
    for line in summary_lines(summary, path, published.number):
        output().print(line)
    return summary


def _told_to(reporter: Reporter, options: pipeline.Options) -> pipeline.Options:
    return replace(options, on_error=lambda error: tell(error, reporter.console), on_progress=reporter.update)


def _built(dataset: Dataset, sources: Sequence[str], options: pipeline.Options) -> pipeline.Summary:
    try:
        return pipeline.build(sources, dataset, options)
    except KeyboardInterrupt:
        remedy = "What was finished is kept: the same command goes on from there"
        raise KgError("interrupted", remedy=remedy) from None
