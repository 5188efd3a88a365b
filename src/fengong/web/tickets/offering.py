"""Answering an offer: taking a ticket on, or passing it on."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengong.dispatch.actions.offers import accept_offer, decline_offer
from fengong.kernel.clock import now
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import adjust
from fengong.web.tickets.opened import Opened


@require_POST
@for_members
def acceptance(request: MemberRequest, pk: int) -> HttpResponse:
    """Take on what was offered."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    return adjust(
        request, pk, lambda: accept_offer(actor=actor, ticket=ticket, at=now()), done=_("It is yours.")
    )


@require_POST
@for_members
def refusal(request: MemberRequest, pk: int) -> HttpResponse:
    """Pass on what was offered; somebody else is asked."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    return adjust(
        request,
        pk,
        lambda: decline_offer(actor=actor, ticket=ticket, at=now()),
        done=_("Passed on. Somebody else is asked now."),
    )
