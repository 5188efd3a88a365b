"""What is written on a ticket: replies, notes, and what its customer wrote elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from fengong.api import found, keys
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IdempotencyKey, IfMatch, PathId
from fengong.api.schemas.tickets import CustomerMessageIn, Message, MessageIn
from fengong.api.versions import seen, tag
from fengong.desk.actions import messages
from fengong.kernel.clock import now

router = Router(tags=["conversation"])


@router.post("/{int:ticket_id}/replies", operation_id="reply", response={201: Message})
def reply(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    written: MessageIn,
    if_match: IfMatch = None,
) -> Any:
    """Answer the customer. With If-Match a reply that is sent again is refused rather than sent twice."""
    ticket = found.the_ticket(request.auth, ticket_id)
    message = messages.reply(
        actor=request.auth,
        ticket=ticket,
        member=request.auth,
        body=written.body,
        seen=seen(if_match),
        at=now(),
    )
    tag(response, message.ticket)
    return Status(201, Message.model_validate(message))


@router.post("/{int:ticket_id}/notes", operation_id="add_note", response={201: Message})
def add_note(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    written: MessageIn,
    if_match: IfMatch = None,
) -> Any:
    """Write an internal note, which customers never see."""
    ticket = found.the_ticket(request.auth, ticket_id)
    message = messages.add_note(
        actor=request.auth,
        ticket=ticket,
        member=request.auth,
        body=written.body,
        seen=seen(if_match),
        at=now(),
    )
    tag(response, message.ticket)
    return Status(201, Message.model_validate(message))


@router.post(
    "/{int:ticket_id}/customer-messages",
    operation_id="add_customer_message",
    response={201: Message, 200: Message},
)
def add_customer_message(
    request: MemberRequest,
    ticket_id: PathId,
    written: CustomerMessageIn,
    idempotency_key: IdempotencyKey = None,
) -> Any:
    """Pass on what the customer wrote. A ticket that waited for them, or was resolved, comes back to life."""
    ticket, at = found.the_ticket(request.auth, ticket_id), now()
    message = messages.receive_message(
        actor=request.auth,
        ticket=ticket,
        contact=ticket.customer,
        body=written.body,
        external_id=keys.external_id(written.external_id, idempotency_key, request.auth),
        at=at,
    )
    keys.check_same((message.ticket_id, message.body) == (ticket.pk, written.body))
    return Status(201 if message.at == at else 200, Message.model_validate(message))
