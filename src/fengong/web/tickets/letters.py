"""A mail with its pictures from elsewhere, in a frame of its own: nothing in it runs, nothing of ours is in reach."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from fengong.desk.reading import attachments
from fengong.desk.reading.messages import message
from fengong.kernel import letters
from fengong.kernel.errors import Missing
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.opened import Opened

POLICY = (
    "default-src 'none'; img-src 'self' data: http: https:; style-src 'self'; frame-ancestors 'self'; base-uri 'none';"
    " form-action 'none'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


@require_safe
@for_members
def pictures(request: MemberRequest, pk: int, message: int) -> HttpResponse:
    """The frame that takes the place of a mail whose pictures somebody asked for."""
    return render(request, "tickets/letter_frame.html", {"message": _found(request, pk, message)})


@require_safe
@xframe_options_sameorigin
@for_members
def letter(request: MemberRequest, pk: int, message: int) -> HttpResponse:
    """The mail itself, pictures and all."""
    found = _found(request, pk, message)
    inline = attachments.inline_paths(attachments.by_message(found.ticket).get(found.pk, ()))
    shown = letters.shown(found.html, inline, pictures=True)
    answer = render(
        request,
        "tickets/letter.html",
        {"visible": SafeString(shown.visible), "quoted": SafeString(shown.quoted)},
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _found(request: MemberRequest, pk: int, wanted: int) -> Any:
    found = message(wanted)
    if found is None or found.ticket_id != Opened(pk, request.member).ticket.pk:
        raise Missing(_("This message does not exist."))
    return found
