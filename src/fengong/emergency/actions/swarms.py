"""Verbs that form a swarm, change who is in it, and stand it down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.priorities import set_priority
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.actions.rooms import note_down
from fengong.emergency.actions.shielding import settle_shields
from fengong.emergency.events import SwarmFormed, SwarmJoined, SwarmLeft, SwarmStoodDown
from fengong.emergency.models import Surge, Swarm, SwarmEntry, SwarmMember
from fengong.emergency.policies import require_acting, require_commanding, require_leading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Refused
from fengong.kernel.spine import record
from fengong.people.models import Member

MOST = 12
Reasons = Mapping[int, dict[str, Any]]


def form_swarm(
    *,
    actor: Actor,
    title: str,
    lead: Member,
    members: Collection[Member],
    at: datetime,
    ticket: Ticket | None = None,
    surge: Surge | None = None,
    announcement: str = "",
    reasons: Reasons | None = None,
) -> Swarm:
    """Bring people together for one matter: its ticket becomes urgent and the lead's, and all are shielded at once."""
    require_commanding(actor)
    people = {member.pk: member for member in (lead, *members)}
    _check(title, people, ticket)
    try:
        with transaction.atomic():
            swarm = Swarm.objects.create(
                title=title.strip()[:160],
                ticket=ticket,
                surge=surge,
                lead=lead,
                formed_by=actor.ref,
                formed_at=at,
                announcement=announcement.strip()[:500],
                announced_at=at if announcement.strip() else None,
            )
            _begin(swarm, people, reasons or {}, actor, at)
    except IntegrityError as clash:
        raise Conflict(_("Somebody of these, or the ticket, is in another swarm already.")) from clash
    settle_shields(actor=EMERGENCY, at=at)
    _hand_over(swarm, at)
    return swarm


def take_in(
    *, actor: Actor, swarm: Swarm, member: Member, at: datetime, reason: dict[str, Any] | None = None
) -> SwarmMember:
    """Take somebody into a swarm that goes on."""
    require_acting(actor, swarm)
    require_leading(actor, swarm)
    try:
        with transaction.atomic():
            row = _joined(swarm, member, reason or {}, actor, at)
    except IntegrityError as clash:
        raise Conflict(_("This member is in a swarm already.")) from clash
    settle_shields(actor=EMERGENCY, at=at)
    return row


def let_leave(*, actor: Actor, swarm: Swarm, member: Member, at: datetime) -> None:
    """Let somebody go back to other work; a swarm keeps its lead."""
    require_acting(actor, swarm)
    if actor.ref != member.ref:
        require_leading(actor, swarm)
    if member.pk == swarm.lead_id:
        raise Conflict(_("A swarm keeps its lead. Name another one first, or stand it down."))
    with transaction.atomic():
        gone = SwarmMember.objects.filter(swarm=swarm, member=member, left_at__isnull=True).update(left_at=at)
        if not gone:
            raise Conflict(_("This member is not in the swarm."))
        note_down(swarm=swarm, kind=SwarmEntry.Kind.LEFT, at=at, actor=actor, member=member)
        record(SwarmLeft(swarm=swarm.pk, member=member.pk), actor=actor, at=at)
    settle_shields(actor=EMERGENCY, at=at)


def name_lead(*, actor: Actor, swarm: Swarm, member: Member, at: datetime) -> Swarm:
    """Let another one of a swarm lead it; its ticket goes along."""
    require_acting(actor, swarm)
    require_leading(actor, swarm)
    with transaction.atomic():
        row = _running(swarm)
        if not row.members.filter(member=member, left_at__isnull=True).exists():
            raise Conflict(_("This member is not in the swarm."))
        row.lead = member
        row.save(update_fields=["lead"])
        note_down(
            swarm=row, kind=SwarmEntry.Kind.JOINED, at=at, actor=actor, member=member, data={"leads": True}
        )
    _hand_over(row, at)
    return row


def stand_down(*, actor: Actor, swarm: Swarm, account: str, at: datetime) -> Swarm:
    """The matter is over: what happened is written down, and everybody is what they were before."""
    require_leading(actor, swarm)
    if not account.strip():
        raise Invalid(_("Write down what happened: others learn from it."), field="account")
    with transaction.atomic():
        row = _running(swarm)
        row.ended_at, row.ended_by, row.account = at, actor.ref, account.strip()
        row.save(update_fields=["ended_at", "ended_by", "account"])
        SwarmMember.objects.filter(swarm=row, left_at__isnull=True).update(left_at=at)
        note_down(swarm=row, kind=SwarmEntry.Kind.ENDED, at=at, actor=actor)
        record(SwarmStoodDown(swarm=row.pk, ticket=row.ticket_id), actor=actor, at=at)
    settle_shields(actor=EMERGENCY, at=at)
    return row


def _check(title: str, people: Mapping[int, Member], ticket: Ticket | None) -> None:
    if not title.strip():
        raise Invalid(_("Say in a few words what it is about."), field="title")
    if len(people) > MOST:
        raise Invalid(_("At most %(count)s people in one swarm.") % {"count": MOST}, field="members")
    if not all(member.active for member in people.values()):
        raise Invalid(_("Somebody of these no longer works here."), field="members")
    if ticket is not None and ticket.status == Ticket.Status.RESOLVED:
        raise Conflict(_("The ticket is resolved; reopen it first."))


def _begin(swarm: Swarm, people: Mapping[int, Member], reasons: Reasons, actor: Actor, at: datetime) -> None:
    fact = SwarmFormed(swarm=swarm.pk, ticket=swarm.ticket_id, member=swarm.lead_id, title=swarm.title)
    record(fact, actor=actor, at=at)
    note_down(swarm=swarm, kind=SwarmEntry.Kind.FORMED, at=at, actor=actor, body=swarm.announcement)
    for member in people.values():
        _joined(swarm, member, reasons.get(member.pk, {}), actor, at)


def _joined(swarm: Swarm, member: Member, reason: dict[str, Any], actor: Actor, at: datetime) -> SwarmMember:
    row = SwarmMember.objects.create(swarm=swarm, member=member, reason=reason, joined_at=at)
    leads = member.pk == swarm.lead_id
    note_down(
        swarm=swarm, kind=SwarmEntry.Kind.JOINED, at=at, actor=actor, member=member, data={"leads": leads}
    )
    record(SwarmJoined(swarm=swarm.pk, member=member.pk), actor=actor, at=at)
    return row


def _hand_over(swarm: Swarm, at: datetime) -> None:
    """The ticket becomes urgent and the lead's. Where that cannot be, its owner keeps it and works in the swarm."""
    ticket = Ticket.objects.filter(pk=swarm.ticket_id or 0).exclude(status=Ticket.Status.RESOLVED).first()
    if ticket is None:
        return
    try:
        set_priority(actor=EMERGENCY, ticket=ticket, priority=Ticket.Priority.URGENT, at=at)
        assign_ticket(actor=EMERGENCY, ticket=ticket, member=swarm.lead, at=at)
    except Refused as refusal:
        with transaction.atomic():
            note_down(swarm=swarm, kind=SwarmEntry.Kind.SAID, at=at, actor=EMERGENCY, body=refusal.message)


def _running(swarm: Swarm) -> Swarm:
    row = Swarm.objects.select_for_update(of=("self",)).select_related("lead").get(pk=swarm.pk)
    if not row.is_running:
        raise Conflict(_("This swarm has stood down."))
    return row
