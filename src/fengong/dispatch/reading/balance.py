"""Who is loaded, who is free, and what could go from one to the other."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef

from fengong.desk import queries as desk
from fengong.desk.models import Ticket
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.reading.at_work import at_work, untouched
from fengong.people import queries as people
from fengong.rota import queries as rota

Loads = dict[int, list[float]]
"""Effort and capacity by member."""
ON_THE_LINE = (Ticket.Channel.CHAT, Ticket.Channel.PHONE)


def held(at: datetime) -> Loads:
    """What members who can be given work hold, and can hold."""
    tiers = people.tiers()
    rows = desk.loads().filter(capacity__gt=0).values_list("member_id", "effort", "capacity")
    return {member: [float(effort), float(capacity)] for member, effort, capacity in rows if member in tiers}


def movable(loads: Loads, at: datetime, rules: MoveRules, *, limit: int) -> list[Ticket]:
    """Tickets that would better be elsewhere: of the most loaded members, untouched, the nearest promise first."""
    here = [member for member in loads if member in rota.online()]
    if not here:
        return []
    least = min(_share(loads[member]) for member in here)
    loaded = [member for member, load in loads.items() if _share(load) - least >= rules.gap]
    if not loaded:
        return []
    recent = Move.objects.filter(ticket=OuterRef("pk"), at__gt=at - timedelta(minutes=rules.calm))
    found = Ticket.objects.filter(
        ~Exists(recent),
        owner__in=loaded,
        status=Ticket.Status.OPEN,
        assigned_at__lte=at - timedelta(minutes=rules.settled),
        topic__isnull=False,
    ).exclude(channel__in=ON_THE_LINE)
    tickets = [
        ticket
        for ticket in found.order_by(F("next_due_at").asc(nulls_last=True), "id")[: 10 * limit]
        if untouched(ticket)
    ]
    busy = at_work(tickets, at)
    free = [ticket for ticket in tickets if ticket.pk not in busy]
    free.sort(key=lambda ticket: -_share(loads[ticket.owner_id or 0]))
    return free[:limit]


def shares(loads: Loads, ticket: Ticket, winner: int) -> dict[str, float] | None:
    """The owner's share of capacity as it is, and the winner's as it would be."""
    if winner not in loads or ticket.owner_id not in loads:
        return None
    effort, capacity = loads[winner]
    after = (effort + ticket.effort) / capacity
    return {"from": round(_share(loads[ticket.owner_id]), 3), "to": round(after, 3)}


def carry(loads: Loads, ticket: Ticket, winner: int) -> None:
    """Count a ticket with its new owner."""
    loads[ticket.owner_id or 0][0] -= ticket.held
    loads[winner][0] += ticket.effort


def _share(load: list[float]) -> float:
    return load[0] / load[1]
