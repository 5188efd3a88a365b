"""Shifts by hand: a new one, another time or member for one, none any more; and each of it undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.restoring import give_shift, restore_shift, take_shift_back
from fengong.rota.actions.shifts import cancel_shift, move_shift, plan_shift
from fengong.rota.policies import require_planning
from fengong.web import words
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.asked import day_of
from fengong.web.roster.forms import BackForm, PlaceForm, ShiftForm, breaks_text, lasting
from fengong.web.roster.people import member_at, plan_at, planned_by, shift_at
from fengong.web.roster.told import given_fields, told


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """The dialog for a new shift, and the new shift."""
    require(request.member, "shift.plan")
    if request.method == "POST":
        return _plan(request)
    day = day_of(request.GET.get("day", ""), timezone.localtime(now()).date())
    initial = {"day": day, "starts": "09:00", "ends": "18:00", "member": request.GET.get("member", "")}
    form = ShiftForm(people=planned_by(request.member), initial=initial)
    return render(request, "roster/shift.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """The dialog of a shift, and what is changed in it."""
    shift = shift_at(pk)
    require_planning(request.member, shift.member)
    if request.method == "POST":
        return _change(request, shift)
    starts, ends = times_of(shift)
    initial = {
        "member": shift.member_id,
        "day": timezone.localtime(starts).date(),
        "starts": words.hour(starts),
        "ends": words.hour(ends),
        "breaks": breaks_text(rota.breaks_of(shift)),
    }
    form = ShiftForm(people=planned_by(request.member), initial=initial)
    return render(request, "roster/shift.html", {"form": form, "shift": shift})


@require_POST
@for_members
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """A shift dropped on another day or member, at its time on the clock."""
    shift, form = shift_at(pk), PlaceForm(request.POST)
    require_planning(request.member, shift.member)
    if not form.is_valid():
        raise Invalid(_("Choose a day and a member."))
    member = member_at(form.cleaned_data["member"])
    return _put(request, shift, member, lasting(*times_of(shift), form.cleaned_data["day"]))


@require_POST
@for_members
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """No shift any more."""
    shift = shift_at(pk)
    changed = _changed(shift)
    planned = cancel_shift(actor=request.member, shift=shift, at=now())
    said = _("The shift of %(name)s on %(time)s is cancelled.") % _named(shift, planned.starts_at)
    return told(request, said, f"/roster/planned/{planned.pk}/restoration", changed=changed)


@require_POST
@for_members
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    """A shift that was just planned is not to be."""
    planned = plan_at(pk)
    shift = rota.shift_of_plan(planned)
    if shift is None:
        raise Missing(_("This shift does not exist any more."))
    cancel_shift(actor=request.member, shift=shift, at=now())
    return told(request, _("Undone."))


@require_POST
@for_members
def restoration(request: MemberRequest, pk: int) -> HttpResponse:
    """A cancelled shift comes back."""
    back = given_fields(BackForm(request.POST))
    restore_shift(actor=request.member, planned=plan_at(pk), changed=back["changed"], at=now())
    return told(request, _("Undone."))


@require_POST
@for_members
def times(request: MemberRequest, pk: int) -> HttpResponse:
    """A moved shift has its time again."""
    back, shift = given_fields(BackForm(request.POST)), rota.shift_of_plan(plan_at(pk))
    if shift is None or not (back["starts_at"] and back["ends_at"]):
        raise Missing(_("This shift does not exist any more."))
    times = {"starts_at": back["starts_at"], "ends_at": back["ends_at"], "changed": back["changed"]}
    move_shift(actor=request.member, shift=shift, at=now(), **times)
    return told(request, _("Undone."))


@require_POST
@for_members
def return_of_given(request: MemberRequest, pk: int) -> HttpResponse:
    """A shift goes back to who had it."""
    back = given_fields(BackForm(request.POST))
    planned = plan_at(back["planned"] or 0)
    take_shift_back(
        actor=request.member, given=plan_at(pk), planned=planned, changed=back["changed"], at=now()
    )
    return told(request, _("Undone."))


def times_of(shift: Any) -> tuple[datetime, datetime]:
    """When a shift was planned for, whatever leave took from it."""
    whole = shift.planned or shift
    return whole.starts_at, whole.ends_at


def _plan(request: MemberRequest) -> HttpResponse:
    form = ShiftForm(request.POST, people=planned_by(request.member))
    given = given_fields(form)
    starts_at, ends_at = form.span
    member = member_at(given["member"])
    shift = plan_shift(
        actor=request.member,
        member=member,
        starts_at=starts_at,
        ends_at=ends_at,
        breaks=form.pauses,
        at=now(),
    )
    said = _("%(name)s works on %(time)s.") % _named(shift, starts_at)
    return told(request, said, f"/roster/planned/{shift.planned_id}/withdrawal")


def _change(request: MemberRequest, shift: Any) -> HttpResponse:
    form = ShiftForm(request.POST, people=planned_by(request.member))
    given = given_fields(form)
    before = breaks_text(rota.breaks_of(shift))
    answer = _put(request, shift, member_at(given["member"]), form.span)
    if given["breaks"].strip() != before:
        _rest(request, shift, form)
    return answer


def _rest(request: MemberRequest, shift: Any, form: ShiftForm) -> None:
    """Give what is now in its place the breaks that were typed."""
    found = rota.shifts_of(member_at(form.cleaned_data["member"]), *form.span).first()
    if found is not None:
        set_breaks(actor=request.member, shift=found, breaks=form.pauses, at=now())


def _put(request: MemberRequest, shift: Any, member: Any, span: tuple[datetime, datetime]) -> HttpResponse:
    """Give a shift this member and time; what is as it was stays untouched."""
    changed, before = _changed(shift), times_of(shift)
    ends: dict[str, Any] = {"starts_at": span[0], "ends_at": span[1], "at": now()}
    if member.pk != shift.member_id:
        given = give_shift(actor=request.member, shift=shift, member=member, **ends)
        said = _("%(name)s works on %(time)s.") % {"name": member, "time": words.moment(span[0])}
        planned = rota.plan_of_given(shift.member_id, before)
        return told(request, said, f"/roster/givings/{given.pk}/return", planned=planned, changed=changed)
    if span == before:
        return told(request, _("Saved."))
    moved = move_shift(actor=request.member, shift=shift, **ends)
    said = _("The shift of %(name)s is moved to %(time)s.") % _named(shift, span[0])
    times = {"starts_at": _iso(before[0]), "ends_at": _iso(before[1]), "changed": changed}
    return told(request, said, f"/roster/planned/{moved.pk}/times", **times)


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


def _changed(shift: Any) -> bool:
    return bool(shift.planned is None or shift.planned.changed)


def _named(shift: Any, at: datetime) -> dict[str, str]:
    return {"name": shift.member.display_name, "time": words.moment(at)}
