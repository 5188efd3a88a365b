"""A customer's tickets: the list, one of them, a new one."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.reading import customers as reading
from fengong.desk.reading import satisfaction
from fengong.kernel.clock import now
from fengong.kernel.paging import page
from fengong.web.files import served
from fengong.web.member import is_htmx
from fengong.web.portal.customer import CustomerRequest, for_customers
from fengong.web.portal.extra import asked
from fengong.web.portal.forms import AnswerForm, MatterForm
from fengong.web.portal.place import place_of, written_place
from fengong.web.portal.scale import scale_of
from fengong.web.portal.talk import Talk, state_of
from fengong.web.portal.written import answer, write_in

ROWS = 20


@require_safe
@for_customers
def tickets(request: CustomerRequest) -> HttpResponse:
    """The customer's tickets, newest first, a page at a time."""
    place = place_of(request.GET.get("after", ""))
    found = page(reading.tickets_of(request.customer), by=("-opened_at", "-id"), limit=ROWS, after=place)
    rows = [(ticket, state_of(ticket)) for ticket in found.rows]
    open_one = satisfaction.open_recommendation(request.customer, at=now()) if place is None else None
    shown = {"rows": rows, "after": written_place(found.after), "is_continued": place is not None}
    shown |= {"recommendation": open_one, "scale": scale_of(open_one.survey) if open_one else []}
    return render(request, "portal/tickets.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customers
def new(request: CustomerRequest) -> HttpResponse:
    """Write in about something new."""
    form = MatterForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (ticket := write_in(request, request.customer, form)):
        return redirect(f"/portal/tickets/{ticket.pk}")
    shown = {"form": form, "once": form.data.get("once") or secrets.token_urlsafe(12)}
    shown["extra"] = asked(request.POST if form.is_bound else None)
    return render(request, "portal/new.html", shown, status=422 if form.is_bound else 200)


@require_safe
@for_customers
def ticket(request: CustomerRequest, pk: int) -> HttpResponse:
    """One ticket; with `part=live`, only what may have changed."""
    talk = Talk(request.customer, pk)
    if talk.ticket.pk != pk:
        return redirect(f"/portal/tickets/{talk.ticket.pk}")
    live = is_htmx(request) and request.GET.get("part") == "live"
    template = "portal/talk_live.html" if live else "portal/talk.html"
    return render(request, template, {"talk": talk, "once": secrets.token_urlsafe(12)})


@require_POST
@for_customers
def replies(request: CustomerRequest, pk: int) -> HttpResponse:
    """Answer; a solved ticket comes back to life by it."""
    form = AnswerForm(request.POST, request.FILES)
    talk = Talk(request.customer, pk, form=form)
    if form.is_valid() and answer(request, request.customer, talk.ticket, form):
        return redirect(f"/portal/tickets/{talk.ticket.pk}#end")
    once = form.data.get("once") or secrets.token_urlsafe(12)
    return render(request, "portal/talk.html", {"talk": talk, "once": once}, status=422)


@require_POST
@for_customers
def resolution(request: CustomerRequest, pk: int) -> HttpResponse:
    """Call the matter solved."""
    talk = Talk(request.customer, pk)
    resolve_ticket(actor=request.customer, ticket=talk.ticket, at=now())
    return redirect(f"/portal/tickets/{talk.ticket.pk}")


@require_safe
@for_customers
def file(request: CustomerRequest, pk: int, name: str) -> HttpResponse:
    """A file of the customer's own conversation."""
    return served(request.customer, pk)
