"""Make an access token for a program."""

from __future__ import annotations

from datetime import timedelta

import click

from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.tokens import issue_token
from fengong.people.queries import account_by_email


@click.command(help="Make an access token by which a program acts for the account of EMAIL.")
@click.argument("email")
@click.option("--name", required=True, help="What the token is for.")
@click.option(
    "--days", type=click.IntRange(1, 3650), help="How long it holds; without it, until it is revoked."
)
def command(email: str, name: str, days: int | None) -> None:
    """Print the secret alone on standard output; it cannot be shown again."""
    account = account_by_email(email)
    if account is None:
        raise click.ClickException(f"there is no account with the address {email}")
    at = now()
    expires_at = at + timedelta(days=days) if days else None
    _token, secret = issue_token(actor=SYSTEM, account=account, name=name, at=at, expires_at=expires_at)
    click.echo("Keep this; it is not shown again:", err=True)
    click.echo(secret)
