"""One's own shifts: the weeks to come, breaks that can be moved, leave, and the calendar to take along."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.rota import queries as rota
from fengong.rota.actions.breaks import move_break
from fengong.rota.actions.links import make_link, remove_link
from fengong.rota.reading.feed import calendar_of
from fengong.web import words
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.asked import ONE
from fengong.web.roster.forms import ClockForm
from fengong.web.roster.tabs import page
from fengong.web.roster.told import given_fields, told

AHEAD = timedelta(weeks=4)
FED_BEFORE, FED_AFTER = timedelta(days=14), timedelta(days=90)


@dataclass
class OwnDay:
    """What somebody has on a day."""

    day: date
    shifts: list[Any] = field(default_factory=list)
    standby: list[Any] = field(default_factory=list)
    leave: list[Any] = field(default_factory=list)
    breaks: list[Any] = field(default_factory=list)


class Mine:
    """A member's own roster from today on."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at
        self.today = timezone.localtime(at).date()
        self.link = rota.link_of(member)

    @cached_property
    def days(self) -> list[OwnDay]:
        """Days on which there is something, in order."""
        found: dict[date, OwnDay] = {}
        span = (self.at, self.at + AHEAD)
        for shift in rota.shifts_of(self.member, *span):
            self._day(found, shift).shifts.append(shift)
        for one in rota.standby_of(self.member, *span):
            self._day(found, one).standby.append(one)
        for pause in rota.breaks_to_come(self.member, *span):
            self._day(found, pause).breaks.append(pause)
        for leave in self.leaves:
            if leave.state in ("requested", "approved") and leave.starts_at < span[1]:
                self._day(found, leave).leave.append(leave)
        return [found[day] for day in sorted(found)]

    @cached_property
    def leaves(self) -> list[Any]:
        """Leave that is not over."""
        return list(rota.leaves_to_come(self.member, self.at))

    @property
    def hours(self) -> dict[date, float]:
        """Hours of each week to come, by its Monday, breaks left out."""
        found: dict[date, float] = defaultdict(float)
        for day in self.days:
            worked = sum(((one.ends_at - one.starts_at) / timedelta(hours=1)) for one in day.shifts)
            rested = sum(((one.ends_at - one.starts_at) / timedelta(hours=1)) for one in day.breaks)
            found[day.day - day.day.weekday() * ONE] += worked - rested
        return dict(found)

    def _day(self, found: dict[date, OwnDay], one: Any) -> OwnDay:
        day = max(timezone.localtime(one.starts_at).date(), self.today)
        return found.setdefault(day, OwnDay(day))


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """The page a member opens on the phone."""
    secret = request.session.pop("calendar_secret", "")
    address = request.build_absolute_uri(f"/roster/calendars/{secret}.ics") if secret else ""
    return page(request, "roster/mine.html", {"mine": Mine(request.member, now()), "address": address})


@require_POST
@for_members
def break_moved(request: MemberRequest, pk: int) -> HttpResponse:
    """A break taken earlier or later on its day."""
    pause, given = rota.shift_break(pk), given_fields(ClockForm(request.POST))
    if pause is None:
        raise Missing(_("This break does not exist any more."))
    before = words.hour(pause.starts_at)
    starts_at = ClockForm.near(pause.starts_at, given["starts"])
    moved = move_break(actor=request.member, pause=pause, starts_at=starts_at, at=now())
    said = _("Your break is at %(time)s now.") % {"time": words.hour(moved.starts_at)}
    return told(request, said, f"/roster/breaks/{pk}", starts=before)


@require_POST
@for_members
def link(request: MemberRequest) -> HttpResponse:
    """Make a link to one's calendar, or with `remove` take it away."""
    if request.POST.get("remove"):
        remove_link(actor=request.member, member=request.member, at=now())
        messages.success(request, _("The link no longer works."))
    else:
        request.session["calendar_secret"] = make_link(actor=request.member, member=request.member, at=now())
    return redirect("/roster/mine#calendar")


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The roster of whoever made this link, for a program that cannot sign in."""
    member = rota.member_of_link(secret)
    if member is None:
        return HttpResponse(
            _("There is no such calendar."), status=404, content_type="text/plain; charset=utf-8"
        )
    at = now()
    with override(member.account.language if member.account else None):
        content = calendar_of(member, at - FED_BEFORE, at + FED_AFTER, at=at)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
