"""What customers said on the telephone, written down for them by a member."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.schemas.relations import CallIn
from fengong.api.schemas.tickets import Ticket
from fengong.api.versions import tag
from fengong.desk.actions.calls import Call, open_on_behalf
from fengong.desk.reading import fields
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["tickets"])


@router.post("", operation_id="write_down_call", response={201: Ticket})
def write_down(request: MemberRequest, response: HttpResponse, given: CallIn) -> Any:
    """Write down a call: who called is found by id, address or number, else added; the matter becomes a ticket."""
    require(request.auth, "ticket.work")
    who = request.auth
    ticket = open_on_behalf(
        actor=who,
        member=who,
        call=_call(request, given),
        subject=given.subject,
        body=given.body,
        note=given.note,
        topic=found.the_topic(given.topic_id, field="topic_id") if given.topic_id else None,
        difficulty=given.difficulty,
        priority=given.priority,
        type=found.there(fields.ticket_type(given.type_id), "type_id") if given.type_id else None,
        fields=given.fields,
        tags=given.tags,
        at=now(),
    )
    shown = found.the_ticket(who, ticket.pk)
    tag(response, shown)
    return Status(201, Ticket.model_validate(shown))


def _call(request: MemberRequest, given: CallIn) -> Call:
    by_id = given.customer_id
    known = found.the_customer(request.auth, by_id, field="customer_id") if by_id else None
    named = given.customer
    return Call(
        contact=known,
        phone=given.phone,
        name=given.name or (named.name if named else ""),
        email=named.email if named else "",
        organization=named.organization if named else "",
        minutes=given.minutes,
    )
