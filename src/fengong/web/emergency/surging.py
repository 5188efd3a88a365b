"""What is done about surges from the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.emergency import queries
from fengong.emergency.actions.calls import answer_call
from fengong.emergency.actions.lanes import close_lane, open_lane
from fengong.emergency.actions.measures import take_measure, withdraw_measure
from fengong.emergency.actions.readiness import prepare
from fengong.emergency.actions.watching import declare_surge, end_surge
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.emergency.forms import ReadinessForm
from fengong.web.member import MemberRequest, for_members

DIALS = ("quiet_days", "automatic", "defer_minutes", "message_zh", "message_en")


@require_POST
@for_members
def surges(request: MemberRequest) -> HttpResponse:
    """Call a surge, of one topic or of everything."""
    number = request.POST.get("topic", "")
    topic = people.topic(int(number)) if number.isdecimal() else None
    declare_surge(actor=request.member, topic=topic, at=now())
    return redirect("/emergency")


@require_POST
@for_members
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Call it off."""
    end_surge(actor=request.member, surge=_surge(pk), at=now())
    messages.success(request, _("The surge is over; everything done because of it was taken back."))
    return redirect("/emergency")


@require_POST
@for_members
def measures(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a measure; `off` takes it back."""
    surge, kind = _surge(pk), request.POST.get("kind", "")
    if "off" not in request.POST:
        take_measure(actor=request.member, surge=surge, kind=kind, at=now())
    for measure in queries.standing_measures(kind).filter(surge=surge) if "off" in request.POST else ():
        withdraw_measure(actor=request.member, measure=measure, at=now())
    return redirect("/emergency")


@require_POST
@for_members
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether one comes."""
    call = queries.call(pk)
    if call is None:
        raise Missing(_("This call does not exist."))
    coming = "coming" in request.POST
    answer_call(actor=request.member, call=call, coming=coming, at=now())
    messages.success(
        request, _("You are online; work comes to you now.") if coming else _("Thank you for saying so.")
    )
    return redirect("/emergency")


@require_POST
@for_members
def lanes(request: MemberRequest) -> HttpResponse:
    """Open a lane; `off` closes it."""
    change = close_lane if "off" in request.POST else open_lane
    change(actor=request.member, kind=request.POST.get("kind", ""), at=now())
    return redirect("/emergency")


@require_http_methods(["GET", "POST"])
@for_members
def readiness(request: MemberRequest) -> HttpResponse:
    """How the desk is prepared for surges."""
    require(request.member, "desk.configure")
    known = queries.readiness()
    form = ReadinessForm(request.POST or None, initial={name: getattr(known, name) for name in DIALS})
    if form.is_valid():
        prepare(actor=request.member, at=now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("/emergency")
    status = 422 if request.method == "POST" else 200
    return render(request, "emergency/readiness.html", {"form": form}, status=status)


def _surge(pk: int) -> Any:
    found = queries.surge(pk)
    if found is None:
        raise Missing(_("This surge does not exist."))
    return found
