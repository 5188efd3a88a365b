"""What belongs to a conversation beside its messages: answers for later, talks with outsiders, signatures."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas import conversation as schemas
from fengong.desk.actions import languages, scheduled, sides, signatures
from fengong.desk.reading import scheduled as planned
from fengong.desk.reading import sides as talks
from fengong.desk.reading import signatures as signing
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.policies import require

of_tickets = Router(tags=["conversation"])
replies = Router(tags=["conversation"])
talking = Router(tags=["conversation"])
signed = Router(tags=["conversation"])


@of_tickets.post(
    "/{int:ticket_id}/scheduled-replies",
    operation_id="schedule_reply",
    response={201: schemas.ScheduledReply},
)
def schedule(request: MemberRequest, ticket_id: PathId, given: schemas.ScheduledReplyIn) -> Any:
    """Let an answer be sent later. When the customer writes before, it becomes a draft instead."""
    who, ticket = request.auth, found.the_ticket(request.auth, ticket_id)
    made = scheduled.schedule_reply(actor=who, ticket=ticket, member=who, at=now(), **given.model_dump())
    return Status(201, made)


@of_tickets.get(
    "/{int:ticket_id}/scheduled-replies",
    operation_id="scheduled_replies",
    response=Listed[schemas.ScheduledReply],
)
def waiting(request: MemberRequest, ticket_id: PathId) -> Any:
    """The answers that wait for their time, the nearest first."""
    return all_of(schemas.ScheduledReply, planned.scheduled_on(found.the_ticket(request.auth, ticket_id)))


@replies.put("/{int:reply_id}", operation_id="change_scheduled_reply", response=schemas.ScheduledReply)
def change(request: MemberRequest, reply_id: PathId, given: schemas.ScheduledReplyChange) -> Any:
    """Write an answer anew, or give it another time, until it is sent."""
    row = _reply(request, reply_id)
    return scheduled.change_scheduled(actor=request.auth, scheduled=row, at=now(), **given.model_dump())


@replies.delete("/{int:reply_id}", operation_id="cancel_scheduled_reply", response=schemas.ScheduledReply)
def cancel(request: MemberRequest, reply_id: PathId) -> Any:
    """Do not send an answer; its words become its writer's draft."""
    row = _reply(request, reply_id)
    return scheduled.cancel_scheduled(actor=request.auth, scheduled=row, at=now())


@of_tickets.get(
    "/{int:ticket_id}/side-conversations",
    operation_id="side_conversations",
    response=Listed[schemas.SideConversation],
)
def side_conversations(request: MemberRequest, ticket_id: PathId) -> Any:
    """The talks with outsiders about a ticket, with all their turns."""
    talked = talks.sides_of(found.the_ticket(request.auth, ticket_id))
    return all_of(schemas.SideConversation, [_talk(side) for side in talked])


@of_tickets.post(
    "/{int:ticket_id}/side-conversations",
    operation_id="start_side_conversation",
    response={201: schemas.SideConversation},
)
def start(request: MemberRequest, ticket_id: PathId, given: schemas.SideConversationIn) -> Any:
    """Write to somebody outside about a ticket."""
    who, ticket = request.auth, found.the_ticket(request.auth, ticket_id)
    side = sides.start_side(actor=who, ticket=ticket, member=who, at=now(), **given.model_dump())
    return Status(201, _talk(side))


@talking.post(
    "/{int:side_id}/messages", operation_id="reply_on_the_side", response={201: schemas.SideConversation}
)
def reply(request: MemberRequest, side_id: PathId, given: schemas.SideMessageIn) -> Any:
    """Write on in a talk with outsiders."""
    side = _side(request, side_id)
    sides.reply_side(actor=request.auth, side=side, member=request.auth, at=now(), **given.model_dump())
    return Status(201, _talk(_side(request, side_id)))


@talking.delete(
    "/{int:side_id}", operation_id="put_side_conversation_away", response=schemas.SideConversation
)
def close(request: MemberRequest, side_id: PathId) -> Any:
    """Put a talk away; an answer from outside opens it again."""
    side = _side(request, side_id)
    return _talk(sides.close_side(actor=request.auth, side=side, member=request.auth, at=now()))


@of_tickets.put("/{int:ticket_id}/language", operation_id="set_language", response={204: None})
def language(request: MemberRequest, ticket_id: PathId, given: schemas.LanguageIn) -> Any:
    """Say in which language this customer is answered."""
    ticket = found.the_ticket(request.auth, ticket_id)
    languages.set_language(actor=request.auth, ticket=ticket, language=given.language, at=now())
    return Status(204, None)


@signed.get("", operation_id="my_signatures", response=Listed[schemas.Signature])
def mine(request: MemberRequest) -> Any:
    """What stands under my answers, by language."""
    require(request.auth, "ticket.work")
    return _signatures(signing.signatures_of_member(request.auth))


@signed.put("/{language}", operation_id="set_my_signature", response=Listed[schemas.Signature])
def sign(request: MemberRequest, language: str, given: schemas.SignatureIn) -> Any:
    """Say what stands under my answers in a language."""
    require(request.auth, "ticket.work")
    who = request.auth
    signatures.set_signature(actor=who, member=who, language=language, body=given.body, at=now())
    return _signatures(signing.signatures_of_member(who))


@signed.put(
    "/teams/{int:team_id}/{language}", operation_id="set_team_signature", response=Listed[schemas.Signature]
)
def sign_team(request: MemberRequest, team_id: PathId, language: str, given: schemas.SignatureIn) -> Any:
    """Say what stands under the answers of those of a team who have no signature of their own."""
    require(request.auth, "desk.curate")
    team = found.there(people.teams().filter(pk=team_id).first())
    signatures.set_signature(actor=request.auth, team=team, language=language, body=given.body, at=now())
    return _signatures(signing.signatures_of_team(team))


def _reply(request: MemberRequest, reply_id: int) -> Any:
    require(request.auth, "ticket.read")
    return found.there(planned.scheduled(reply_id))


def _side(request: MemberRequest, side_id: int) -> Any:
    require(request.auth, "ticket.read")
    return found.there(talks.side(side_id))


def _talk(side: Any) -> schemas.SideConversation:
    turns = [schemas.SideMessage.model_validate(turn.message) for turn in talks.turns_of(side)]
    return schemas.SideConversation(
        id=side.pk,
        ticket_id=side.ticket_id,
        subject=side.subject,
        participants=side.participants,
        opened_at=side.opened_at,
        closed_at=side.closed_at,
        messages=turns,
    )


def _signatures(known: dict[str, str]) -> Any:
    found_ones = [schemas.Signature(language=language, body=body) for language, body in sorted(known.items())]
    return all_of(schemas.Signature, found_ones)
