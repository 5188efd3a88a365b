"""What the composer's buttons do: an answer with what goes along and what follows it, or a note."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fengong.desk.actions.attachments import send_with
from fengong.desk.actions.drafts import drop_draft
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.kernel.clock import now
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.signing import signed


@transaction.atomic
def send_answer(actor: Any, opened: Opened, form: Any) -> None:
    """Answer the customer; then, if asked for, resolve or wait for them: all or nothing, so no text goes twice.

    A page says what it has heard, and only what bears on the answer stops it; a program that names a version only is
    stopped by any change.
    """
    ticket, given, at = opened.ticket, form.cleaned_data, now()
    heard = given["heard"]
    seen = given["seen"] if heard is None else None
    message = reply(
        actor=actor,
        ticket=ticket,
        member=actor,
        body=signed(form, opened.talk),
        at=at,
        seen=seen,
        heard=heard,
    )
    send_with(actor=actor, message=message, attachments=given["attachments"], at=at)
    drop_draft(actor=actor, ticket=ticket, member=actor, kind="reply", at=at)
    if given["then"] == "resolve":
        resolve_ticket(actor=actor, ticket=ticket, at=at)
    if given["then"] == "pause" and ticket.status != "pending":
        pend_ticket(actor=actor, ticket=ticket, at=at)


@transaction.atomic
def save_note(actor: Any, ticket: Any, form: Any) -> None:
    """Write a note for colleagues."""
    given, at = form.cleaned_data, now()
    message = add_note(actor=actor, ticket=ticket, member=actor, body=given["body"], at=at)
    send_with(actor=actor, message=message, attachments=given["attachments"], at=at)
    drop_draft(actor=actor, ticket=ticket, member=actor, kind="note", at=at)
