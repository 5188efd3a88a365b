"""What the palette asks for: tickets and customers by words, and the places one may go to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengong.automation import queries as automation
from fengong.customers import queries as customers
from fengong.desk.reading import lists
from fengong.desk.reading.views import views_of
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.forms import ListForm

TICKETS, CUSTOMERS, MACROS = 8, 4, 60


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
    """What is not on every page: pages of the settings, saved views, and macros for the ticket that is open."""
    member, open_ticket = request.member, _number(request.GET.get("ticket", ""))
    reads = member.may("ticket.read")
    shown = {
        "views": views_of(member) if reads else [],
        "macros": automation.macros_for(member)[:MACROS] if reads and open_ticket else [],
        "open_ticket": open_ticket,
    }
    return render(request, "parts/places.html", shown)


@require_safe
@for_members
def macro(request: MemberRequest, pk: int, macro: int) -> HttpResponse:
    """A macro chosen in the palette: its effect is shown before it is done."""
    require(request.member, "ticket.read")
    chosen = automation.macro(macro)
    if chosen is None:
        raise Missing(_("This macro does not exist any more."))
    return render(
        request, "tickets/macro_dialog.html", {"ticket": pk, "macro": chosen, "title": chosen.label}
    )


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 18 else 0
