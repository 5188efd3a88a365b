"""Pass a command on to Django: `fengong manage shell`."""

from __future__ import annotations

import click
from django.core.management import execute_from_command_line


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    help="Pass a command on to Django.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run Django's own command line with these arguments."""
    execute_from_command_line(["fengong manage", *arguments])
