"""Verbs on standby."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.rota.actions.settling import lock
from fengong.rota.events import StandbyCancelled, StandbyPlanned
from fengong.rota.models import Standby
from fengong.rota.policies import require_planning

A_DAY = 1440


def plan_standby(
    *,
    actor: Actor,
    member: Member,
    starts_at: datetime,
    ends_at: datetime,
    answers_within: int,
    at: datetime,
) -> Standby:
    """Say that a member can be called in a time, and within how many minutes they are there."""
    require_planning(actor, member)
    standby = Standby(member=member, starts_at=starts_at, ends_at=ends_at, answers_within=answers_within)
    check_standby(standby)
    with transaction.atomic():
        lock([member.pk])
        put_standby(standby)
        fact = StandbyPlanned(
            member=member.pk,
            starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(),
            answers_within=answers_within,
        )
        record(fact, actor=actor, at=at)
    return standby


def cancel_standby(*, actor: Actor, standby: Standby, at: datetime) -> None:
    """The member need not be ready to be called."""
    require_planning(actor, standby.member)
    with transaction.atomic():
        lock([standby.member_id])
        gone, _by_table = Standby.objects.filter(pk=standby.pk).delete()
        if not gone:
            raise Missing(_("This standby does not exist any more."))
        fact = StandbyCancelled(
            member=standby.member_id,
            starts_at=standby.starts_at.isoformat(),
            ends_at=standby.ends_at.isoformat(),
        )
        record(fact, actor=actor, at=at)


def check_standby(standby: Standby) -> None:
    """Raise Invalid unless this can be planned."""
    if standby.ends_at <= standby.starts_at:
        raise Invalid(_("Standby must end after it starts."), field="ends_at")
    if not 0 <= standby.answers_within <= A_DAY:
        raise Invalid(_("Whoever is on standby answers within a day."), field="answers_within")


def put_standby(standby: Standby) -> None:
    """Write standby of a member whose roster is held."""
    others = Standby.objects.filter(
        member=standby.member_id, starts_at__lt=standby.ends_at, ends_at__gt=standby.starts_at
    )
    if others.exclude(pk=standby.pk).exists():
        raise Conflict(_("This member already is on standby in that time."), field="starts_at")
    standby.save()
