"""What can be done to many tickets at once: each deed with what it touches, how it is done, how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from fengong.desk.actions.fields import set_type
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.snoozes import snooze_ticket, wake_ticket
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.actions.topics import change_topic
from fengong.desk.models import Ticket, TicketType
from fengong.desk.reading import tags as tagged
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.placing import return_ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.people.models import Member, Topic

Values = Mapping[str, Any]
State = dict[str, Any]
RESTING = ("status", "reason", "snoozed_until")


@dataclass(frozen=True, slots=True)
class Deed:
    """`reads` is what of a ticket it touches; `undo` gets that as it was, and is asked only where nothing has moved."""

    reads: tuple[str, ...]
    do: Callable[[Actor, Ticket, Values, datetime], Any]
    undo: Callable[[Actor, Ticket, State, datetime], Any]

    def look(self, ticket: Ticket) -> State:
        """The part of a ticket that the deed touches, as JSON can hold it."""
        found = {name: getattr(ticket, name) for name in self.reads if name != "tags"}
        if until := found.get("snoozed_until"):
            found["snoozed_until"] = until.isoformat()
        if "tags" in self.reads:
            found["tags"] = [tag.name for tag in tagged.of_ticket(ticket)]
        return found


def _assign(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    assign_ticket(actor=actor, ticket=ticket, member=wanted["member"], at=at)


def _give_back(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    member = Member.objects.filter(pk=before["owner_id"], active=True).first()
    if before["status"] == Ticket.Status.RESOLVED:
        raise Conflict(_("The ticket was resolved before; resolve it again."))
    if before["status"] == Ticket.Status.WAITING or member is None:
        return_ticket(actor=actor, ticket=ticket, at=at)
    else:
        assign_ticket(actor=actor, ticket=ticket, member=member, at=at)


def _prioritise(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    set_priority(actor=actor, ticket=ticket, priority=wanted["priority"], at=at)


def _name_topic(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    level = wanted.get("difficulty")
    change_topic(actor=actor, ticket=ticket, topic=wanted["topic"], difficulty=level, at=at)


def _name_old_topic(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    topic = Topic.objects.filter(pk=before["topic_id"]).first()
    if topic is None:
        raise Conflict(_("It had no topic before."))
    change_topic(actor=actor, ticket=ticket, topic=topic, difficulty=before["difficulty"], at=at)


def _tag(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    add, remove = wanted.get("add") or (), wanted.get("remove") or ()
    if not add and not remove:
        raise Invalid(_("Name at least one tag."), field="tags")
    tag_ticket(actor=actor, ticket=ticket, add=add, remove=remove, at=at)


def _tag_as_before(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    has = [tag.name for tag in tagged.of_ticket(ticket)]
    gone = [name for name in has if name not in before["tags"]]
    tag_ticket(actor=actor, ticket=ticket, add=before["tags"], remove=gone, at=at)


def _name_type(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    set_type(actor=actor, ticket=ticket, type=wanted["type"], at=at)


def _name_old_type(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    type_ = TicketType.objects.filter(pk=before["type_id"] or 0).first()
    set_type(actor=actor, ticket=ticket, type=type_, at=at)


def _snooze(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    snooze_ticket(actor=actor, ticket=ticket, until=wanted["until"], at=at)


def _rest_as_before(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    until = parse_datetime(before["snoozed_until"] or "")
    if before["status"] == Ticket.Status.OPEN or (until is not None and until <= at):
        if ticket.status == Ticket.Status.PENDING:
            wake_ticket(actor=actor, ticket=ticket, at=at)
    elif until is not None:
        snooze_ticket(actor=actor, ticket=ticket, until=until, at=at)
    elif before["status"] == Ticket.Status.PENDING:
        reason = before["reason"] or str(Ticket.Reason.CUSTOMER)
        pend_ticket(actor=actor, ticket=ticket, reason=reason, at=at)


def _resolve(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    if ticket.status == Ticket.Status.RESOLVED:
        raise Conflict(_("The ticket is resolved already."))
    reason = wanted.get("reason") or str(Ticket.Reason.SOLVED)
    resolve_ticket(actor=actor, ticket=ticket, reason=reason, at=at)


def _reopen_as_before(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    row = reopen_ticket(actor=actor, ticket=ticket, at=at)
    if row.is_owned:
        _rest_as_before(actor, row, before, at)


def _reopen(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    reopen_ticket(actor=actor, ticket=ticket, at=at)


def _resolve_as_before(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    reason = before["reason"] or str(Ticket.Reason.SOLVED)
    resolve_ticket(actor=actor, ticket=ticket, reason=reason, force=_("Taken back"), at=at)


def _merge(actor: Actor, ticket: Ticket, wanted: Values, at: datetime) -> None:
    merge_ticket(actor=actor, ticket=ticket, into=wanted["into"], at=at)


def _unmerge(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    unmerge_ticket(actor=actor, ticket=ticket, at=at)


def _prioritise_as_before(actor: Actor, ticket: Ticket, before: State, at: datetime) -> None:
    set_priority(actor=actor, ticket=ticket, priority=before["priority"], at=at)


DEEDS: dict[str, Deed] = {
    "assign": Deed(("owner_id", "status"), _assign, _give_back),
    "priority": Deed(("priority",), _prioritise, _prioritise_as_before),
    "topic": Deed(("topic_id", "difficulty"), _name_topic, _name_old_topic),
    "tags": Deed(("tags",), _tag, _tag_as_before),
    "type": Deed(("type_id",), _name_type, _name_old_type),
    "snooze": Deed(RESTING, _snooze, _rest_as_before),
    "resolve": Deed((*RESTING, "owner_id"), _resolve, _reopen_as_before),
    "reopen": Deed((*RESTING, "owner_id"), _reopen, _resolve_as_before),
    "merge": Deed(("status", "merged_into_id"), _merge, _unmerge),
}
