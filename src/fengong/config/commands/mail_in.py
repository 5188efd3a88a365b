"""Take in a mail from standard input."""

from __future__ import annotations

import sys

import click

from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.queries import mailbox_by_token
from fengong.kernel.clock import now

TRY_LATER = 75
"""EX_TEMPFAIL: by this a mail server knows to keep the mail and call again."""


@click.command(
    help="Take in a mail from standard input, for the mailbox with this TOKEN (Settings, Mailboxes)."
)
@click.argument("token")
def command(token: str) -> None:
    """Keep the mail as it is; the worker takes it in within a second."""
    try:
        mailbox = mailbox_by_token(token)
        if mailbox is None:
            raise click.ClickException("no mailbox has this token")
        keep_mail(actor=MAIL, mailbox=mailbox, raw=sys.stdin.buffer.read(), at=now())
    except click.ClickException:
        raise
    except Exception as error:
        click.echo(f"not kept, try again: {error}", err=True)
        sys.exit(TRY_LATER)
