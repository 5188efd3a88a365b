"""Files on tickets: sent as multipart/form-data, served so that nothing in them can run."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import Id, PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.files import Attachment
from fengong.desk import queries as desk
from fengong.desk.actions.attachments import attach, remove_attachment
from fengong.desk.policies import may_read_file
from fengong.desk.reading import attachments as reading
from fengong.kernel import store
from fengong.kernel.clock import now
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.people.policies import require

of_tickets = Router(tags=["attachments"])
router = Router(tags=["attachments"])
AS_BYTES = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@of_tickets.get("/{int:ticket_id}/attachments", operation_id="list_attachments", response=Listed[Attachment])
def list_attachments(request: MemberRequest, ticket_id: PathId) -> Any:
    """All files of a ticket, oldest first."""
    return all_of(Attachment, reading.of_ticket(found.the_ticket(request.auth, ticket_id)))


@of_tickets.post("/{int:ticket_id}/attachments", operation_id="add_attachment", response={201: Attachment})
def add_attachment(
    request: MemberRequest,
    ticket_id: PathId,
    file: File[UploadedFile],
    message_id: Form[Id | None] = None,
) -> Any:
    """Put a file on a ticket, or with a message of it."""
    ticket = found.the_ticket(request.auth, ticket_id)
    message = desk.thread(ticket).filter(pk=message_id).first() if message_id else None
    if message_id and message is None:
        raise Invalid(_("This ticket has no such message."), field="message_id")
    kept = attach(
        actor=request.auth,
        ticket=ticket,
        message=message,
        name=file.name or "",
        content=file.read(),
        content_type=file.content_type or "",
        at=now(),
    )
    return Status(201, Attachment.model_validate(kept))


@router.get("/{int:attachment_id}", operation_id="get_attachment", response=Attachment)
def get_attachment(request: MemberRequest, attachment_id: PathId) -> Any:
    """What is known of a file."""
    return Attachment.model_validate(_readable(request, attachment_id))


@router.get("/{int:attachment_id}/content", operation_id="get_attachment_content", openapi_extra=AS_BYTES)
def get_content(request: MemberRequest, attachment_id: PathId) -> HttpResponse:
    """The file itself, always as something to save."""
    kept = _readable(request, attachment_id)
    if kept.state != "clean":
        raise Conflict(kept.refusal or _("This file is still being checked."), code=f"file.{kept.state}")
    return HttpResponse(
        store.read(kept.sha256),
        headers={
            "Content-Type": "application/octet-stream",
            "Content-Disposition": content_disposition_header(True, kept.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.delete("/{int:attachment_id}", operation_id="remove_attachment", response={204: None})
def remove(request: MemberRequest, attachment_id: PathId) -> Any:
    """Take away a file that was not sent yet; whoever curates the desk removes any."""
    remove_attachment(actor=request.auth, attachment=_readable(request, attachment_id), at=now())
    return Status(204, None)


def _readable(request: MemberRequest, attachment_id: int) -> Any:
    require(request.auth, "ticket.read")
    kept = reading.attachment(attachment_id)
    if kept is None or not may_read_file(request.auth, kept):
        raise Missing(_("This file does not exist."))
    return kept
