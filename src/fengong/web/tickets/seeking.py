"""Completion of a query while it is typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengong.desk.language import suggestions
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members

LONGEST = 2000


@require_safe
@for_members
def proposals(request: MemberRequest) -> HttpResponse:
    """Options of a list box: words, then their values. `q` is what is typed, `at` where the cursor stands."""
    require(request.member, "ticket.read")
    text, at = request.GET.get("q", "").replace("\x00", " ")[:LONGEST], request.GET.get("at", "")
    cursor = int(at) if at.isdecimal() and len(at) < 6 else len(text)
    found = suggestions(text, cursor, request.member)
    return render(request, "tickets/suggestions.html", {"suggestions": found})
