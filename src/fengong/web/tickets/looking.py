"""Who looks at a ticket and who writes on it: saying so, and hearing it."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from fengong.desk.actions.viewing import look_at, look_away
from fengong.desk.reading.mentions import nameable
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.opened import Opened


@require_http_methods(["GET", "POST"])
@for_members
def viewers(request: MemberRequest, pk: int) -> HttpResponse:
    """Who else is here; POST says that the reader is, what they write (`typing`), or that they leave (`leave`)."""
    opened, actor = Opened(pk, request.member), request.member
    if request.method == "GET":
        return render(request, "tickets/viewers_now.html", {"opened": opened, "ticket": opened.ticket})
    if request.POST.get("leave"):
        look_away(actor=actor, ticket=opened.ticket, member=actor, at=now())
    else:
        typing = request.POST.get("typing", "")
        look_at(actor=actor, ticket=opened.ticket, member=actor, typing=typing, at=now())
    return HttpResponse(status=204)


@require_safe
@for_members
def colleagues(request: MemberRequest) -> HttpResponse:
    """Whom `@` may name."""
    require(request.member, "ticket.read")
    found = [
        {"name": one.name, "hint": one.hint, "also": one.also, "team": one.is_team} for one in nameable()
    ]
    return JsonResponse({"colleagues": found}, headers={"Cache-Control": "private, max-age=60"})
