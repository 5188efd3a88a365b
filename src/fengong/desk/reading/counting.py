"""How many tickets stand in a tab: up to a bound, of those that still want work, all tabs in one statement.

Counted are tickets that are not resolved, whose number people bound and history does not, and no further than that:
so a count costs the same on a desk of a million tickets.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Q, Subquery, Value

from fengong.desk.language import apart
from fengong.desk.models import Ticket, View
from fengong.desk.queries import VIEWS, tab_filter
from fengong.kernel.errors import Invalid
from fengong.people.models import Member

BOUND = 100
LIVE = (Ticket.Status.WAITING, Ticket.Status.OPEN, Ticket.Status.PENDING)


class Capped(Subquery):
    """The number of rows that a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


def of_tabs(member: Member, saved: Iterable[View], *, at: datetime) -> dict[str, int]:
    """The counts of the standing tabs by name and of saved views by `v` and their number.

    A view that looks for words has no count, and neither has one whose query cannot be read any more.
    """
    conditions = {name: tab_filter(name, member) for name in VIEWS if name != "all"}
    for view in saved:
        with contextlib.suppress(Invalid):
            asked = apart(view.query, member=member, at=at)
            if not asked.words:
                conditions[f"v{view.pk}"] = asked.rest
    return live_counts(conditions, member)


def live_counts(conditions: Mapping[str, Q], member: Member) -> dict[str, int]:
    """Unresolved tickets under each condition, `BOUND` standing for that many or more."""
    live = Ticket.objects.filter(status__in=LIVE).order_by()
    counts: dict[str, Any] = {
        f"n{place}": Capped(live.filter(condition).values(one=Value(1))[:BOUND])
        for place, condition in enumerate(conditions.values())
    }
    if not counts:
        return {}
    row: Any = Member.objects.filter(pk=member.pk).values(**counts).get()
    return {name: row[f"n{place}"] for place, name in enumerate(conditions)}
