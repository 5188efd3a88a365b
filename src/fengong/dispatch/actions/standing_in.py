"""Verbs that say who stands in for a member who is away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.dispatch.events import StandInNamed, StandInRemoved
from fengong.dispatch.models import StandIn
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import is_self


def name_stand_in(
    *,
    actor: Actor,
    member: Member,
    by_member: Member,
    at: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> StandIn:
    """Say who takes over what cannot wait while a member is away: in a span, or whenever they are.

    Members say it for themselves, leads for anybody. Naming another for the same time replaces the one before.
    """
    _require(actor, member)
    if by_member.pk == member.pk or not by_member.active or by_member.position.tier is None:
        raise Invalid(_("Choose a colleague who takes tickets."), field="by_member")
    if (starts_at is None) != (ends_at is None) or (starts_at and ends_at and starts_at >= ends_at):
        raise Invalid(_("Give a time from when until when, or none at all."), field="ends_at")
    with transaction.atomic():
        StandIn.objects.filter(member=member, starts_at=starts_at, ends_at=ends_at).delete()
        named = StandIn.objects.create(
            member=member, by_member=by_member, starts_at=starts_at, ends_at=ends_at
        )
        fact = StandInNamed(
            member=member.pk, by_member=by_member.pk, starts_at=_told(starts_at), ends_at=_told(ends_at)
        )
        record(fact, actor=actor, at=at)
    return named


def remove_stand_in(*, actor: Actor, stand_in: StandIn, at: datetime) -> None:
    """Take it back."""
    _require(actor, stand_in.member)
    with transaction.atomic():
        gone, _counts = StandIn.objects.filter(pk=stand_in.pk).delete()
        if gone:
            fact = StandInRemoved(member=stand_in.member_id, by_member=stand_in.by_member_id)
            record(fact, actor=actor, at=at)


def _require(actor: Actor, member: Member) -> None:
    if not is_self(actor, member) and not actor.may("ticket.assign"):
        raise Denied(_("You may say only for yourself who stands in."))


def _told(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
