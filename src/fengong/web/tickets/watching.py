"""Following a ticket, and what stands beside it in detail."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengong.desk.actions.watchers import unwatch_ticket, watch_ticket
from fengong.kernel.clock import now
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.aside import Aside
from fengong.web.tickets.attempt import adjust
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened


@require_http_methods(["POST", "DELETE"])
@for_members
def watch(request: MemberRequest, pk: int) -> HttpResponse:
    """Hear what happens to it from now on; DELETE stops that."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    if request.method == "DELETE":
        return adjust(
            request,
            pk,
            lambda: unwatch_ticket(actor=actor, ticket=ticket, member=actor, at=now()),
            done=_("You hear no more of it."),
        )
    return adjust(
        request,
        pk,
        lambda: watch_ticket(actor=actor, ticket=ticket, member=actor, at=now()),
        done=_("You hear what happens to it."),
    )


@require_safe
@for_members
def aside(request: MemberRequest, pk: int) -> HttpResponse:
    """The lower part of the details: fields, links, files, the customer's other matters, everything that happened."""
    opened, listing = Opened(pk, request.member), Listing(request.GET, request.member, ticket=pk)
    shown = {"opened": opened, "ticket": opened.ticket, "list": listing, "aside": Aside(opened, request.GET)}
    return render(request, "tickets/aside.html", shown)
