"""The verb by which work in hand makes way for a ticket that everybody able has no room for.

Which work may, the policy says. It goes back to wait, and its owner, who knows it, is the one it prefers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import locked_all
from fengong.desk.events import TicketReturned
from fengong.desk.models import Load, Ticket
from fengong.dispatch.events import TicketDispatched
from fengong.dispatch.models import Decision, Wait
from fengong.dispatch.policy_rules import Interrupting
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.actions.presence import online_locked

MOST, PARTS = 5, 3
"""Tickets that may interrupt in one round; pieces of work that make way for one."""


def interrupt_for(
    *, actor: Actor, full: Mapping[int, Iterable[int]], rules: Interrupting, at: datetime
) -> list[Decision]:
    """Make way for waiting tickets, by their ids with the members who could take each but for their capacity."""
    require(actor, "ticket.assign")
    tickets = Ticket.objects.filter(pk__in=full, status=Ticket.Status.WAITING)
    pressing = sorted(tickets, key=lambda ticket: (-ticket.priority, ticket.waiting_since))[:MOST]
    done = (_make_way(actor, ticket, set(full[ticket.pk]), rules, at) for ticket in pressing)
    return [decision for decision in done if decision is not None]


def _make_way(
    actor: Actor, ticket: Ticket, members: set[int], rules: Interrupting, at: datetime
) -> Decision | None:
    over = rules.over[ticket.priority - 1]
    for member, parts in _choices(ticket, members, over, rules.sheltered):
        try:
            with transaction.atomic():
                if member.pk in online_locked([member.pk]):
                    return _carry_out(actor, ticket, member, parts, at)
        except (Conflict, Missing):
            continue  # what was to make way has changed meanwhile
    return None


def _choices(
    ticket: Ticket, members: set[int], over: int, sheltered: tuple[str, ...]
) -> list[tuple[Member, list[Ticket]]]:
    """Whose work could make way, and which: the least of it first, then the least important and what nobody began."""
    held = Ticket.objects.filter(
        owner__in=members, status=Ticket.Status.OPEN, priority__lte=over, held__gt=0
    ).exclude(channel__in=sheltered)
    by_member: dict[int, list[Ticket]] = {}
    for row in held.order_by("priority", F("last_member_at").asc(nulls_first=True), "-assigned_at", "pk"):
        by_member.setdefault(row.owner_id or 0, []).append(row)
    loads = Load.objects.filter(member__in=by_member).select_related("member")
    found = []
    for load in loads:
        parts = _enough(by_member[load.member_id], ticket.effort - (load.capacity - load.effort))
        if parts:
            found.append((load.member, parts))
    return sorted(found, key=lambda each: (_disturbance(each[1]), each[0].pk))


def _enough(held: list[Ticket], missing: int) -> list[Ticket]:
    """The fewest of these that make so much room; nothing where none do."""
    alone = [row for row in held if row.held >= missing]
    if alone:
        return alone[:1]
    parts: list[Ticket] = []
    for row in held[:PARTS]:
        parts.append(row)
        if sum(part.held for part in parts) >= missing:
            return parts
    return []


def _disturbance(parts: list[Ticket]) -> tuple[int, int, int]:
    begun = sum(row.last_member_at is not None for row in parts)
    return len(parts), max(row.priority for row in parts), begun


def _carry_out(actor: Actor, ticket: Ticket, member: Member, parts: list[Ticket], at: datetime) -> Decision:
    rows = locked_all([ticket.pk, *(part.pk for part in parts)])
    row = rows.pop(ticket.pk)
    if row.status != Ticket.Status.WAITING or row.version != ticket.version:
        raise Conflict("")
    for part in parts:
        _give_way(actor, rows[part.pk], part.version, member, at)
    waited = (at - row.waiting_since).total_seconds()
    ownership.give_to(ticket=row, member=member, at=at)
    Wait.objects.filter(ticket=row).delete()
    decision = Decision.objects.create(
        ticket=row,
        at=at,
        by=actor.ref,
        winner=member,
        effort=row.effort,
        waited_seconds=waited,
        eligible=1,
        notes={"interrupted": [part.pk for part in parts]},
    )
    fact = TicketDispatched(ticket=row.pk, member=member.pk, decision=decision.pk, kind=decision.kind)
    record(fact, actor=actor, at=at)
    return decision


def _give_way(actor: Actor, row: Ticket, seen: int, member: Member, at: datetime) -> None:
    if row.version != seen or row.owner_id != member.pk or row.status != Ticket.Status.OPEN:
        raise Conflict("")
    ownership.put_back(ticket=row, at=at)
    record(TicketReturned(ticket=row.pk, member=member.pk, reason="interrupted"), actor=actor, at=at)
