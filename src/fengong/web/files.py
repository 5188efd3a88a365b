"""Serving what people have attached, so that nothing in it can act on who looks at it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.attachments import remove_attachment
from fengong.desk.policies import may_read_file
from fengong.desk.reading import attachments as reading
from fengong.kernel import store
from fengong.kernel.clock import now
from fengong.kernel.errors import Conflict, Missing
from fengong.web.member import MemberRequest, for_members

SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'"
OF_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""A browser's own reader of PDF does not run in a sandbox; it gives a file no page of ours to act on."""


@require_http_methods(["GET", "HEAD", "DELETE"])
@for_members
def file(request: MemberRequest, pk: int, name: str = "") -> HttpResponse:
    """One file; DELETE takes it away while it has not been sent."""
    if request.method == "DELETE":
        remove_attachment(actor=request.member, attachment=readable(request.member, pk), at=now())
        return HttpResponse(status=200)
    return served(request.member, pk)


def readable(actor: Any, pk: int) -> Any:
    """A file that the actor may read; Missing where there is none, or none for them."""
    found = reading.attachment(pk)
    if found is None or not may_read_file(actor, found):
        raise Missing(_("This file does not exist."))
    return found


def served(actor: Any, pk: int) -> HttpResponse:
    """A file's content for a member or a customer. What is not a picture, a PDF or plain text is saved, not shown."""
    found = readable(actor, pk)
    if found.state != "clean":
        raise Conflict(found.refusal or _("This file is still being checked."), code=f"file.{found.state}")
    try:
        content = store.read(found.sha256)
    except FileNotFoundError as error:
        raise Missing(_("The content of this file is gone.")) from error
    kind = found.content_type if found.is_inline else "application/octet-stream"
    return HttpResponse(
        content,
        headers={
            "Content-Type": kind,
            "Content-Disposition": content_disposition_header(not found.is_inline, found.name)
            or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": OF_PDF if kind == "application/pdf" else SANDBOX,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, max-age=300",
        },
    )
