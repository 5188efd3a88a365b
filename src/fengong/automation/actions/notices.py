"""Verbs that tell colleagues or other programs about a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.automation.events import MemberNotified, WebhookAsked
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import Fact, record, record_all
from fengong.people.models import Member
from fengong.people.policies import require


def notify_members(
    *, actor: Actor, ticket: Ticket, members: Iterable[Member], text: str, at: datetime
) -> int:
    """Tell members about a ticket; returns how many. Conflict when there is nobody to tell."""
    require(actor, "ticket.work")
    told = [member.pk for member in members if member.active and member.may("ticket.read")]
    if not told:
        raise Conflict(_("There is nobody to tell."))
    facts: list[tuple[Fact, Actor]] = [
        (MemberNotified(ticket=ticket.pk, member=pk, text=text), actor) for pk in dict.fromkeys(told)
    ]
    with transaction.atomic():
        record_all(facts, at=at)
    return len(facts)


def ask_webhook(*, actor: Actor, ticket: Ticket, endpoint: str, at: datetime) -> None:
    """Have an endpoint told of this ticket now."""
    require(actor, "ticket.work")
    with transaction.atomic():
        record(WebhookAsked(ticket=ticket.pk, endpoint=endpoint), actor=actor, at=at)
