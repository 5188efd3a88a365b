"""What a member does about work that was passed on: putting an answer away, saying who stands in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.dispatch.actions.answers import read_answer
from fengong.dispatch.actions.standing_in import name_stand_in, remove_stand_in
from fengong.dispatch.reading import absences, moves
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.today.day import Day


class StandInForm(forms.Form):
    """Who stands in and when, or which of them no longer does."""

    by_member = forms.IntegerField(min_value=1, required=False)
    starts_at = forms.DateTimeField(required=False)
    ends_at = forms.DateTimeField(required=False)
    remove = forms.IntegerField(min_value=1, required=False)


@require_POST
@for_members
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Put away what came of a ticket that was handed up."""
    step = moves.escalation(pk)
    if step is None:
        raise Missing(_("This answer does not exist."))
    read_answer(actor=request.member, escalation=step, at=now())
    return _today(request)


@require_http_methods(["GET", "POST"])
@for_members
def stand_in(request: MemberRequest) -> HttpResponse:
    """Who goes on with my work while I am away; POST names somebody, or takes that back."""
    if request.method == "GET":
        return render(request, "today/stand_in_dialog.html", _choices(request.member))
    form = StandInForm(request.POST)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field=field)
    _say(request.member, form.cleaned_data)
    return _today(request)


def _choices(member: Any) -> dict[str, Any]:
    others = [one for one in people.members() if one.position.tier and one.pk != member.pk]
    return {"colleagues": others, "named": absences.stand_ins_of(member.pk)}


def _say(member: Any, wanted: dict[str, Any]) -> None:
    if wanted["remove"]:
        for one in absences.stand_ins_of(member.pk):
            if one.pk == wanted["remove"]:
                remove_stand_in(actor=member, stand_in=one, at=now())
        return
    colleague = people.member(wanted["by_member"] or 0)
    if colleague is None:
        raise Missing(_("This member is not on the team any more."))
    span = {name: wanted[name] for name in ("starts_at", "ends_at")}
    name_stand_in(actor=member, member=member, by_member=colleague, at=now(), **span)


def _today(request: MemberRequest) -> HttpResponse:
    if not is_htmx(request):
        return redirect("/today")
    return render(request, "today/day.html", {"day": Day(request.member, now())})
