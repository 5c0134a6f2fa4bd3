"""`kg evaluate`: the scoreboard of extraction on gold records; `python -m kg.evaluation` has the other measures."""

from __future__ import annotations

import click

from kg.evaluation.commands import extraction

command = click.Command(
    "evaluate",
    callback=extraction.callback,
    params=extraction.params,
    help=extraction.help,
    epilog="""\b
Examples:
  kg evaluate gold/                         read gold's texts and score what is read
  kg evaluate gold/ --errors                and list what was missed and invented
  kg evaluate gold/ records.jsonl --json    score records that kg extract wrote
""",
)
