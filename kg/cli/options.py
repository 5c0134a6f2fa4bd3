"""Options that several commands share."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import BadDate
from kg.pipeline import Options, shipped_stages
from kg.reading import ReadOptions, parse_fields, read_date, today_anywhere

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kg.settings import Settings

    Command = Callable[..., None]


def default_dataset(context: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """The dataset named, else that of the settings."""
    return given or Path(context.obj.dataset)


def past_day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    """A date in any of the forms that front matter may have it in; a usage error where it cannot be or is to come."""
    try:
        return None if given is None else read_date(given, today_anywhere(), input="--published")
    except BadDate as error:
        raise click.BadParameter(f"{error.reason}. {error.remedy}", context, parameter) from error


dataset_option = click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    envvar="KG_DATASET",
    callback=default_dataset,
    help="The dataset's folder.  [$KG_DATASET, else ./kg-data]",
)


def reading_options(command: Command) -> Command:
    """Give a command the options of those that read sources, collected in its parameter `options`."""

    @wraps(command)
    @click.pass_context
    def collected(
        context: click.Context,
        /,
        *,
        published: date | None,
        publisher: str | None,
        fields: str | None,
        jobs: int,
        model: str | None,
        **others: object,
    ) -> None:
        reading = ReadOptions(published, publisher, parse_fields(fields) if fields else {})
        settings: Settings = context.obj
        stages = shipped_stages(settings.threads if jobs == 1 else 1, model)
        command(options=Options(settings, stages, reading, jobs), **others)

    for option in reversed(_READING):
        collected = option(collected)
    return collected


_READING = (
    click.argument("sources", nargs=-1, required=True, metavar="SOURCE..."),
    click.option(
        "--published", callback=past_day, metavar="DATE", help="The day of publication where a source names none."
    ),
    click.option("--publisher", metavar="NAME", help="The publisher where a source names none."),
    click.option(
        "--fields",
        "fields",
        metavar="FIELD=COLUMN,...",
        help="Columns of CSV and keys of JSON Lines, as in text=body,date=published.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        default=1,
        show_default=True,
        help="Processes that read; each loads the language model.",
    ),
    click.option("--model", metavar="NAME", help="Another spaCy model by name or folder, in place of the shipped one."),
)
