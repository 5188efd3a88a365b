"""The first page of the day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengong.kernel.clock import now
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.today.day import Day


@require_safe
@for_members
def today(request: MemberRequest) -> HttpResponse:
    """What to do next and why, load, shift, what is due, what happened."""
    template = "today/day.html" if is_htmx(request) else "today/room.html"
    return render(request, template, {"day": Day(request.member, now())})
