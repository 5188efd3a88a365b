"""Verbs on members and their skills."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.actions.skills import drop_skill, set_skill
from fengong.people.events import MemberJoined
from fengong.people.models import Account, Member, Position, Team
from fengong.people.policies import require


def add_member(
    *,
    actor: Actor,
    team: Team,
    position: Position,
    display_name: str,
    at: datetime,
    sort_key: str = "",
    account: Account | None = None,
) -> Member:
    """Bring a person onto a team, in a position."""
    require(actor, "people.manage")
    if not display_name.strip():
        raise Invalid(_("A member needs a name."), field="display_name")
    with transaction.atomic():
        member = Member.objects.create(
            account=account,
            team=team,
            position=position,
            display_name=display_name.strip(),
            sort_key=sort_key or display_name.casefold(),
        )
        record(MemberJoined(member=member.pk, team=team.pk, position=position.pk), actor=actor, at=at)
    return member


__all__ = ["add_member", "drop_skill", "set_skill"]
