"""Who may say that somebody is here, and who plans shifts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Member
from fengong.people.policies import is_self, leads


def require_presence_of(actor: Actor, member: Member) -> None:
    """Members set their own presence; their lead may set it for them."""
    own = is_self(actor, member) and actor.may("presence.own")
    if not own and not (actor.may("presence.set") and leads(actor, member)):
        raise Denied(_("You may set only your own presence, or that of members you lead."))


def may_read_shifts(actor: Actor) -> bool:
    """Those who see the board, plan shifts or look after people see everybody's shifts and presence."""
    return actor.may("board.read") or actor.may("shift.plan") or actor.may("member.read")


def require_reading_shifts_of(actor: Actor, member: Member | None) -> None:
    """Raise Denied unless the actor may see this member's shifts and presence; everybody's, where None is given."""
    own = member is not None and is_self(actor, member)
    if not own and not may_read_shifts(actor):
        raise Denied(_("You may see only your own shifts and presence."))
