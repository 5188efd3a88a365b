"""Verbs on words not sent yet. They are private and change with each key, so the spine hears nothing of them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import locked
from fengong.desk.models import Draft, Ticket
from fengong.desk.policies import require_author, require_reading
from fengong.desk.reading.drafts import sent_since
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.people.models import Member

KINDS = re.compile(r"reply|note|escalate|side|side-\d{1,18}")
LONGEST = 20_000
FIELDS = ("tried", "found", "wanted", "then", "subject", "participants")


def keep_draft(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    kind: str,
    body: str,
    at: datetime,
    fields: dict[str, Any] | None = None,
    notice: str = "",
    heard: int | None = None,
) -> Draft | None:
    """Keep what a member has typed so far; nothing typed means that nothing is kept.

    With `heard`, the number of the last fact its writer saw, Conflict when they have sent such an answer since: what
    was on its way while its words were sent must not lie in the composer again. Whoever writes on after that says so
    by a newer number.
    """
    require_author(actor, member)
    require_reading(member, ticket)
    if not KINDS.fullmatch(kind):
        raise Invalid(_("There is no such kind of draft."), field="kind")
    given = {name: str(value)[:LONGEST] for name, value in (fields or {}).items() if name in FIELDS and value}
    with transaction.atomic():
        if heard is not None and sent_since(locked(ticket), member, kind, heard):
            raise Conflict(_("These words may have been sent already."), code="sent")
        if not (body.strip() or any(value.strip() for value in given.values())):
            drop_draft(actor=actor, ticket=ticket, member=member, kind=kind, at=at)
            return None
        kept = {"body": body[:LONGEST], "fields": given, "notice": notice, "updated_at": at}
        draft, _is_new = Draft.objects.update_or_create(
            member=member, ticket=ticket, kind=kind, defaults=kept
        )
    return draft


def drop_draft(*, actor: Actor, ticket: Ticket, member: Member, kind: str, at: datetime) -> None:
    """Forget it: it was sent, or its writer emptied the field."""
    require_author(actor, member)
    Draft.objects.filter(member=member, ticket=ticket, kind=kind).delete()
