"""Leave: asked for, decided about with who else is away in view, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Denied, Missing, Refused
from fengong.rota import queries as rota
from fengong.rota.actions.leave import (
    approve_leave,
    decline_leave,
    reconsider_leave,
    request_leave,
    withdraw_leave,
)
from fengong.rota.policies import require_deciding
from fengong.rota.reading.spans import overlap
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.roster.forms import DecisionForm, LeaveForm
from fengong.web.roster.people import member_at, planned_by
from fengong.web.roster.tabs import page
from fengong.web.roster.told import given_fields, told

BACK = timedelta(days=60)
MOST = 100


@dataclass(frozen=True)
class Item:
    """Leave, what the reader may do about it, and who of the same team is away meanwhile."""

    leave: Any
    may_decide: bool
    may_withdraw: bool
    beside: list[Any]


class Leaves:
    """The leave a member may know of, at one moment."""

    def __init__(self, reader: Any, at: datetime) -> None:
        self.reader, self.at = reader, at

    @cached_property
    def items(self) -> list[Item]:
        known = rota.leaves_known_to(self.reader, since=self.at - BACK)[:MOST]
        rows = list(known)
        others = self._others(rows)
        return [self._item(leave, others) for leave in rows]

    @property
    def waiting(self) -> list[Item]:
        """Asked for, the longest wait first."""
        found = [one for one in self.items if one.leave.state == "requested" and one.leave.ends_at > self.at]
        return sorted(found, key=lambda one: one.leave.asked_at)

    @property
    def decided(self) -> list[Item]:
        waiting = {one.leave.pk for one in self.waiting}
        return [one for one in self.items if one.leave.pk not in waiting]

    def _others(self, rows: list[Any]) -> list[Any]:
        if not rows:
            return []
        span = (min(one.starts_at for one in rows), max(one.ends_at for one in rows))
        return list(rota.leave_between(*span))

    def _item(self, leave: Any, others: list[Any]) -> Item:
        beside = [
            other
            for other in others
            if other.member_id != leave.member_id
            and other.member.team_id == leave.member.team_id
            and overlap((other.starts_at, other.ends_at), (leave.starts_at, leave.ends_at))
        ]
        own = leave.member_id == self.reader.pk
        standing = leave.state in ("requested", "approved") and leave.ends_at > self.at
        decides = _may_decide(self.reader, leave.member)
        return Item(leave, decides and leave.ends_at > self.at, (own or decides) and standing, beside)


@require_safe
@for_members
def leaves(request: MemberRequest) -> HttpResponse:
    """All leave the reader may know of."""
    shown = {"leaves": Leaves(request.member, now())}
    if is_htmx(request):
        return render(request, "roster/leaves.html", shown)
    return page(request, "roster/leave.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """Ask to be away; what was typed stays when it is refused."""
    people = planned_by(request.member)
    form = LeaveForm(request.POST or None, people=_with(request.member, people), initial=_usual(request))
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form)
            messages.success(request, _("Asked. You see here what becomes of it."))
            return redirect("/roster/leave")
        except Refused as refusal:
            form.add_error(None, refusal.message)
    shown = {"form": form, "for_others": bool(people)}
    return page(request, "roster/leave_new.html", shown, status=422 if form.errors else 200)


@require_POST
@for_members
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """Yes or no."""
    leave, given = _leave(pk), given_fields(DecisionForm(request.POST))
    decide = approve_leave if given["state"] == "approved" else decline_leave
    decided = decide(actor=request.member, leave=leave, answer=given["answer"], at=now())
    said = _("%(name)s: %(state)s.") % {
        "name": leave.member.display_name,
        "state": decided.get_state_display(),
    }
    return told(request, said, f"/roster/leave/{pk}/reconsideration")


@require_POST
@for_members
def reconsideration(request: MemberRequest, pk: int) -> HttpResponse:
    """The decision is open again."""
    reconsider_leave(actor=request.member, leave=_leave(pk), at=now())
    return told(request, _("Undone."))


@require_POST
@for_members
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    """The leave is taken back."""
    withdraw_leave(actor=request.member, leave=_leave(pk), at=now())
    return told(request, _("The leave is taken back; the shifts it took away are there again."))


def _ask(request: MemberRequest, form: LeaveForm) -> None:
    given, (starts_at, ends_at) = form.cleaned_data, form.span
    other = given["member"] not in (None, request.member.pk)
    request_leave(
        actor=request.member,
        member=member_at(given["member"]) if other else request.member,
        kind=given["kind"],
        starts_at=starts_at,
        ends_at=ends_at,
        whole_days=form.whole_days,
        zone=timezone.get_current_timezone_name(),
        note=given["note"],
        at=now(),
    )


def _with(member: Any, people: list[Any]) -> list[Any]:
    return [member, *(one for one in people if one.pk != member.pk)]


def _usual(request: MemberRequest) -> dict[str, Any]:
    tomorrow = timezone.localtime(now()).date() + timedelta(days=1)
    return {"member": request.member.pk, "kind": "annual", "first_day": tomorrow}


def _may_decide(reader: Any, member: Any) -> bool:
    try:
        require_deciding(reader, member)
    except Denied:
        return False
    return True


def _leave(pk: int) -> Any:
    found = rota.leave(pk)
    if found is None:
        raise Missing(_("This leave does not exist any more."))
    return found
