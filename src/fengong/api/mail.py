"""Where a mail server hands in raw mail: `POST /api/v1/mail/<token of a mailbox>`, the body being the mail (RFC 5322).

It stands beside the JSON operations because its body is none; its refusals look like theirs.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fengong.api.problems import problem
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.queries import mailbox_by_token
from fengong.kernel.clock import now

MOST_BYTES = 60 * 1024 * 1024
PIECE = 1024 * 1024


@csrf_exempt
def hand_in(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the mail and answer 202; it is taken in within a second. The same mail again is kept once."""
    if request.method != "POST":
        refusal = problem(405, _("Only %(methods)s is possible here.") % {"methods": "POST"})
        refusal.headers["Allow"] = "POST"
        return refusal
    mailbox = mailbox_by_token(token)
    if mailbox is None or not mailbox.active:
        return problem(404, _("There is nothing at this address."))
    raw = _body(request)
    if raw is None:
        return problem(413, _("The body may have at most %(bytes)s bytes.") % {"bytes": MOST_BYTES})
    mail = keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=now())
    answer = JsonResponse({"id": mail.pk, "state": mail.state}, status=HTTPStatus.ACCEPTED)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _body(request: HttpRequest) -> bytes | None:
    """The whole body, piece by piece; None when it is too large."""
    raw = bytearray()
    while piece := request.read(PIECE):
        raw += piece
        if len(raw) > MOST_BYTES:
            return None
    return bytes(raw)
