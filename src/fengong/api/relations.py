"""What tickets have to do with each other: links, merges, splits, children; and who follows one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import IfMatch, PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas import relations as shown
from fengong.api.schemas.tickets import Ticket
from fengong.api.states import as_it_is
from fengong.api.versions import seen
from fengong.desk.actions.children import open_child, set_parent
from fengong.desk.actions.links import link_tickets, unlink
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.splits import split_ticket
from fengong.desk.actions.watchers import unwatch_ticket, watch_ticket
from fengong.desk.reading import children, links, watchers
from fengong.kernel.clock import now

router = Router(tags=["relations"])


@router.get("/{int:ticket_id}/links", operation_id="list_links", response=Listed[shown.Link])
def list_links(request: MemberRequest, ticket_id: PathId) -> Any:
    """A ticket's links, as it sees them."""
    return all_of(shown.Link, links.links_of(found.the_ticket(request.auth, ticket_id)))


@router.post("/{int:ticket_id}/links", operation_id="link_tickets", response={201: Listed[shown.Link]})
def add_link(request: MemberRequest, ticket_id: PathId, given: shown.LinkIn) -> Any:
    """Link two tickets; answers all links of the first."""
    ticket, other = (found.the_ticket(request.auth, pk) for pk in (ticket_id, given.other_id))
    link_tickets(actor=request.auth, ticket=ticket, other=other, kind=given.kind, at=now())
    return Status(201, all_of(shown.Link, links.links_of(ticket)))


@router.delete("/{int:ticket_id}/links/{int:link_id}", operation_id="unlink_tickets", response={204: None})
def remove_link(request: MemberRequest, ticket_id: PathId, link_id: PathId) -> Any:
    """Take a link back."""
    ticket, link = found.the_ticket(request.auth, ticket_id), found.there(links.link(link_id))
    found.there(link if ticket.pk in (link.source_id, link.target_id) else None)
    unlink(actor=request.auth, link=link, at=now())
    return Status(204, None)


@router.post("/{int:ticket_id}/merge", operation_id="merge_ticket", response={201: shown.Merge})
def merge(request: MemberRequest, ticket_id: PathId, given: shown.MergeIn) -> Any:
    """Let a ticket go on in another; later messages land there."""
    ticket, into = (found.the_ticket(request.auth, pk) for pk in (ticket_id, given.into_id))
    done = merge_ticket(actor=request.auth, ticket=ticket, into=into, at=now())
    return Status(201, shown.Merge.model_validate(done))


@router.delete("/{int:ticket_id}/merge", operation_id="unmerge_ticket", response=Ticket)
def unmerge(request: MemberRequest, response: HttpResponse, ticket_id: PathId) -> Any:
    """Take the merge of a ticket back."""
    unmerge_ticket(actor=request.auth, ticket=found.the_ticket(request.auth, ticket_id), at=now())
    return as_it_is(request, response, ticket_id)


@router.post("/{int:ticket_id}/splits", operation_id="split_ticket", response={201: Ticket})
def split(request: MemberRequest, ticket_id: PathId, given: shown.SplitIn, if_match: IfMatch = None) -> Any:
    """Make a new ticket of some messages; they move there."""
    fresh = split_ticket(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        messages=given.message_ids,
        subject=given.subject,
        seen=seen(if_match),
        at=now(),
    )
    return Status(201, Ticket.model_validate(found.the_ticket(request.auth, fresh.pk)))


@router.get("/{int:ticket_id}/children", operation_id="list_children", response=Listed[shown.TicketRef])
def list_children(request: MemberRequest, ticket_id: PathId) -> Any:
    """A ticket's child tickets, oldest first."""
    return all_of(shown.TicketRef, children.children(found.the_ticket(request.auth, ticket_id)))


@router.post("/{int:ticket_id}/children", operation_id="open_child", response={201: Ticket})
def add_child(request: MemberRequest, ticket_id: PathId, given: shown.ChildIn) -> Any:
    """Give a part of the matter to somebody else, with an owner and a clock of its own."""
    child = open_child(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, ticket_id),
        member=request.auth,
        subject=given.subject,
        body=given.body,
        topic=found.the_topic(given.topic_id, field="topic_id") if given.topic_id else None,
        difficulty=given.difficulty,
        priority=given.priority,
        at=now(),
    )
    return Status(201, Ticket.model_validate(found.the_ticket(request.auth, child.pk)))


@router.put("/{int:ticket_id}/parent", operation_id="set_parent", response=Ticket)
def put_parent(
    request: MemberRequest, response: HttpResponse, ticket_id: PathId, given: shown.ParentIn
) -> Any:
    """Make a ticket the child of another, or nobody's."""
    parent = found.the_ticket(request.auth, given.parent_id) if given.parent_id else None
    ticket = found.the_ticket(request.auth, ticket_id)
    set_parent(actor=request.auth, ticket=ticket, parent=parent, at=now())
    return as_it_is(request, response, ticket_id)


@router.get("/{int:ticket_id}/watchers", operation_id="list_watchers", response=Listed[shown.Watcher])
def list_watchers(request: MemberRequest, ticket_id: PathId) -> Any:
    """Who follows a ticket."""
    return all_of(shown.Watcher, watchers.watchers(found.the_ticket(request.auth, ticket_id)))


@router.put("/{int:ticket_id}/watchers/{int:member_id}", operation_id="watch_ticket", response=shown.Watcher)
def watch(request: MemberRequest, ticket_id: PathId, member_id: PathId) -> Any:
    """Let a member follow a ticket: oneself, or as a lead anybody at the desk."""
    ticket, member = found.the_ticket(request.auth, ticket_id), found.the_member(member_id)
    watcher = watch_ticket(actor=request.auth, ticket=ticket, member=member, at=now())
    return shown.Watcher.model_validate(watcher)


@router.delete(
    "/{int:ticket_id}/watchers/{int:member_id}", operation_id="unwatch_ticket", response={204: None}
)
def unwatch(request: MemberRequest, ticket_id: PathId, member_id: PathId) -> Any:
    """Let them follow it no more."""
    ticket, member = found.the_ticket(request.auth, ticket_id), found.the_member(member_id)
    unwatch_ticket(actor=request.auth, ticket=ticket, member=member, at=now())
    return Status(204, None)
