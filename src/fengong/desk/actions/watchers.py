"""Verbs on who follows a ticket."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.desk.facts import TicketUnwatched, TicketWatched
from fengong.desk.models import Ticket, Watcher
from fengong.desk.policies import require_following, require_reading
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record
from fengong.people.models import Member


def watch_ticket(
    *, actor: Actor, ticket: Ticket, member: Member, at: datetime, reason: str = Watcher.Reason.CHOSEN
) -> Watcher:
    """Let a member hear what happens to a ticket. Who follows it already goes on doing so."""
    require_reading(member, ticket)
    if reason != Watcher.Reason.MENTIONED:  # whoever may write on it may draw somebody in
        require_following(actor, member)
    require_reading(actor, ticket)
    with transaction.atomic():
        watcher, is_new = Watcher.objects.get_or_create(
            ticket=ticket, member=member, defaults={"reason": reason, "at": at}
        )
        if is_new:
            record(TicketWatched(ticket=ticket.pk, member=member.pk), actor=actor, at=at)
    return watcher


def unwatch_ticket(*, actor: Actor, ticket: Ticket, member: Member, at: datetime) -> None:
    """Let them hear no more of it."""
    require_following(actor, member)
    with transaction.atomic():
        gone, _counts = Watcher.objects.filter(ticket=ticket, member=member).delete()
        if gone:
            record(TicketUnwatched(ticket=ticket.pk, member=member.pk), actor=actor, at=at)
