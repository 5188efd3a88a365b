"""Verbs on capacity."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.events import CapacitySet
from fengong.desk.models import Load
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require


def set_capacity(*, actor: Actor, member: Member, capacity: int, at: datetime) -> Load:
    """Say how many minutes of effort a member can hold; not less than they hold now."""
    require(actor, "people.manage")
    with transaction.atomic():
        load, _created = Load.objects.select_for_update().get_or_create(
            member=member, defaults={"capacity": capacity}
        )
        if load.effort > capacity:
            raise Conflict(
                _("%(name)s holds %(effort)s minutes now; move work to others first.")
                % {"name": member.display_name, "effort": load.effort}
            )
        load.capacity = capacity
        load.save(update_fields=["capacity"])
        record(CapacitySet(member=member.pk, capacity=capacity), actor=actor, at=at)
    return load
