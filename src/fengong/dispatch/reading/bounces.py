"""How often a ticket went back to who, or to where, it had been before."""

from __future__ import annotations

from datetime import datetime

from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision, Escalation, Move


def bounces(ticket: Ticket, *, member: int | None = None, tier: int | None = None) -> int:
    """Passes back since a lead last decided; with `member` or `tier` as if it went there now."""
    since = _decided_at(ticket)
    return _between_members(ticket, since, member) + _between_tiers(ticket, since, tier)


def _decided_at(ticket: Ticket) -> datetime | None:
    settled = Move.objects.filter(ticket=ticket, kind=Move.Kind.REFERRED, settled_at__isnull=False)
    return settled.order_by("-settled_at").values_list("settled_at", flat=True).first()


def _between_members(ticket: Ticket, since: datetime | None, member: int | None) -> int:
    rows = Decision.objects.filter(ticket=ticket)
    if since:
        rows = rows.filter(at__gt=since)
    holders = list(rows.order_by("at", "id").values_list("winner_id", "kind", "by"))
    if member is not None:
        holders.append((member, Decision.Kind.MANUAL, f"member:{ticket.owner_id}"))
    found, had = 0, set[int]()
    previous = None
    for winner, kind, by in holders:
        passed_on = kind == Decision.Kind.MANUAL and by == f"member:{previous}"
        found += passed_on and winner in had
        had.add(winner)
        previous = winner
    return found


def _between_tiers(ticket: Ticket, since: datetime | None, tier: int | None) -> int:
    rows = Escalation.objects.filter(ticket=ticket, cause=Escalation.Cause.MEMBER)
    if since:
        rows = rows.filter(at__gt=since)
    steps = list(rows.order_by("at", "id").values_list("from_tier", "to_tier"))
    if tier is not None:
        steps.append((ticket.tier, tier))
    found, had = 0, set[int]()
    for from_tier, to_tier in steps:
        had.add(from_tier)
        found += to_tier in had
    return found
