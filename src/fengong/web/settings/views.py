"""The front page of the room Settings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.pages import sections_for


@require_safe
@for_members
def front(request: MemberRequest) -> HttpResponse:
    """All pages of settings, each with a sentence on what it is for."""
    require(request.member, "ticket.work")
    return render(request, "settings/front.html", {"sections": sections_for(request.member)})
