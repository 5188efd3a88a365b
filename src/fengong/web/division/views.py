"""The dispatcher board and what is done on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require
from fengong.web.division.board import Drawn
from fengong.web.division.forms import BoardAssignmentForm
from fengong.web.giving import give, undo_giving
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.tickets.opened import Opened


@require_safe
@for_members
def division(request: MemberRequest) -> HttpResponse:
    """The board; for a fragment, all of it but the frame."""
    require(request.member, "board.read")
    template = "division/board.html" if is_htmx(request) else "division/board_page.html"
    return render(request, template, {"drawn": Drawn(now())})


@require_safe
@for_members
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """Why the owner of a ticket has it, or why it waits, at the side of the board."""
    return render(request, "division/decision.html", {"opened": Opened(pk, request.member)})


@require_POST
@for_members
def assignments(request: MemberRequest) -> HttpResponse:
    """A ticket dropped on a person, or given by the menu."""
    form = BoardAssignmentForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a ticket and a member."))
    ticket = Opened(form.cleaned_data["ticket"], request.member).ticket
    undo = undo_giving(request.member, ticket, "#toasts", "beforeend")
    give(request.member, ticket, form.cleaned_data)
    return render(request, "division/given.html", {"ticket": ticket, "undo": undo})
