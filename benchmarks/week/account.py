"""The account of the week, from what stands in the tables when it is over."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from benchmarks.week.pace import Week
from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision, Move
from fengong.kernel.models import Event

BECOMES_OWNED = ("ticket.dispatched", "ticket.transferred")


def play(week: Week, policy: str) -> dict[str, Any]:
    """How many promises were kept, and whether each change of owner says why."""
    now, tickets = week.now(), Ticket.objects.all()
    decisions = set(Decision.objects.values_list("pk", flat=True))
    given = Event.objects.filter(verb__in=BECOMES_OWNED).values_list("data", flat=True)
    unexplained = sum(data["decision"] not in decisions for data in given)
    unexplained += Decision.objects.filter(kind="moved", move__isnull=True).count()
    unexplained += Decision.objects.filter(kind="matched", round__isnull=True).count()
    returned = Event.objects.filter(verb="ticket.returned").values_list("data", flat=True)
    unexplained += sum(not data["reason"] for data in returned)
    return {
        "matched": Decision.objects.filter(kind="matched").count(),
        "moved": Move.objects.count(),
        "unexplained": unexplained,
        "left_waiting": tickets.filter(status="waiting").count(),
        "first_kept": _kept(tickets, "first_responded_at", "first_response_due", now),
        "resolved_kept": _kept(tickets, "resolved_at", "resolution_due", now),
    }


def _kept(tickets: QuerySet[Ticket], done: str, due: str, now: Any) -> float:
    """Share of the promises whose time has come or that were kept before."""
    kept = tickets.filter(**{f"{done}__lte": F(due)}).count()
    late = tickets.filter(**{f"{done}__gt": F(due)}).count()
    open_ = tickets.filter(**{f"{done}__isnull": True, f"{due}__lt": now}).count()
    return kept / max(1, kept + late + open_)
