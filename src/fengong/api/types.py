"""Types of tickets and the desk's own fields; and which a ticket has."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IfMatch, PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.filing import FieldsIn, OwnField, OwnFieldIn, TicketTypeIn, Type, TypeIn
from fengong.api.schemas.tickets import Ticket
from fengong.api.states import as_it_is
from fengong.api.versions import seen
from fengong.desk.actions.field_definitions import FieldWanted, define_field, define_type
from fengong.desk.actions.fields import set_fields, set_type
from fengong.desk.reading import fields as reading
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["types and fields"])
of_tickets = Router(tags=["types and fields"])


@router.get("/types", operation_id="list_types", response=Listed[Type])
def list_types(request: MemberRequest) -> Any:
    """All types of tickets, those that were put away too."""
    require(request.auth, "ticket.read")
    return all_of(Type, reading.all_types())


@router.post("/types", operation_id="define_type", response={201: Type})
def add_type(request: MemberRequest, wanted: TypeIn) -> Any:
    """Add a type."""
    made = define_type(actor=request.auth, at=now(), **wanted.model_dump())
    return Status(201, Type.model_validate(made))


@router.put("/types/{int:type_id}", operation_id="change_type", response=Type)
def change_type(request: MemberRequest, type_id: PathId, wanted: TypeIn) -> Any:
    """Change a type, or put it away with `active: false`."""
    known = found.there(reading.ticket_type(type_id))
    return Type.model_validate(define_type(actor=request.auth, type=known, at=now(), **wanted.model_dump()))


@router.get("/fields", operation_id="list_fields", response=Listed[OwnField])
def list_fields(request: MemberRequest) -> Any:
    """All fields, those that were put away too."""
    require(request.auth, "ticket.read")
    return all_of(OwnField, reading.all_fields())


@router.post("/fields", operation_id="define_field", response={201: OwnField})
def add_field(request: MemberRequest, wanted: OwnFieldIn) -> Any:
    """Add a field to tickets."""
    made = define_field(actor=request.auth, wanted=_wanted(wanted), types=_types(wanted), at=now())
    return Status(201, OwnField.model_validate(made))


@router.put("/fields/{int:field_id}", operation_id="change_field", response=OwnField)
def change_field(request: MemberRequest, field_id: PathId, wanted: OwnFieldIn) -> Any:
    """Change a field, or put it away with `active: false`."""
    made = define_field(
        actor=request.auth,
        wanted=_wanted(wanted),
        types=_types(wanted),
        field=found.there(reading.field(field_id)),
        at=now(),
    )
    return OwnField.model_validate(made)


@of_tickets.put("/{int:ticket_id}/type", operation_id="set_ticket_type", response=Ticket)
def set_ticket_type(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: TicketTypeIn,
    if_match: IfMatch = None,
) -> Any:
    """Say of which sort a ticket is."""
    ticket = found.the_ticket(request.auth, ticket_id)
    kind = found.there(reading.ticket_type(given.type_id), "type_id") if given.type_id else None
    set_type(actor=request.auth, ticket=ticket, type=kind, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


@of_tickets.put("/{int:ticket_id}/fields", operation_id="set_ticket_fields", response=Ticket)
def set_ticket_fields(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: FieldsIn,
    if_match: IfMatch = None,
) -> Any:
    """Fill in fields of a ticket; all fit or none is stored."""
    ticket = found.the_ticket(request.auth, ticket_id)
    set_fields(actor=request.auth, ticket=ticket, values=given.values, seen=seen(if_match), at=now())
    return as_it_is(request, response, ticket_id)


def _wanted(given: OwnFieldIn) -> FieldWanted:
    return FieldWanted(**given.model_dump(exclude={"type_ids"}))


def _types(given: OwnFieldIn) -> list[Any]:
    return [found.there(reading.ticket_type(pk), "type_ids") for pk in given.type_ids]
