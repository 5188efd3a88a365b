"""A member leaves the team for good: only with empty hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from fengong.desk import queries as desk
from fengong.desk.models import Load
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.people.actions.memberships import end_membership
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.actions.presence import set_presence


def depart(*, actor: Actor, member: Member, at: datetime) -> Member:
    """Let a member leave who holds no work; they go offline, and no room is left in which work could be put."""
    require(actor, "people.manage")
    with transaction.atomic():
        set_presence(actor=actor, member=member, status="offline", at=at)
        Load.objects.select_for_update(no_key=True).filter(member=member).first()
        held = desk.held_by([member.pk]).count()
        if held:
            sentence = ngettext(
                "%(name)s holds %(n)d ticket. Hand it over first.",
                "%(name)s holds %(n)d tickets. Hand them over first.",
                held,
            )
            raise Conflict(sentence % {"name": member.display_name, "n": held})
        Load.objects.filter(member=member).update(capacity=0)
        return end_membership(actor=actor, member=member, at=at)
