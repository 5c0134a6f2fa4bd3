"""A group of commands whose modules are imported only when one of them is called, and that tells our errors."""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from kg.errors import EXIT_CODES, KgError, looked_up

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """Commands out of a table of names and help lines; `kg NAME` is `command` in the module `NAME`."""

    def __init__(self, *args: Any, commands_of: str, table: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - as click has it
        super().__init__(*args, **kwargs)
        self._package, self._table = commands_of, table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """The names in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of that name, imported now; None where there is none."""
        if cmd_name not in self._table:
            return None
        command = import_module(f"{self._package}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of commands in the help, from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._table.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; where there is no command of that name, the nearest is proposed."""
        name = args[0]
        if name not in self._table and not name.startswith("-"):
            near = difflib.get_close_matches(name, self._table, n=1)
            raise click.UsageError(f"No such command {name!r}." + (f" Did you mean {near[0]}?" if near else ""), ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as click has it
        """As click does; an error of ours is told on standard error and becomes an exit code."""
        try:
            return super().main(*args, **kwargs)
        except KgError as error:
            # Imported here, since only this and the commands that print need it.
            import_module("kg.cli.console").tell(error)
            sys.exit(looked_up(error, EXIT_CODES))
