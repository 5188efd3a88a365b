"""Standby by hand: planned, looked at, cancelled."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import leads, require
from fengong.rota import queries as rota
from fengong.rota.actions.standby import cancel_standby, plan_standby
from fengong.rota.policies import require_reading_shifts_of
from fengong.web import words
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.asked import day_of
from fengong.web.roster.forms import StandbyForm
from fengong.web.roster.people import member_at, planned_by
from fengong.web.roster.told import given_fields, told


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """The dialog for standby, and the standby."""
    require(request.member, "shift.plan")
    people = planned_by(request.member)
    if request.method == "POST":
        return _plan(request, StandbyForm(request.POST, people=people))
    first = day_of(request.GET.get("day", ""), timezone.localtime(now()).date())
    initial = {"day": first, "starts": "18:00", "ends": "09:00", "member": request.GET.get("member", "")}
    return render(request, "roster/standby.html", {"form": StandbyForm(people=people, initial=initial)})


@require_safe
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """The dialog of a standby."""
    found = _standby(pk)
    require_reading_shifts_of(request.member, found.member)
    may_plan = request.member.may("shift.plan") and leads(request.member, found.member)
    return render(request, "roster/standby_one.html", {"standby": found, "may_plan": may_plan})


@require_POST
@for_members
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """No standby any more; the undo plans the same again."""
    found = _standby(pk)
    cancel_standby(actor=request.member, standby=found, at=now())
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    again = {"member": found.member_id, "answers_within": found.answers_within, "day": f"{starts:%F}"}
    clocks = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return told(request, _("The standby is cancelled."), "/roster/standby/new", **again, **clocks)


def _plan(request: MemberRequest, form: StandbyForm) -> HttpResponse:
    given = given_fields(form)
    starts_at, ends_at = form.span
    standby = plan_standby(
        actor=request.member,
        member=member_at(given["member"]),
        starts_at=starts_at,
        ends_at=ends_at,
        answers_within=given["answers_within"],
        at=now(),
    )
    said = _("%(name)s is on standby on %(time)s.")
    said %= {"name": standby.member.display_name, "time": words.moment(starts_at)}
    return told(request, said, f"/roster/standby/{standby.pk}/cancellation")


def _standby(pk: int) -> Any:
    found = rota.standby(pk)
    if found is None:
        raise Missing(_("This standby does not exist any more."))
    return found
