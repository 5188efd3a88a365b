"""Tags, and which a ticket has."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IfMatch, PathId
from fengong.api.lists import BY_ID, Listed, Turn, all_of
from fengong.api.schemas.filing import Tag, TagIn, TagMergeIn, TagName, TagsIn, TagUsed
from fengong.api.versions import seen, tag
from fengong.desk.actions import tags
from fengong.desk.reading import tags as reading
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["tags"])
of_tickets = Router(tags=["tags"])


@router.get("", operation_id="list_tags", response=Listed[TagUsed])
def list_tags(request: MemberRequest, turn: Query[Turn]) -> Any:
    """All tags, each with how many tickets have it."""
    require(request.auth, "ticket.read")
    return BY_ID.shown(TagUsed, reading.counted(), turn)


@router.put("/{int:tag_id}", operation_id="rename_tag", response=Tag)
def rename(request: MemberRequest, tag_id: PathId, given: TagIn) -> Any:
    """Write a tag differently."""
    known = found.there(reading.tag(tag_id))
    return Tag.model_validate(tags.rename_tag(actor=request.auth, tag=known, name=given.name, at=now()))


@router.put("/{int:tag_id}/merge", operation_id="merge_tags", response=Tag)
def merge(request: MemberRequest, tag_id: PathId, given: TagMergeIn) -> Any:
    """Make this tag and another one; the other stays."""
    known, into = found.there(reading.tag(tag_id)), found.there(reading.tag(given.into_id), "into_id")
    return Tag.model_validate(tags.merge_tags(actor=request.auth, tag=known, into=into, at=now()))


@router.delete("/{int:tag_id}", operation_id="drop_tag", response={204: None})
def drop(request: MemberRequest, tag_id: PathId) -> Any:
    """Take a tag off all tickets and forget it."""
    tags.drop_tag(actor=request.auth, tag=found.there(reading.tag(tag_id)), at=now())
    return Status(204, None)


@of_tickets.get("/{int:ticket_id}/tags", operation_id="list_ticket_tags", response=Listed[Tag])
def list_ticket_tags(request: MemberRequest, ticket_id: PathId) -> Any:
    """A ticket's tags."""
    return all_of(Tag, reading.of_ticket(found.the_ticket(request.auth, ticket_id)))


@of_tickets.put("/{int:ticket_id}/tags", operation_id="set_ticket_tags", response=Listed[Tag])
def set_ticket_tags(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    given: TagsIn,
    if_match: IfMatch = None,
) -> Any:
    """Give a ticket just these tags."""
    ticket = found.the_ticket(request.auth, ticket_id)
    row = tags.set_tags(actor=request.auth, ticket=ticket, names=given.names, seen=seen(if_match), at=now())
    tag(response, row)
    return all_of(Tag, reading.of_ticket(row))


@of_tickets.post("/{int:ticket_id}/tags", operation_id="add_ticket_tags", response=Listed[Tag])
def add_ticket_tags(request: MemberRequest, response: HttpResponse, ticket_id: PathId, given: TagsIn) -> Any:
    """Put tags on a ticket; those it has already stay."""
    ticket = found.the_ticket(request.auth, ticket_id)
    row = tags.tag_ticket(actor=request.auth, ticket=ticket, add=given.names, at=now())
    tag(response, row)
    return all_of(Tag, reading.of_ticket(row))


@of_tickets.delete("/{int:ticket_id}/tags", operation_id="remove_ticket_tag", response=Listed[Tag])
def remove_ticket_tag(
    request: MemberRequest,
    response: HttpResponse,
    ticket_id: PathId,
    name: Annotated[TagName, Query(description="The tag to take off.")],
) -> Any:
    """Take a tag off a ticket."""
    ticket = found.the_ticket(request.auth, ticket_id)
    row = tags.tag_ticket(actor=request.auth, ticket=ticket, remove=[name], at=now())
    tag(response, row)
    return all_of(Tag, reading.of_ticket(row))
