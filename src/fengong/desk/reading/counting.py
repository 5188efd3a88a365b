"""How many tickets stand in a tab: up to a bound, of those that still want work, all tabs in one statement.

Counted are tickets that are not resolved, which people bound and years of history do not, and no further than the bound:
so a count costs the same on a desk of a million tickets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, Q, Subquery, Value
from django.db.models.expressions import Expression

from fengong.desk.models import Ticket
from fengong.people.models import Member

BOUND = 100
LIVE = (Ticket.Status.WAITING, Ticket.Status.OPEN, Ticket.Status.PENDING)


class Capped(Subquery):
    """The number of rows that a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


def live_counts(conditions: Mapping[str, Q], member: Member) -> dict[str, int]:
    """Unresolved tickets under each condition, `BOUND` standing for that many or more."""
    live = Ticket.objects.filter(status__in=LIVE).order_by()
    counts: dict[str, Expression] = {
        f"n{place}": Capped(live.filter(condition).values(one=Value(1))[:BOUND])
        for place, condition in enumerate(conditions.values())
    }
    if not counts:
        return {}
    row: dict[str, Any] = Member.objects.filter(pk=member.pk).values(**counts).get()
    return {name: row[f"n{place}"] for place, name in enumerate(conditions)}
