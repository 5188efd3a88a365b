"""Shielding: whoever is in a swarm gets no other work, and what they had in hand goes to others who can do it.

It is done member by member, each in steps that may be repeated: a worker killed half-way is followed by one that goes
on. Work that nobody else here knows stays where it is, as does what waits for its customer.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.desk.models import Ticket
from fengong.dispatch.actions.placing import return_ticket
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.actions.rooms import note_down
from fengong.emergency.events import MemberShielded
from fengong.emergency.models import ShieldedTicket, SwarmEntry, SwarmMember
from fengong.emergency.policies import require_commanding
from fengong.emergency.reading.calling import others_can
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Refused
from fengong.kernel.spine import record
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.models import Presence

ENGAGED, ONLINE = Presence.Status.ENGAGED, Presence.Status.ONLINE


def settle_shields(*, actor: Actor, at: datetime) -> int:
    """Shield and release whoever still waits for it; returns how many that were."""
    require_commanding(actor)
    rows = SwarmMember.objects.filter(released_at__isnull=True).select_related("swarm", "member")
    done = 0
    for row in rows.order_by("member_id"):
        if row.left_at is not None or row.swarm.ended_at is not None:
            _release(row, at)
        elif row.shielded_at is None:
            _shield(row, at)
        else:
            _relieve(row, row.shielded_at, at)
            continue
        done += 1
    return done


def _shield(row: SwarmMember, at: datetime) -> None:
    if not row.status:
        row.status = rota.presence_of(row.member)
        row.save(update_fields=["status"])
    set_presence(actor=EMERGENCY, member=row.member, status=ENGAGED, at=at)
    relieved = _relieve(row, at, at)
    with transaction.atomic():
        row.shielded_at = at
        row.save(update_fields=["shielded_at"])
        fact = MemberShielded(swarm=row.swarm_id, member=row.member_id, tickets=relieved)
        record(fact, actor=EMERGENCY, at=at)
        note_down(
            swarm=row.swarm,
            kind=SwarmEntry.Kind.SHIELDED,
            at=at,
            actor=EMERGENCY,
            member=row.member,
            data={"tickets": relieved},
        )


def _relieve(row: SwarmMember, since: datetime, at: datetime) -> int:
    """Give back what they had before they were shielded; what they took since is their own choice."""
    held = Ticket.objects.filter(owner=row.member_id, status=Ticket.Status.OPEN, assigned_at__lte=since)
    done = 0
    for ticket in held.exclude(pk=row.swarm.ticket_id or 0).order_by("pk"):
        if not others_can(ticket):
            continue
        try:
            return_ticket(actor=EMERGENCY, ticket=ticket, at=at, seen=ticket.version)
        except Refused:
            continue
        ShieldedTicket.objects.get_or_create(shielded=row, ticket=ticket, defaults={"at": at})
        done += 1
    return done


def _release(row: SwarmMember, at: datetime) -> None:
    """Back to what they were, unless they have said something else meanwhile."""
    if row.status and rota.presence_of(row.member) == ENGAGED:
        before = row.status if row.status != ENGAGED else ONLINE
        set_presence(actor=EMERGENCY, member=row.member, status=before, at=at)
    row.released_at = at
    row.save(update_fields=["released_at"])
