"""Which customers wait for an owner who says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from fengong.desk.models import Ticket
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.reading.at_work import at_work
from fengong.rota import queries as rota

AT_ONCE = 50


def unanswered(at: datetime, rules: MoveRules) -> list[tuple[Ticket, int]]:
    """Open tickets whose owner has been silent for too long, the longest waiting first, with the minutes.

    Time counts from when the customer wrote, the owner got it, or the owner's shift began, whichever came last. Owners
    whose shift is over are not silent, they are away; who is writing just now is not silent either.
    """
    asked = Ticket.objects.filter(status=Ticket.Status.OPEN, owner__isnull=False, paused_at__isnull=True)
    asked = asked.annotate(waits_since=Coalesce("unanswered_since", "opened_at"))
    found: list[Ticket] = [*asked.filter(_late(at, rules)).order_by("waits_since", "id")[: 4 * AT_ONCE]]
    if not found:
        return []
    begun, away = _shifts({ticket.owner_id for ticket in found}, at)
    silent = [
        (ticket, minutes)
        for ticket in found
        if ticket.owner_id not in away
        and (minutes := _minutes(ticket, begun.get(ticket.owner_id or 0), at)) >= _limit(ticket, rules)
    ]
    busy = at_work([ticket for ticket, _ in silent], at)
    told = _told([ticket.pk for ticket, _ in silent], at, rules)
    kept = [(ticket, minutes) for ticket, minutes in silent if ticket.pk not in busy | told.keys()]
    again = [
        (ticket, minutes)
        for ticket, minutes in silent
        if ticket.pk in told and ticket.pk not in busy and at - told[ticket.pk] >= _span(ticket, rules)
    ]
    return (kept + again)[:AT_ONCE]


def _late(at: datetime, rules: MoveRules) -> Q:
    late = Q(pk__in=())
    for priority, minutes in enumerate(rules.silence, start=1):
        if minutes:
            limit = at - timedelta(minutes=minutes)
            late |= Q(priority=priority, waits_since__lte=limit, assigned_at__lte=limit)
    unheard = Q(unanswered_since__isnull=False) | Q(first_responded_at__isnull=True)
    return late & unheard & ~Q(last_member_at__gt=F("waits_since"))


def _shifts(members: set[int | None], at: datetime) -> tuple[dict[int, datetime], set[int]]:
    """When the running shift of these members began, and who of them has shifts but none now."""
    near = rota.shifts_between(at - timedelta(days=7), at + timedelta(days=7)).filter(member__in=members)
    spans = list(near.values_list("member_id", "starts_at", "ends_at"))
    begun = {member: starts for member, starts, ends in spans if starts <= at < ends}
    return begun, {member for member, _, _ in spans} - begun.keys()


def _minutes(ticket: Ticket, begun: datetime | None, at: datetime) -> int:
    since = ticket.unanswered_since or ticket.opened_at
    moments = [since, *(moment for moment in (ticket.assigned_at, begun) if moment)]
    return int((at - max(moments)) / timedelta(minutes=1))


def _limit(ticket: Ticket, rules: MoveRules) -> int:
    return rules.silence[ticket.priority - 1]


def _span(ticket: Ticket, rules: MoveRules) -> timedelta:
    return timedelta(minutes=_limit(ticket, rules))


def _told(tickets: list[int], at: datetime, rules: MoveRules) -> dict[int, datetime]:
    """When it was last said of these tickets that their owner is silent."""
    since = at - timedelta(minutes=max(rules.silence))
    rows = Move.objects.filter(kind=Move.Kind.SILENT, ticket__in=tickets, at__gt=since).order_by("at")
    return dict(rows.values_list("ticket_id", "at"))
