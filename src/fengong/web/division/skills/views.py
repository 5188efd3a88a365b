"""Skills: the matrix, and what is stated, let count, stretched or ramped there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.people.actions import skills as verbs
from fengong.people.policies import require
from fengong.web.division.skills.forms import LevelForm, RampForm, StretchForm
from fengong.web.division.skills.page import Matrix
from fengong.web.member import MemberRequest, for_members, is_htmx


@require_safe
@for_members
def skills(request: MemberRequest) -> HttpResponse:
    """Members by topics; for a fragment about one member at one topic, that alone."""
    require(request.member, "presence.own")
    shown = Matrix(request.member, request.GET)
    template = "entry" if is_htmx(request) and shown.chosen else "page"
    return render(request, f"division/skills/{template}.html", {"drawn": shown})


@require_POST
@for_members
def level(request: MemberRequest, pk: int, topic: int) -> HttpResponse:
    """Somebody states a level."""
    said, named = _sent(LevelForm(request.POST)), _named(request, pk, topic)
    if said["level"]:
        verbs.set_skill(**named, proficiency=said["level"], source=said["source"])
    else:
        verbs.drop_skill(**named)
    return _back(pk, topic)


@require_POST
@for_members
def counting(request: MemberRequest, pk: int, topic: int) -> HttpResponse:
    """Another source counts from now on."""
    verbs.count_source(**_named(request, pk, topic), source=request.POST.get("source", ""))
    return _back(pk, topic)


@require_POST
@for_members
def stretch(request: MemberRequest, pk: int, topic: int) -> HttpResponse:
    """Harder work with somebody who stands by, or no more of it."""
    named = _named(request, pk, topic)
    if "end" in request.POST:
        verbs.end_stretch(**named)
        return _back(pk, topic)
    said = _sent(StretchForm(request.POST))
    until = named["at"] + timedelta(days=said["days"])
    verbs.stretch_skill(**named, level=said["level"], mentor=_member(said["mentor"]), until=until)
    return _back(pk, topic)


@require_POST
@for_members
def ramp(request: MemberRequest, pk: int) -> HttpResponse:
    """A newcomer's ramp begins, or ends."""
    named: dict[str, Any] = {"actor": request.member, "member": _member(pk), "at": now()}
    if "end" in request.POST:
        verbs.end_ramp(**named)
    else:
        said = _sent(RampForm(request.POST))
        mentor = _member(said["mentor"]) if said["mentor"] else None
        verbs.set_ramp(**named, mentor=mentor, difficulty=said["difficulty"], needed=said["needed"])
    return _back(pk, int(request.POST.get("topic") or 0))


def _sent(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        name = next(iter(form.errors))
        raise Invalid(" ".join(str(error) for error in form.errors[name]), field=name)
    return form.cleaned_data


def _named(request: MemberRequest, pk: int, topic: int) -> dict[str, Any]:
    found = people.topic(topic)
    if found is None:
        raise Missing(_("There is no such topic."))
    return {"actor": request.member, "member": _member(pk), "topic": found, "at": now()}


def _member(pk: int) -> Any:
    found = people.member(pk)
    if found is None:
        raise Missing(_("There is no such member."))
    return found


def _back(pk: int, topic: int) -> HttpResponse:
    return redirect(f"/division/skills?member={pk}&topic={topic}")
