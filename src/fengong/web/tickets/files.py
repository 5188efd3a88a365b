"""Uploading files to a ticket from its composer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.attachments import attach
from fengong.desk.reading import attachments as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Refused
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.opened import Opened

MOST_AT_ONCE = 20


@require_http_methods(["GET", "POST"])
@for_members
def files(request: MemberRequest, pk: int) -> HttpResponse:
    """What the reader has uploaded here and not sent yet; POST adds files (field `file`, several at once)."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    if request.method == "GET":
        return JsonResponse({"files": [described(file) for file in reading.unsent(ticket, actor.ref)]})
    given = request.FILES.getlist("file")
    if not given or len(given) > MOST_AT_ONCE:
        raise Invalid(_("Choose between 1 and %(most)s files.") % {"most": MOST_AT_ONCE}, field="file")
    answers = [_attached(actor, ticket, file) for file in given]
    return JsonResponse({"files": answers}, status=201 if any("id" in answer for answer in answers) else 422)


def described(file: Any) -> dict[str, Any]:
    """A file as the composer's script needs it."""
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "type": file.content_type,
        "path": file.path,
        "image": file.is_image,
        "state": file.state,
        "refusal": file.refusal,
        "markdown": f"![{_plain(file.name)}]({file.path})" if file.is_image else "",
    }


def _plain(name: str) -> str:
    return name.translate({ord(char): " " for char in "[]()`*_\\"})


def _attached(actor: Any, ticket: Any, file: Any) -> dict[str, Any]:
    """The file as it is kept, or why it is not; what is wrong with one does not touch the others."""
    try:
        kept = attach(
            actor=actor,
            ticket=ticket,
            name=file.name,
            content=file.read(),
            content_type=file.content_type or "",
            at=now(),
        )
    except Refused as refusal:
        return {"name": file.name, "state": "refused", "refusal": refusal.message}
    return described(kept)
