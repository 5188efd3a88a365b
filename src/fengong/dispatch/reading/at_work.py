"""Which tickets their owners are working on just now: those are never moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from fengong.desk.models import Draft, Ticket, Viewer
from fengong.desk.reading.viewers import GONE

WRITING = timedelta(minutes=10)
"""After so long, words that were not sent no longer say that somebody is writing them."""


def at_work(tickets: Sequence[Ticket], at: datetime) -> set[int]:
    """Of these tickets those that their owner has open, writes on, or has just written on."""
    owners = {(ticket.pk, ticket.owner_id) for ticket in tickets}
    ids = [ticket.pk for ticket in tickets]
    looks = Viewer.objects.filter(ticket__in=ids, seen_at__gt=at - GONE)
    drafts = Draft.objects.filter(ticket__in=ids, updated_at__gt=at - WRITING)
    pairs = {*looks.values_list("ticket_id", "member_id"), *drafts.values_list("ticket_id", "member_id")}
    just = {ticket.pk for ticket in tickets if ticket.last_member_at and ticket.last_member_at > at - WRITING}
    return {ticket for ticket, _ in pairs & owners} | just


def untouched(ticket: Ticket) -> bool:
    """Whether its owner has neither answered nor noted anything since they got it."""
    got = ticket.assigned_at
    said = [moment for moment in (ticket.last_member_at, ticket.last_update_at) if moment]
    return got is not None and all(moment < got for moment in said)
