"""What is being written: kept as it is typed, shown as it will be read."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fengong.desk.actions.drafts import FIELDS, keep_draft
from fengong.desk.actions.languages import set_language
from fengong.desk.reading import mentions
from fengong.desk.reading.freshness import heard_of
from fengong.kernel.clock import now
from fengong.kernel.errors import Conflict
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import adjust
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.speaking import rendered


@require_POST
@for_members
def draft(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Keep what the reader has typed so far; nothing typed forgets it, and what was sent is refused."""
    ticket, actor, given = Opened(pk, request.member).ticket, request.member, request.POST
    heard = given.get("heard", "")
    try:
        keep_draft(
            actor=actor,
            ticket=ticket,
            member=actor,
            kind=kind,
            body=given.get("body", ""),
            fields={name: given.get(name, "") for name in FIELDS},
            heard=int(heard) if heard.isdecimal() and len(heard) < 19 else None,
            at=now(),
        )
    except Conflict:
        return JsonResponse({"heard": heard_of(ticket)}, status=409)
    return HttpResponse(status=204)


@require_POST
@for_members
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The text as it will be read: names are marked in notes, the signature stands under answers."""
    opened, text = Opened(pk, request.member), request.POST.get("body", "")
    is_note = request.POST.get("kind") == "note"
    html = rendered(text, names=mentions.names() if is_note and "@" in text else ())
    signature = rendered(opened.talk.signature) if request.POST.get("sign") and not is_note else ""
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
