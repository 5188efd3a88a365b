"""Verbs on many tickets at once: each is judged by itself, and one undo restores what nobody has touched since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from fengong.desk.facts import BulkDone, BulkUndone
from fengong.desk.models import BulkChange, Ticket
from fengong.dispatch.actions.bulk_deeds import DEEDS, Deed, State
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Denied, Invalid, Missing, Refused
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require

MOST = 500
KEEP_EVERY = 50
"""So many tickets are done before what was done is written down, for an undo after a crash."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a bulk change back came to: how many tickets are as before, and which were left as they are."""

    change: BulkChange
    restored: int
    kept: list[int]


def change_many(
    *,
    actor: Actor,
    member: Member | None,
    tickets: Sequence[int],
    deed: str,
    wanted: Mapping[str, Any],
    at: datetime,
) -> BulkChange:
    """Do one thing to up to 500 tickets by id, each in a transaction of its own.

    What is refused for one does not touch the others; its refusal stands in the change's rows. `wanted` holds what
    the deed needs: member, priority, topic, add and remove, type, until, reason, into.
    """
    require(actor, "ticket.work")
    what = DEEDS.get(deed)
    if what is None:
        raise Invalid(_("There is no such thing to do with many tickets."), field="deed")
    pks = list(dict.fromkeys(tickets))
    if not 1 <= len(pks) <= MOST:
        raise Invalid(_("Choose between 1 and %(most)s tickets.") % {"most": MOST}, field="tickets")
    change = BulkChange.objects.create(member=member, by=actor.ref, deed=deed, wanted=_plain(wanted), at=at)
    for count, pk in enumerate(pks, start=1):
        change.rows.append(_do_one(actor, what, pk, wanted, at))
        if count % KEEP_EVERY == 0:
            change.save(update_fields=["rows"])
    with transaction.atomic():
        change.save(update_fields=["rows"])
        refused = len(refusals(change))
        fact = BulkDone(bulk=change.pk, deed=deed, done=len(pks) - refused, refused=refused)
        record(fact, actor=actor, at=at)
    return change


def undo_many(*, actor: Actor, change: BulkChange, at: datetime) -> Undone:
    """Restore every ticket in which what the change touched is still as the change left it; the others are kept.

    Whoever made the change may take it back, once; so may a lead.
    """
    if change.by != actor.ref and not actor.may("ticket.assign"):
        raise Denied(_("Only who did this or a lead may take it back."))
    with transaction.atomic():
        fresh = BulkChange.objects.select_for_update().get(pk=change.pk)
        if fresh.undone_at is not None:
            raise Conflict(_("This was taken back already."))
        fresh.undone_at = at
        fresh.save(update_fields=["undone_at"])
    what = DEEDS[fresh.deed]
    rows = [row for row in fresh.rows if "refusal" not in row]
    kept = [row["ticket"] for row in reversed(rows) if not _undo_one(actor, what, row, at)]
    with transaction.atomic():
        fact = BulkUndone(bulk=fresh.pk, restored=len(rows) - len(kept), kept=len(kept))
        record(fact, actor=actor, at=at)
    return Undone(fresh, len(rows) - len(kept), kept)


def refusals(change: BulkChange) -> list[State]:
    """The rows of the tickets that were left alone, each with the reason."""
    return [row for row in change.rows if "refusal" in row]


def reasons(change: BulkChange) -> list[tuple[str, int]]:
    """Why tickets were left alone and how many for each reason, the commonest first."""
    return Counter(row["refusal"] for row in refusals(change)).most_common()


def _do_one(actor: Actor, what: Deed, pk: int, wanted: Mapping[str, Any], at: datetime) -> State:
    try:
        with transaction.atomic():
            ticket = _ticket(pk)
            before = what.look(ticket)
            what.do(actor, ticket, wanted, at)
            return {"ticket": pk, "before": before, "after": what.look(_ticket(pk))}
    except Refused as refusal:
        return {"ticket": pk, "code": refusal.code, "refusal": refusal.message}


def _undo_one(actor: Actor, what: Deed, row: State, at: datetime) -> bool:
    if row["before"] == row["after"]:
        return True  # nothing was changed, so nothing has to be restored
    try:
        with transaction.atomic():
            ticket = _ticket(row["ticket"])
            if what.look(ticket) != row["after"]:
                return False  # somebody has changed it since
            what.undo(actor, ticket, row["before"], at)
            return True
    except Refused:
        return False


def _ticket(pk: int) -> Ticket:
    found = Ticket.objects.filter(pk=pk).first()
    if found is None:
        raise Missing(_("This ticket does not exist."))
    return found


def _plain(wanted: Mapping[str, Any]) -> State:
    """What was asked for, as JSON can hold it."""
    return {name: _plain_value(value) for name, value in wanted.items() if value is not None}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | list | set) else value
