"""Verbs on shifts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.events import ShiftPlanned
from fengong.rota.models import Shift


def plan_shift(
    *, actor: Actor, member: Member, starts_at: datetime, ends_at: datetime, at: datetime
) -> Shift:
    """Put a member on shift; shifts of one member may not overlap."""
    require(actor, "shift.plan")
    if ends_at <= starts_at:
        raise Invalid(_("A shift must end after it starts."), field="ends_at")
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if Shift.objects.filter(member=member, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise Conflict(_("This member already has a shift in that time."), field="starts_at")
        shift = Shift.objects.create(member=member, starts_at=starts_at, ends_at=ends_at)
        fact = ShiftPlanned(member=member.pk, starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat())
        record(fact, actor=actor, at=at)
    return shift
