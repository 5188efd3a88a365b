"""Carrying out what somebody asked for, and showing the ticket again: done, or refused with everything they typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fengong.kernel.errors import Invalid, Refused
from fengong.web.member import MemberRequest, is_htmx
from fengong.web.tickets.forms import ChangeForm
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened

WRITTEN = ("reply", "note", "escalate")
"""What holds text that must be shown again; of the rest a sentence is enough."""


def attempt(
    request: MemberRequest, pk: int, form: ChangeForm, do: Callable[[], Any], *, done: str, undo: Any = None
) -> HttpResponse:
    """Validate, do, and answer with the ticket as it then stands."""
    if not form.is_valid():
        if form.kind not in WRITTEN:
            field, errors = next(iter(form.errors.items()))
            raise Invalid(str(errors[0]), field=field)
        return _shown(request, Opened(pk, request.member, form=form), status=422)
    try:
        do()
    except Refused as refusal:
        return _refused(request, pk, form, refusal)
    if not is_htmx(request):
        messages.success(request, done)
        return redirect(f"/tickets?ticket={pk}")
    return _shown(request, Opened(pk, request.member), done=done, undo=undo)


def adjust(
    request: MemberRequest, pk: int, do: Callable[[], Any], *, done: str = "", undo: Any = None
) -> HttpResponse:
    """Do something beside the conversation; what shows it is read again, and what is being written stays."""
    do()
    if not is_htmx(request):
        messages.success(request, done)
        return redirect(f"/tickets?ticket={pk}")
    opened, listing = Opened(pk, request.member), Listing(request.GET, request.member, ticket=pk)
    return render(
        request, "tickets/live.html", {"opened": opened, "list": listing, "done": done, "undo": undo}
    )


def _refused(request: MemberRequest, pk: int, form: ChangeForm, refusal: Refused) -> HttpResponse:
    if form.kind not in WRITTEN:
        raise refusal
    stale = refusal.code == "stale"
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    heard = form.cleaned_data.get("heard") if stale else None
    opened = Opened(pk, request.member, form=form, heard=heard)
    return _shown(request, opened, status=refusal.status)


def _shown(request: MemberRequest, opened: Opened, *, status: int = 200, **more: Any) -> HttpResponse:
    template = "tickets/opened.html" if is_htmx(request) else "tickets/room.html"
    listing = Listing(request.GET, request.member, ticket=opened.ticket.pk)
    return render(request, template, {"opened": opened, "list": listing, **more}, status=status)
