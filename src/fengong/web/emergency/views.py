"""The room Emergency, the bar on every page, and the form of a new swarm."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fengong.emergency import queries
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.emergency.forming import Forming
from fengong.web.emergency.page import Room
from fengong.web.member import MemberRequest, for_members, is_htmx


@require_safe
@for_members
def emergency(request: MemberRequest) -> HttpResponse:
    """What goes on, what is watched, and what has been; for a fragment, all of it but the frame."""
    require(request.member, "ticket.read")
    template = "emergency/all.html" if is_htmx(request) else "emergency/room.html"
    return render(request, template, {"room": Room(request.member, now())})


@require_safe
@for_members
def bar(request: MemberRequest) -> HttpResponse:
    """The bar over every room; nothing while nothing goes on, or for who has no part in tickets."""
    if not request.member.may("ticket.read"):
        return HttpResponse()
    room = Room(request.member, now())
    mine = queries.swarm_with(request.member) if room.swarms else None
    return render(request, "emergency/bar.html", {"room": room, "mine": mine})


@require_http_methods(["GET", "POST"])
@for_members
def new_swarm(request: MemberRequest) -> HttpResponse:
    """Form a swarm, with those proposed who are best and freest."""
    forming = Forming(request, now())
    if swarm := forming.done():
        return redirect(f"/emergency/swarms/{swarm.pk}")
    status = forming.refusal.status if forming.refusal else 200
    return render(request, "emergency/new.html", {"forming": forming}, status=status)
