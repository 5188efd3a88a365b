"""Bring tickets in from an export of another desk, or from a table.

Reads a file, judges every record, and prints what would happen; with --write it happens. Tickets that are here already
are followed, not doubled. What is refused is printed with its line and column.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from fengong.integrations.imports import queries as imports
from fengong.integrations.imports.actions.carrying import carry_on
from fengong.integrations.imports.actions.runs import draft_import, start_import
from fengong.integrations.imports.wire.fetching import as_lines, objects, open_desk
from fengong.kernel.actor import System
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused

IMPORTER = System("importer")
SHOWN = 20
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("import", help="Bring tickets in from an export of another desk, or from a table.")
@click.argument("source", type=click.Choice([name for name, _label in imports.sources()]))
@click.argument("file", type=_FILE, required=False)
@click.option("--address", help="Fetch from the API of that desk instead of a file.")
@click.option("--key", envvar="FENGONG_IMPORT_KEY", help="Its key; better given as FENGONG_IMPORT_KEY.")
@click.option("--account", default="main", show_default=True, help="Tells two desks of one make apart.")
@click.option("--mapping", type=_FILE, help="JSON: columns, statuses, priorities, fields, zone.")
@click.option("--write", is_flag=True, help="Write; without it nothing but the report is made.")
def command(
    source: str,
    file: Path | None,
    *,
    address: str | None,
    key: str | None,
    account: str,
    mapping: Path | None,
    write: bool,
) -> None:
    """Exit with 1 when something was refused, with 2 when the file cannot be used at all."""
    console = Console(highlight=False)
    try:
        name, content = _content(console, source, file, address, key)
        run = draft_import(
            actor=IMPORTER,
            source=source,
            account=account,
            file_name=name,
            content=content,
            settings=_settings(mapping),
            at=now(),
        )
        run = start_import(actor=IMPORTER, run=run, dry=not write, at=now())
    except Refused as refusal:
        console.print(f"[red]{refusal.message}[/red]")
        raise SystemExit(2) from refusal
    _carry(console, run)
    raise SystemExit(1 if _report(console, run.pk) else 0)


def _content(
    console: Console, source: str, file: Path | None, address: str | None, key: str | None
) -> tuple[str, bytes]:
    """What is to be read: a file, or all that a desk answers, and its name."""
    if file is not None:
        return file.name, file.read_bytes()
    if not address or not key or source == "table":
        raise click.UsageError("Name a FILE, or --address and --key of that desk.")
    with console.status(f"{address} …") as status:
        found = objects(source, open_desk(source, address, key))
        lines = as_lines(found, lambda count: status.update(f"{address} … {count}"))
    return f"{urlsplit(address).hostname}.ndjson", lines


def _settings(mapping: Path | None) -> dict[str, Any]:
    if mapping is None:
        return {}
    try:
        return dict(json.loads(mapping.read_text("utf-8")))
    except ValueError as error:
        raise click.BadParameter(f"{mapping} is not JSON: {error}") from error


def _carry(console: Console, run: Any) -> None:
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task(run.file_name, total=None)
        while not carry_on(actor=IMPORTER, run=run, at=now()):
            run.refresh_from_db()
            progress.update(bar, total=run.total, completed=run.position)


def _report(console: Console, pk: int) -> int:
    run = imports.run(pk)
    if run is None:
        return 0
    for name, count in run.counts.items():
        console.print(f"{name:>9}  {count}")
    refused = list(imports.refusals(run)[:SHOWN])
    if refused:
        table = Table("file", "line", "column", "id", "why")
        for one in refused:
            table.add_row(one.file, str(one.line), one.column, one.external_id, one.reason)
        console.print(table)
    if run.dry:
        console.print("Nothing was written. Run it again with --write.")
    return imports.refusals(run).count()
