"""Coverage: the map of a week, what would close its gaps, and what a change would open."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.division.coverage.effects import Effects
from fengong.web.division.coverage.page import Asked, Drawn
from fengong.web.member import MemberRequest, for_members, is_htmx


@require_safe
@for_members
def coverage(request: MemberRequest) -> HttpResponse:
    """The map; for a fragment about one topic at one hour, what stands behind it alone."""
    require(request.member, "board.read")
    at = now()
    shown = Drawn(at, Asked.of(request.GET, at))
    template = "behind" if is_htmx(request) and shown.behind else "page"
    return render(request, f"division/coverage/{template}.html", {"drawn": shown})


@require_safe
@for_members
def ways(request: MemberRequest) -> HttpResponse:
    """What would close gaps, ranked; each is worked out by itself, so it comes after the map."""
    require(request.member, "board.read")
    at = now()
    return render(request, "division/coverage/ways.html", {"drawn": Drawn(at, Asked.of(request.GET, at))})


@require_safe
@for_members
def effect(request: MemberRequest) -> HttpResponse:
    """What a change that is being considered would open; nothing where it opens nothing."""
    require(request.member, "board.read")
    return render(request, "division/coverage/effect.html", {"effects": Effects(request.GET, now())})
