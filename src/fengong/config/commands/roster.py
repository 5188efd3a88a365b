"""Bring in shifts, standby and leave from a CSV or iCalendar file.

Prints what would happen; with --write it happens. What is refused is printed with its line and column.
"""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from fengong.kernel.actor import System
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.people import queries as people
from fengong.rota.actions.importing import Report, import_roster

IMPORTER = System("importer")
FORMS = {".ics": "icalendar", ".ical": "icalendar"}


@click.command("roster", help="Bring in shifts, standby and leave from a CSV or iCalendar file.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Of times without an offset.")
@click.option("--member", help="Mail address of whom lines are about that name nobody.")
@click.option("--write", is_flag=True, help="Write; without it nothing but the report is made.")
def command(file: Path, *, zone: str, member: str | None, write: bool) -> None:
    """Exit with 1 when something was refused, with 2 when the file cannot be used at all."""
    console = Console(highlight=False)
    usual = people.members().filter(account__email__iexact=member).first() if member else None
    if member and usual is None:
        raise click.UsageError(f"Nobody here has the address {member}.")
    try:
        report = import_roster(
            actor=IMPORTER,
            content=file.read_bytes(),
            form=FORMS.get(file.suffix.lower(), "csv"),
            zone=zone,
            member=usual,
            dry=not write,
            at=now(),
        )
    except Refused as refusal:
        console.print(f"[red]{refusal.message}[/red]")
        raise SystemExit(2) from refusal
    _show(console, report)
    raise SystemExit(1 if report.refused else 0)


def _show(console: Console, report: Report) -> None:
    for name, count in report.counts.items():
        console.print(f"{name:>9}  {count}")
    if report.refused:
        table = Table("line", "column", "key", "why")
        for one in report.refused:
            table.add_row(str(one.line), one.column, one.key, one.reason)
        console.print(table)
    if report.dry:
        console.print("Nothing was written. Run it again with --write.")
