"""KPIs of duties, filled from what is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.duties import KpiSpan, KpiValue
from fengong.desk.reading.kpis import kpi_values
from fengong.kernel.errors import Invalid
from fengong.people import policies
from fengong.people import queries as people

router = Router(tags=["duties"])
LONGEST = timedelta(days=400)


@router.get("/positions/{int:position_id}/kpis", operation_id="get_position_kpis", response=Listed[KpiValue])
def of_position(request: MemberRequest, position_id: PathId, span: Query[KpiSpan]) -> Any:
    """The KPIs of a position, as in force at the end of the span, over all who hold it now."""
    position = found.there(people.position(position_id))
    policies.require(request.auth, "ticket.assign")
    holders = people.members().filter(position=position).values_list("pk", flat=True)
    return _values(position, list(holders), span)


@router.get("/members/{int:member_id}/kpis", operation_id="get_member_kpis", response=Listed[KpiValue])
def of_member(request: MemberRequest, member_id: PathId, span: Query[KpiSpan]) -> Any:
    """The KPIs of a member's position over what they did, for themselves and their lead."""
    member = request.auth if member_id == request.auth.pk else people.member(member_id)
    policies.require_reading_kpis(request.auth, member)
    return _values(found.there(member).position, [member_id], span)


def _values(position: Any, members: list[int], span: KpiSpan) -> Listed[KpiValue]:
    if not span.start < span.end <= span.start + LONGEST:
        raise Invalid(_("The span must end after it starts, at most 400 days later."), field="end")
    edition = people.duties_in_force(position, span.end)
    return all_of(KpiValue, kpi_values(edition, members, span.start, span.end) if edition else [])
