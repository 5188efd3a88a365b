"""Reading tickets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened


@require_safe
@for_members
def tickets(request: MemberRequest) -> HttpResponse:
    """The room: a list and, with `ticket`, an open one. Fragments: the list, or the rows that continue it."""
    require(request.member, "ticket.read")
    listing = Listing(request.GET, request.member)
    if is_htmx(request):
        template = "tickets/rows.html" if listing.is_continued else "tickets/list.html"
        return render(request, template, {"list": listing})
    opened = Opened(listing.ticket, request.member) if listing.ticket else None
    return render(request, "tickets/room.html", {"list": listing, "opened": opened})


@require_safe
@for_members
def saved_views(request: MemberRequest) -> HttpResponse:
    """The menu of saved views with the number of tickets in each, once it is opened."""
    require(request.member, "ticket.read")
    listing = Listing(request.GET, request.member)
    shown = {"tabs": listing.counted_tabs, "view": listing.view, "q": listing.asked.get("q", "")}
    return render(request, "tickets/views_menu.html", shown)


@require_safe
@for_members
def ticket(request: MemberRequest, pk: int) -> HttpResponse:
    """One ticket beside its list; with `part=live`, only what may have changed on a page that shows it."""
    if not is_htmx(request):
        return redirect(f"/tickets?view=all&ticket={pk}")
    opened, listing = Opened(pk, request.member), Listing(request.GET, request.member, ticket=pk)
    template = "tickets/live.html" if request.GET.get("part") == "live" else "tickets/opened.html"
    return render(request, template, {"opened": opened, "list": listing})
