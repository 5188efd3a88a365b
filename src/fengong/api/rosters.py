"""The roster as a whole: who works when, files in, calendars out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import Id, Line, Moment, Taken
from fengong.api.lists import Listed
from fengong.api.schemas.rosters import Day, HereNow, RosterFile, RosterReport, Shares, Spans
from fengong.kernel import zones
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require
from fengong.rota.actions.importing import import_roster
from fengong.rota.policies import may_read_leave_of, require_reading_shifts_of
from fengong.rota.reading import roster as reading
from fengong.rota.reading.feed import calendar_of

router = Router(tags=["rota"])
USUAL, LONGEST = timedelta(days=7), timedelta(days=100)
AS_CALENDAR = {
    "responses": {
        200: {
            "description": "The calendar.",
            "content": {"text/calendar": {"schema": {"type": "string"}}},
        }
    }
}


class Period(Taken):
    """A span of at most a hundred days."""

    start: Moment | None = Field(default=None, description="Now, where it is not given.")
    end: Moment | None = Field(default=None, description="A week after the start, where it is not given.")


class OfMember(Period):
    """A span, and whose."""

    member: Id | None = Field(default=None, description="Only this member's.")


class OfWeek(Taken):
    """Which week, or which weeks' mean."""

    monday: Day
    zone: Line = "Asia/Shanghai"
    weeks: int = Field(default=1, ge=1, le=8)


def span_of(period: Period) -> tuple[datetime, datetime]:
    """The span that is asked for; Invalid where it is none or too long."""
    start = period.start or now()
    end = period.end or start + USUAL
    if end <= start:
        raise Invalid(_("The span must end after it starts."), field="end")
    if end - start > LONGEST:
        raise Invalid(_("The span may be a hundred days long at most."), field="end")
    return start, end


@router.get("", operation_id="get_roster", response=Listed[Spans])
def get_roster(request: MemberRequest, asked: Query[OfMember]) -> Any:
    """When each member works, breaks and leave taken out. Everybody may read their own."""
    own = asked.member == request.auth.pk
    require_reading_shifts_of(request.auth, request.auth if own else None)
    members = None if asked.member is None else [asked.member]
    spans = reading.roster(*span_of(asked), members=members)
    return Listed[Spans](items=[Spans(member_id=pk, spans=found) for pk, found in spans.items()])


@router.get("/now", operation_id="get_roster_now", response=HereNow)
def get_now(request: MemberRequest) -> Any:
    """Who works now and until when, and who can be called."""
    require_reading_shifts_of(request.auth, None)
    at = now()
    return HereNow(working=reading.on_shift(at), standby=reading.on_standby(at))


@router.get("/shares", operation_id="get_roster_shares", response=Shares)
def get_shares(request: MemberRequest, asked: Query[OfWeek]) -> Any:
    """What share of each hour of a week each member works, on the wall clocks of a zone."""
    require_reading_shifts_of(request.auth, None)
    if asked.monday.weekday():
        raise Invalid(_("A week begins on a Monday."), field="monday")
    if not zones.is_zone(asked.zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    found = reading.presence_by_hour(asked.monday, asked.zone, weeks=asked.weeks)
    return Shares(members=list(found.members), shares=found.share.round(4).tolist())


@router.get("/calendar", operation_id="get_roster_calendar", openapi_extra=AS_CALENDAR)
def get_calendar(request: MemberRequest, asked: Query[OfMember]) -> HttpResponse:
    """A member's shifts, standby and leave as iCalendar; leave only for those who may know of it."""
    own = asked.member in (None, request.auth.pk)
    require_reading_shifts_of(request.auth, request.auth if own else None)
    member = request.auth if own else found.the_member(asked.member or 0, field="member")
    with_leave = may_read_leave_of(request.auth, member)
    content = calendar_of(member, *span_of(asked), at=now(), with_leave=with_leave)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@router.post("/imports", operation_id="import_roster", response=RosterReport)
def post_import(request: MemberRequest, given: RosterFile) -> Any:
    """Take shifts, standby and leave from a CSV or iCalendar file; what is refused is told line by line."""
    require(request.auth, "shift.plan")
    report = import_roster(
        actor=request.auth,
        content=given.content.encode(errors="replace"),
        form=given.form,
        zone=given.zone,
        dry=given.dry,
        member=found.the_member(given.member_id, field="member_id") if given.member_id else None,
        at=now(),
    )
    return RosterReport.model_validate(report)
