"""The roster of a week, of a day, and against the need; weeks copied, standby planned."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fengong.kernel.clock import now
from fengong.rota.policies import may_read_shifts, require_reading_shifts_of
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.roster.asked import asked_of
from fengong.web.roster.day import Day
from fengong.web.roster.need import Need
from fengong.web.roster.tabs import page
from fengong.web.roster.week import Week


@require_safe
@for_members
def week(request: MemberRequest) -> HttpResponse:
    """The week by member; who may see only their own shifts goes there."""
    if not may_read_shifts(request.member):
        return redirect("/roster/mine")
    shown = {"week": Week(asked_of(request, now()), request.member)}
    return (
        render(request, "roster/grid.html", shown)
        if is_htmx(request)
        else page(request, "roster/week.html", shown)
    )


@require_safe
@for_members
def day(request: MemberRequest) -> HttpResponse:
    """A day, hour by hour."""
    require_reading_shifts_of(request.member, None)
    shown = {"drawn": Day(asked_of(request, now()), request.member)}
    return (
        render(request, "roster/lanes.html", shown)
        if is_htmx(request)
        else page(request, "roster/day.html", shown)
    )


@require_safe
@for_members
def need(request: MemberRequest) -> HttpResponse:
    """How many work in each hour of a week, and how many the usual work needs."""
    require_reading_shifts_of(request.member, None)
    return page(request, "roster/need.html", {"need": Need(asked_of(request, now()))})
