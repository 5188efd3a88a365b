"""How many tickets stand in a tab: up to a bound, of those that still want work, all tabs in one statement.

Counted are tickets that are not resolved, whose number people bound and history does not, and no further than that:
so a count costs the same on a desk of a million tickets.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Subquery, Value

from fengong.desk.language import apart
from fengong.desk.models import Ticket, View
from fengong.desk.queries import VIEWS, tab_filter
from fengong.kernel.errors import Invalid
from fengong.kernel.planning import planned_each_time
from fengong.kernel.prepared import Prepared
from fengong.people.models import Member

BOUND = 100
COUNTED = tuple(name for name in VIEWS if name != "all")
LIVE = (Ticket.Status.WAITING, Ticket.Status.OPEN, Ticket.Status.PENDING)


class Capped(Subquery):
    """The number of rows that a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


def of_tabs(member: Member, saved: Iterable[View], *, at: datetime) -> dict[str, int]:
    """The counts of the standing tabs by name and of saved views by `v` and their number.

    A view that looks for words has no count, and neither has one whose query cannot be read any more.
    """
    (counts,) = _STANDING.rows(member=member.pk, team=member.team_id)
    conditions = {}
    for view in saved:
        with contextlib.suppress(Invalid):
            asked = apart(view.query, member=member, at=at)
            if not asked.words:
                conditions[f"v{view.pk}"] = asked.rest
    return dict(zip(COUNTED, counts, strict=True)) | live_counts(conditions, member)


def live_counts(conditions: Mapping[str, Q], member: Member) -> dict[str, int]:
    """Unresolved tickets under each condition, `BOUND` standing for that many or more."""
    if not conditions:
        return {}
    with planned_each_time():
        (row,) = _counting(conditions, member.pk)
    return dict(zip(conditions, row, strict=True))


def _counting(conditions: Mapping[str, Q], member: int) -> QuerySet[Member, Any]:
    live = Ticket.objects.filter(status__in=LIVE).order_by()
    counts = (
        Capped(live.filter(condition).values(one=Value(1))[:BOUND]) for condition in conditions.values()
    )
    return Member.objects.filter(pk=member).order_by().values_list(*counts)


def _standing(member: int, team: int) -> QuerySet[Member, Any]:
    reader = Member(pk=member, team_id=team)
    return _counting({name: tab_filter(name, reader) for name in COUNTED}, member)


_STANDING = Prepared(_standing, "member", "team")
