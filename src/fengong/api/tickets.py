"""Tickets: reading them, and writing down new ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from fengong.api import found, keys
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IdempotencyKey, PathId
from fengong.api.intake import open_from
from fengong.api.lists import Listed, Order, Turn
from fengong.api.schemas.tickets import Event, Message, Ticket, TicketFilter, TicketIn
from fengong.api.versions import tag
from fengong.desk import queries as desk
from fengong.desk.language import apart
from fengong.desk.reading.tags import without_tags
from fengong.desk.reading.words import with_words
from fengong.kernel.clock import now
from fengong.kernel.spine import history
from fengong.people.policies import require

router = Router(tags=["tickets"])
NEWEST = Order(("-opened_at", "-id"), (datetime, int))
BY_NUMBER = Order(("-id",), (int,))
OLDEST = Order(("at", "id"), (datetime, int))
BY_SEQ = Order(("seq",), (int,))


@router.get("", operation_id="list_tickets", response=Listed[Ticket])
def list_tickets(request: MemberRequest, which: Query[TicketFilter], turn: Query[Turn]) -> Any:
    """Tickets, the newest first. With `query`, those that it finds in the language of the search box."""
    require(request.auth, "ticket.read")
    narrowed = desk.narrowed(
        member=request.auth,
        view=which.view,
        status=which.status,
        owner=which.owner,
        customer=which.customer,
        topic=which.topic,
    )
    asked = apart(which.query, member=request.auth, at=now())
    shown = desk.tickets().prefetch_related("tags")
    if asked.words:

        def fetch(place: list[Any], limit: int) -> list[Any]:
            past = place[0] if place else None
            return with_words(shown, asked.words, narrowed & asked.rest, past=past, limit=limit)

        return BY_NUMBER.fetched(Ticket, fetch, turn)
    return NEWEST.shown(Ticket, shown.filter(narrowed & asked.rest), turn)


@router.post("", operation_id="open_ticket", response={201: Ticket, 200: Ticket})
def open_ticket(
    request: MemberRequest, response: HttpResponse, draft: TicketIn, idempotency_key: IdempotencyKey = None
) -> Any:
    """Write down a matter; it waits for an owner at once. Answers 200 where it stands already."""
    draft.external_id = keys.external_id(draft.external_id, idempotency_key, request.auth)
    ticket, is_new = open_from(draft, actor=request.auth, at=now())
    if is_new:
        without_tags([ticket])
    tag(response, ticket)
    response.headers["Location"] = f"/api/v1/tickets/{ticket.pk}"
    return Status(201 if is_new else 200, Ticket.model_validate(ticket))


@router.get("/{int:ticket_id}", operation_id="get_ticket", response=Ticket)
def get_ticket(request: MemberRequest, response: HttpResponse, ticket_id: PathId) -> Any:
    """One ticket. Its ETag goes into If-Match where something is done with it."""
    ticket = found.the_ticket(request.auth, ticket_id)
    tag(response, ticket)
    return Ticket.model_validate(ticket)


@router.get("/{int:ticket_id}/thread", operation_id="get_thread", response=Listed[Message])
def get_thread(request: MemberRequest, ticket_id: PathId, turn: Query[Turn]) -> Any:
    """The conversation with its internal notes, the oldest first."""
    ticket = found.the_ticket(request.auth, ticket_id)
    return OLDEST.shown(Message, desk.thread(ticket), turn)


@router.get("/{int:ticket_id}/events", operation_id="list_ticket_events", response=Listed[Event])
def list_ticket_events(request: MemberRequest, ticket_id: PathId, turn: Query[Turn]) -> Any:
    """Everything that happened to a ticket, the oldest first."""
    ticket = found.the_ticket(request.auth, ticket_id)
    return BY_SEQ.shown(Event, history("ticket", ticket.pk), turn)
