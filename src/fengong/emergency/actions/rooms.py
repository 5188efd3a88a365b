"""Verbs in a swarm's room: what is said and announced, and what has to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.emergency.events import SwarmSaid
from fengong.emergency.models import Swarm, SwarmEntry, SwarmTask
from fengong.emergency.policies import require_acting, require_leading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member

LONGEST_SAID, LONGEST_LINE = 8_000, 500
MOST_TASKS = 100


def say(*, actor: Actor, swarm: Swarm, body: str, at: datetime) -> SwarmEntry:
    """Write something on the time line."""
    require_acting(actor, swarm)
    with transaction.atomic():
        return note_down(
            swarm=swarm, kind=SwarmEntry.Kind.SAID, at=at, actor=actor, body=_text(body, LONGEST_SAID)
        )


def announce(*, actor: Actor, swarm: Swarm, body: str, at: datetime) -> Swarm:
    """Tell everybody at the desk how it stands; it shows in the bar on every page."""
    require_acting(actor, swarm)
    require_leading(actor, swarm)
    with transaction.atomic():
        row = Swarm.objects.select_for_update().get(pk=swarm.pk)
        row.announcement, row.announced_at = _text(body, LONGEST_LINE), at
        row.save(update_fields=["announcement", "announced_at"])
        note_down(swarm=row, kind=SwarmEntry.Kind.ANNOUNCED, at=at, actor=actor, body=row.announcement)
    return row


def add_task(*, actor: Actor, swarm: Swarm, text: str, at: datetime) -> SwarmTask:
    """Write down something that has to be done."""
    require_acting(actor, swarm)
    if SwarmTask.objects.filter(swarm=swarm).count() >= MOST_TASKS:
        raise Conflict(_("A swarm has a hundred tasks at most."))
    with transaction.atomic():
        task = SwarmTask.objects.create(swarm=swarm, text=_text(text, 300), added_at=at)
        note_down(swarm=swarm, kind=SwarmEntry.Kind.TASK_ADDED, at=at, actor=actor, body=task.text)
    return task


def take_task(*, actor: Actor, task: SwarmTask, member: Member, at: datetime) -> SwarmTask:
    """Say who does it; Conflict when somebody else was faster."""
    require_acting(actor, task.swarm)
    with transaction.atomic():
        row = _open(task)
        if row.owner_id not in (None, member.pk):
            raise Conflict(_("Somebody else has taken this task."))
        if row.owner_id is None:
            row.owner, row.taken_at = member, at
            row.save(update_fields=["owner", "taken_at"])
            note_down(
                swarm=row.swarm,
                kind=SwarmEntry.Kind.TASK_TAKEN,
                at=at,
                actor=actor,
                member=member,
                body=row.text,
            )
    return row


def finish_task(*, actor: Actor, task: SwarmTask, at: datetime) -> SwarmTask:
    """It is done; whoever says so has done it, where nobody had taken it."""
    require_acting(actor, task.swarm)
    with transaction.atomic():
        row = _open(task)
        if row.owner_id is None and isinstance(actor, Member):
            row.owner, row.taken_at = actor, at
        row.done_at = at
        row.save(update_fields=["owner", "taken_at", "done_at"])
        note_down(swarm=row.swarm, kind=SwarmEntry.Kind.TASK_DONE, at=at, actor=actor, body=row.text)
    return row


def note_down(
    *,
    swarm: Swarm,
    kind: str,
    at: datetime,
    actor: Actor,
    member: Member | None = None,
    body: str = "",
    data: dict[str, Any] | None = None,
) -> SwarmEntry:
    """A line on the time line and its fact, inside the caller's transaction."""
    who = member or (actor if isinstance(actor, Member) else None)
    entry = SwarmEntry.objects.create(swarm=swarm, kind=kind, member=who, body=body, data=data or {}, at=at)
    record(SwarmSaid(swarm=swarm.pk, entry=entry.pk, kind=kind), actor=actor, at=at)
    return entry


def _open(task: SwarmTask) -> SwarmTask:
    row = SwarmTask.objects.select_for_update(of=("self",)).select_related("swarm").filter(pk=task.pk).first()
    if row is None:
        raise Missing(_("This task does not exist."))
    if row.done_at is not None:
        raise Conflict(_("This task is done already."))
    return row


def _text(body: str, longest: int) -> str:
    if not body.strip():
        raise Invalid(_("Write something first."), field="body")
    return body.strip()[:longest]
