"""The verb on what a ticket is about, whatever state it is in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.drafting import set_grade
from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.tickets import grade_ticket
from fengong.desk.facts import TopicChanged
from fengong.desk.models import Ticket
from fengong.desk.policies import require_settling
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people.models import Topic


def change_topic(
    *,
    actor: Actor,
    ticket: Ticket,
    topic: Topic,
    at: datetime,
    difficulty: int | None = None,
    seen: int | None = None,
) -> Ticket:
    """Say that a ticket is about something else. Whoever holds it keeps it where the new effort fits.

    One that waits is graded anew; one that is owned keeps its tier, for its owner is at work on it.
    """
    if ticket.status == Ticket.Status.WAITING:
        return grade_ticket(
            actor=actor,
            ticket=ticket,
            topic=topic,
            difficulty=difficulty or ticket.difficulty,
            at=at,
            seen=seen,
        )
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if not row.is_owned:
            raise Conflict(_("The ticket is resolved; reopen it first."))
        previous, tier = row.topic_id, row.tier
        set_grade(row, topic, difficulty or row.difficulty)
        row.tier = tier
        _hold_anew(row)
        changed(row, "topic", "difficulty", "effort", "tier", "held", at=at)
        fact = TopicChanged(ticket=row.pk, topic=topic.pk, previous=previous, effort=row.effort)
        record(fact, actor=actor, at=at)
    return row


def _hold_anew(row: Ticket) -> None:
    """Hold the new effort instead of the old; Conflict where it does not fit the owner's capacity."""
    whole = row.status == Ticket.Status.OPEN
    wanted = row.effort if whole else -(-row.effort // ownership.PENDING_SHARE)
    if row.owner_id is None or wanted == row.held:
        return
    if not ownership.grow_room(member_id=row.owner_id, effort=wanted - row.held):
        raise Conflict(_("Its owner has no capacity left for that much work."), code="capacity")
    row.held = wanted
