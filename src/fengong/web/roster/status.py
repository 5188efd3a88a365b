"""How members spent their shifts: a week at a glance, one member day by day, and all of it as a table for elsewhere."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.rota.policies import may_read_status_of, require_reading_status_of
from fengong.rota.reading.status import Account, Stint, accounts
from fengong.rota.reading.weeks import instant
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.asked import ONE, Asked, asked_of, day_of
from fengong.web.roster.bars import Rect, rects
from fengong.web.roster.day import HOURS
from fengong.web.roster.people import member_at
from fengong.web.roster.tabs import page

LONGEST = 100
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class OwnDay:
    """A day of a member as a bar, and the stints that began on it."""

    day: date
    stints: list[Stint]
    rects: list[Rect]
    frames: list[Rect]


class Status:
    """The week that is asked for, of the members its reader may know this of."""

    hours = HOURS

    def __init__(self, asked: Asked, reader: Any, member: Any = None) -> None:
        self.asked, self.reader, self.member = asked, reader, member

    @cached_property
    def members(self) -> list[Any]:
        if self.member:
            return [self.member]
        return [one for one in self.asked.members if may_read_status_of(self.reader, one)]

    @cached_property
    def rows(self) -> list[tuple[Any, Account]]:
        """Members with what they did; those with neither shift nor work left out."""
        edges = self.asked.edges
        found = accounts(
            edges[0], edges[-1], at=self.asked.at, members=[member.pk for member in self.members]
        )
        return [
            (member, found[member.pk]) for member in self.members if self.member or found[member.pk].stints
        ]

    @property
    def account(self) -> Account:
        """That of the one member the page is about."""
        return self.rows[0][1]

    @property
    def days(self) -> list[OwnDay]:
        """The days of that member; a night is drawn on the day it begins on and the day it ends on."""
        stints = self.account.stints
        found = []
        for day in self.asked.days:
            frame = (instant(day, 0, self.asked.zone), instant(day + ONE, 0, self.asked.zone))
            begun = [one for one in stints if frame[0] <= one.starts_at < frame[1]]
            parts = [(part.kind, part.starts_at, part.ends_at) for one in stints for part in one.parts]
            frames = [("frame", one.starts_at, one.ends_at) for one in stints if one.planned]
            found.append(OwnDay(day, begun, rects(parts, frame), rects(frames, frame)))
        return found


@require_safe
@for_members
def status(request: MemberRequest) -> HttpResponse:
    """The week of all whom the reader leads; others come to their own."""
    shown = Status(asked_of(request, now()), request.member)
    if len(shown.members) <= 1 and not request.member.may("shift.plan"):
        return redirect(f"/roster/status/{request.member.pk}")
    return page(request, "roster/status.html", {"status": shown})


@require_safe
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One member, day by day."""
    member = request.member if pk == request.member.pk else member_at(pk)
    require_reading_status_of(request.member, member)
    shown = Status(asked_of(request, now()), request.member, member)
    return page(request, "roster/status_one.html", {"status": shown, "member": member})


@require_safe
@for_members
def table(request: MemberRequest) -> HttpResponse:
    """Each shift, and each stretch of work beside shifts, as a line of CSV; hours with two decimals."""
    asked = asked_of(request, now())
    start, end = _days(request, asked)
    shown = Status(asked, request.member, _asked_for(request))
    span = (instant(start, 0, asked.zone), instant(end + ONE, 0, asked.zone))
    found = accounts(*span, at=asked.at, members=[one.pk for one in shown.members])
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="status-{start}-{end}.csv"'
    writer = csv.writer(response)
    writer.writerow(_heading())
    for member in shown.members:
        writer.writerows(_line(member, stint) for stint in found[member.pk].stints)
    return response


def _days(request: MemberRequest, asked: Asked) -> tuple[date, date]:
    """The first and the last day of a table: those said, or the week."""
    start = day_of(request.GET.get("from", ""), asked.monday)
    end = day_of(request.GET.get("to", ""), start + 6 * ONE)
    if not 0 <= (end - start).days < LONGEST:
        raise Invalid(_("Choose up to a hundred days."), field="to")
    return start, end


def _asked_for(request: MemberRequest) -> Any:
    """The one member a table is about, where it is about one."""
    number = request.GET.get("member", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    member = request.member if int(number) == request.member.pk else member_at(int(number))
    require_reading_status_of(request.member, member)
    return member


def _heading() -> list[str]:
    return [
        pgettext("status", "member"),
        pgettext("status", "team"),
        pgettext("status", "kind"),
        pgettext("status", "start"),
        pgettext("status", "end"),
        pgettext("status", "hours on the roster"),
        pgettext("status", "hours of planned breaks so far"),
        pgettext("status", "hours online"),
        pgettext("status", "hours at a swarm"),
        pgettext("status", "hours away"),
        pgettext("status", "hours of break taken"),
        pgettext("status", "hours not here"),
        pgettext("status", "first online"),
        pgettext("status", "last online"),
        pgettext("status", "share worked"),
    ]


def _line(member: Any, stint: Stint) -> list[str]:
    hours = stint.hours
    kind = pgettext("status", "shift") if stint.planned else pgettext("status", "outside shifts")
    length = (stint.ends_at - stint.starts_at) / timedelta(hours=1) if stint.planned else 0
    return [
        _safe(member.display_name),
        _safe(member.team.label),
        kind,
        _moment(stint.starts_at),
        _moment(stint.ends_at),
        f"{length:.2f}",
        f"{stint.breaks:.2f}",
        *(f"{hours[name]:.2f}" for name in ("online", "engaged", "away", "break", "absent")),
        _moment(stint.first),
        _moment(stint.last),
        "" if stint.share is None else f"{stint.share:.3f}",
    ]


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _safe(text: str) -> str:
    """Text that a spreadsheet would take for a formula is shown as text."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
