"""Print the description of the API (OpenAPI)."""

from __future__ import annotations

import json

import click

from fengong.api.application import api


@click.command(help="Print the description of the API (OpenAPI).")
def command() -> None:
    """As JSON, in a stable order, to be kept or compared."""
    click.echo(json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False))
