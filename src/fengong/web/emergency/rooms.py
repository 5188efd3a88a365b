"""A swarm's room and what is done in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.emergency import queries
from fengong.emergency.actions import rooms, swarms
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.emergency.forms import LineForm, PersonForm
from fengong.web.emergency.swarm_page import SwarmPage
from fengong.web.member import MemberRequest, for_members, is_htmx


@require_safe
@for_members
def room(request: MemberRequest, pk: int) -> HttpResponse:
    """People, tasks and the time line; for a fragment, what changes by itself."""
    require(request.member, "ticket.read")
    page = SwarmPage(_swarm(pk), request.member, now())
    template = "emergency/swarm_live.html" if is_htmx(request) else "emergency/swarm.html"
    return render(request, template, {"page": page})


@require_POST
@for_members
def entries(request: MemberRequest, pk: int) -> HttpResponse:
    """Say something."""
    rooms.say(actor=request.member, swarm=_swarm(pk), body=_line(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_POST
@for_members
def announcement(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell everybody."""
    rooms.announce(actor=request.member, swarm=_swarm(pk), body=_line(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_POST
@for_members
def tasks(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what has to be done."""
    rooms.add_task(actor=request.member, swarm=_swarm(pk), text=_line(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_POST
@for_members
def taking(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a task."""
    task = rooms.take_task(actor=request.member, task=_task(pk), member=request.member, at=now())
    return redirect(f"/emergency/swarms/{task.swarm_id}")


@require_POST
@for_members
def completion(request: MemberRequest, pk: int) -> HttpResponse:
    """A task is done."""
    task = rooms.finish_task(actor=request.member, task=_task(pk), at=now())
    return redirect(f"/emergency/swarms/{task.swarm_id}")


@require_POST
@for_members
def members(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody in."""
    swarms.take_in(actor=request.member, swarm=_swarm(pk), member=_person(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_POST
@for_members
def leaving(request: MemberRequest, pk: int) -> HttpResponse:
    """Let somebody go back to other work."""
    swarms.let_leave(actor=request.member, swarm=_swarm(pk), member=_person(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_POST
@for_members
def lead(request: MemberRequest, pk: int) -> HttpResponse:
    """Let another one lead."""
    swarms.name_lead(actor=request.member, swarm=_swarm(pk), member=_person(request), at=now())
    return redirect(f"/emergency/swarms/{pk}")


@require_http_methods(["GET", "POST"])
@for_members
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Stand down, with an account that is drafted from the room."""
    page = SwarmPage(_swarm(pk), request.member, now())
    page.require_ending()
    typed = request.POST.get("account")
    if typed and typed.strip():
        swarms.stand_down(actor=request.member, swarm=page.swarm, account=typed, at=now())
        return redirect(f"/emergency/swarms/{pk}")
    shown = {"page": page, "account": page.draft if typed is None else typed, "wrong": typed is not None}
    return render(request, "emergency/end.html", shown, status=422 if typed is not None else 200)


def _swarm(pk: int) -> Any:
    found = queries.swarm(pk)
    if found is None:
        raise Missing(_("This swarm does not exist."))
    return found


def _task(pk: int) -> Any:
    found = queries.task(pk)
    if found is None:
        raise Missing(_("This task does not exist."))
    return found


def _line(request: MemberRequest) -> str:
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Write something first."), field="body")
    return str(form.cleaned_data["body"])


def _person(request: MemberRequest) -> Any:
    form = PersonForm(request.POST)
    found = people.member(form.cleaned_data["member"]) if form.is_valid() else None
    if found is None:
        raise Invalid(_("Choose a member."), field="member")
    return found
