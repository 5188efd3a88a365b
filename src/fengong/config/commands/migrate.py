"""Bring the database up to this version."""

from __future__ import annotations

import click
from django.core.management import call_command


@click.command(help="Bring the database up to this version.")
def command() -> None:
    """Apply what is missing; running it again changes nothing."""
    call_command("migrate", interactive=False, verbosity=1)
