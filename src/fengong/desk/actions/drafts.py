"""Verbs on words not sent yet. They are private and change with each key, so the spine hears nothing of them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.models import Draft, Message, Ticket
from fengong.desk.policies import require_author, require_reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.models import Member

KINDS = re.compile(r"reply|note|escalate|side|side-\d{1,18}")
LONGEST = 20_000
JUST_NOW = timedelta(seconds=30)
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
) -> Draft | None:
    """Keep what a member has typed so far; nothing typed means that nothing is kept."""
    require_author(actor, member)
    require_reading(member, ticket)
    if not KINDS.fullmatch(kind):
        raise Invalid(_("There is no such kind of draft."), field="kind")
    given = {name: str(value)[:LONGEST] for name, value in (fields or {}).items() if name in FIELDS and value}
    if _is_sent(ticket, member, body, at) or not (body.strip() or any(v.strip() for v in given.values())):
        drop_draft(actor=actor, ticket=ticket, member=member, kind=kind, at=at)
        return None
    kept = {"body": body[:LONGEST], "fields": given, "notice": notice, "updated_at": at}
    with transaction.atomic():
        draft, _is_new = Draft.objects.update_or_create(
            member=member, ticket=ticket, kind=kind, defaults=kept
        )
    return draft


def _is_sent(ticket: Ticket, member: Member, body: str, at: datetime) -> bool:
    """Whether the member has just sent these very words: a draft that was still on its way then comes too late."""
    if not body.strip():
        return False
    mine = Message.objects.filter(ticket=ticket, member=member, at__gt=at - JUST_NOW).order_by("-at", "-id")
    last = mine.values_list("body", flat=True).first()
    return last is not None and last.strip().startswith(body.strip())


def drop_draft(*, actor: Actor, ticket: Ticket, member: Member, kind: str, at: datetime) -> None:
    """Forget it: it was sent, or its writer emptied the field."""
    require_author(actor, member)
    Draft.objects.filter(member=member, ticket=ticket, kind=kind).delete()
