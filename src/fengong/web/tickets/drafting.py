"""What is being written: kept as it is typed, shown as it will be read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fengong.desk.actions.drafts import FIELDS, keep_draft
from fengong.desk.actions.languages import set_language
from fengong.desk.reading import mentions
from fengong.kernel.clock import now
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import adjust
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.speaking import rendered


@require_POST
@for_members
def draft(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Keep what the reader has typed so far; nothing typed forgets it."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    keep_draft(
        actor=actor,
        ticket=ticket,
        member=actor,
        kind=kind,
        body=request.POST.get("body", ""),
        fields={name: request.POST.get(name, "") for name in FIELDS},
        at=now(),
    )
    return HttpResponse(status=204)


@require_POST
@for_members
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The text as it will be read: names are marked in notes, the signature stands under answers."""
    opened, text = Opened(pk, request.member), request.POST.get("body", "")
    is_note = request.POST.get("kind") == "note"
    html = rendered(text, names=mentions.names() if is_note and "@" in text else ())
    signature = opened.talk.signature_html if request.POST.get("sign") and not is_note else ""
    return render(request, "tickets/preview.html", {"html": html, "signature": signature})


@require_POST
@for_members
def language(request: MemberRequest, pk: int) -> HttpResponse:
    """Say in which language this customer is answered; what is being written stays."""
    ticket, actor, chosen = (
        Opened(pk, request.member).ticket,
        request.member,
        request.POST.get("language", ""),
    )
    return adjust(request, pk, lambda: set_language(actor=actor, ticket=ticket, language=chosen, at=now()))
