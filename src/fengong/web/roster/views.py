"""The roster of a week, of a day, and against the need; weeks copied, standby planned."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import leads, require
from fengong.rota import queries as rota
from fengong.rota.actions.copying import copy_week, take_copy_back
from fengong.rota.actions.standby import cancel_standby, plan_standby
from fengong.rota.policies import may_read_shifts, require_reading_shifts_of
from fengong.web import words
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.roster.asked import asked_of, day_of
from fengong.web.roster.day import Day
from fengong.web.roster.forms import CopyForm, StandbyForm
from fengong.web.roster.need import Need
from fengong.web.roster.people import member_at, planned_by
from fengong.web.roster.tabs import page
from fengong.web.roster.told import given_fields, told
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


@require_POST
@for_members
def copies(request: MemberRequest) -> HttpResponse:
    """A week written into another."""
    given = given_fields(CopyForm(request.POST))
    people = [one for one in planned_by(request.member) if given["team"] in (None, one.team_id)]
    copied = copy_week(
        actor=request.member,
        members=people,
        source=given["source"],
        target=given["target"],
        zone=timezone.get_current_timezone_name(),
        at=now(),
    )
    said = ngettext("%(count)s shift was copied.", "%(count)s shifts were copied.", copied.added)
    said %= {"count": copied.added}
    if copied.skipped:
        left = ngettext(
            "%(count)s was left out, where somebody works already or the time has passed.",
            "%(count)s were left out, where somebody works already or the time has passed.",
            copied.skipped,
        )
        said = f"{said} {left % {'count': copied.skipped}}"
    return told(request, said, f"/roster/copies/{copied.copy}/return" if copied.added else "")


@require_POST
@for_members
def return_of_copy(request: MemberRequest, copy: str) -> HttpResponse:
    """The copy is taken back."""
    take_copy_back(actor=request.member, copy=copy, at=now())
    return told(request, _("Undone."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def standby_new(request: MemberRequest) -> HttpResponse:
    """The dialog for standby, and the standby."""
    require(request.member, "shift.plan")
    people = planned_by(request.member)
    if request.method != "POST":
        first = day_of(request.GET.get("day", ""), timezone.localdate())
        initial = {"day": first, "starts": "18:00", "ends": "09:00", "member": request.GET.get("member", "")}
        return render(request, "roster/standby.html", {"form": StandbyForm(people=people, initial=initial)})
    form = StandbyForm(request.POST, people=people)
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


@require_safe
@for_members
def standby(request: MemberRequest, pk: int) -> HttpResponse:
    """The dialog of a standby."""
    found = rota.standby(pk)
    if found is None:
        raise Missing(_("This standby does not exist any more."))
    require_reading_shifts_of(request.member, found.member)
    may_plan = request.member.may("shift.plan") and leads(request.member, found.member)
    return render(request, "roster/standby_one.html", {"standby": found, "may_plan": may_plan})


@require_POST
@for_members
def standby_cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """No standby any more; the undo plans the same again."""
    found = rota.standby(pk)
    if found is None:
        raise Missing(_("This standby does not exist any more."))
    cancel_standby(actor=request.member, standby=found, at=now())
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    again = {"member": found.member_id, "answers_within": found.answers_within, "day": f"{starts:%F}"}
    clocks = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return told(request, _("The standby is cancelled."), "/roster/standby/new", **again, **clocks)
