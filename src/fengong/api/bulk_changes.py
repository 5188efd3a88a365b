"""One thing done to many tickets; each is judged by itself, and DELETE takes back what nobody changed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.schemas.people import MemberRef
from fengong.api.schemas.relations import Bulk, BulkIn, BulkUndone, bulk_rows
from fengong.desk.reading import bulk as reading
from fengong.desk.reading import fields
from fengong.dispatch.actions.bulk import change_many, undo_many
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require

router = Router(tags=["bulk"])
Reader = Callable[[MemberRequest, BulkIn], dict[str, Any]]


@router.post("", operation_id="change_many", response={201: Bulk})
def add_bulk_change(request: MemberRequest, given: BulkIn) -> Any:
    """Do it; `rows` say what became of each ticket."""
    require(request.auth, "ticket.work")
    wanted = WANTED[given.deed](request, given) if given.deed in WANTED else {}
    change = change_many(
        actor=request.auth,
        member=request.auth,
        tickets=given.ticket_ids,
        deed=given.deed,
        wanted=wanted,
        at=now(),
    )
    return Status(201, _shown(change))


@router.get("/{int:bulk_id}", operation_id="get_bulk_change", response=Bulk)
def get_bulk_change(request: MemberRequest, bulk_id: PathId) -> Any:
    """What was done to many tickets."""
    require(request.auth, "ticket.read")
    return _shown(found.there(reading.bulk_change(bulk_id)))


@router.delete("/{int:bulk_id}", operation_id="undo_many", response=BulkUndone)
def remove_bulk_change(request: MemberRequest, bulk_id: PathId) -> Any:
    """Take it back where nobody has changed since what it touched."""
    require(request.auth, "ticket.work")
    undone = undo_many(actor=request.auth, change=found.there(reading.bulk_change(bulk_id)), at=now())
    return BulkUndone(restored=undone.restored, kept_ticket_ids=undone.kept)


def _shown(change: Any) -> Bulk:
    return Bulk(
        id=change.pk,
        deed=change.deed,
        member=MemberRef.model_validate(change.member) if change.member else None,
        at=change.at,
        undone_at=change.undone_at,
        rows=bulk_rows(change.rows),
    )


def _member(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"member": found.the_member(_needed(given, "member_id"), field="member_id")}


def _priority(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"priority": _needed(given, "priority")}


def _topic(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    topic = found.the_topic(_needed(given, "topic_id"), field="topic_id")
    return {"topic": topic, "difficulty": given.difficulty}


def _tags(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"add": given.add, "remove": given.remove}


def _type(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    known = fields.ticket_type(given.type_id) if given.type_id else None
    return {"type": found.there(known, "type_id") if given.type_id else None}


def _until(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"until": _needed(given, "until")}


def _reason(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"reason": given.reason}


def _into(request: MemberRequest, given: BulkIn) -> dict[str, Any]:
    return {"into": found.the_ticket(request.auth, _needed(given, "into_id"))}


def _needed(given: BulkIn, name: str) -> Any:
    value = getattr(given, name)
    if value is None:
        raise Invalid(_("This needs “%(name)s”.") % {"name": name}, field=name)
    return value


WANTED: dict[str, Reader] = {
    "assign": _member,
    "priority": _priority,
    "topic": _topic,
    "tags": _tags,
    "type": _type,
    "snooze": _until,
    "resolve": _reason,
    "merge": _into,
}
