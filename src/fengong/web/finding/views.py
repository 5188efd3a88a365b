"""What the palette asks for: tickets and customers by words, and the places one may go to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengong.customers import queries as customers
from fengong.desk.reading import lists
from fengong.kernel.clock import now
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.forms import ListForm

TICKETS, CUSTOMERS = 8, 4


@require_safe
@for_members
def search(request: MemberRequest) -> HttpResponse:
    """Tickets and customers; nothing for those who may not read them."""
    form = ListForm(request.GET)
    form.is_valid()
    text = form.cleaned_data.get("q", "") if request.member.may("ticket.read") else ""
    found = {
        "tickets": lists.search(text, member=request.member, at=now(), limit=TICKETS) if text else [],
        "customers": customers.search(text)[:CUSTOMERS] if text else [],
    }
    return render(request, "tickets/found.html", {"text": text, **found})


@require_safe
@for_members
def places(request: MemberRequest) -> HttpResponse:
    """Pages that are not on every page: those of the settings, and the saved views."""
    return render(request, "parts/places.html")
