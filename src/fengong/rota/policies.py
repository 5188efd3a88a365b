"""Who may say that somebody is here, and who plans shifts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Member, Team
from fengong.people.policies import is_self, leads, require


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


def require_planning(actor: Actor, member: Member) -> None:
    """Leads plan the shifts of their team, administrators those of all."""
    require(actor, "shift.plan")
    if not leads(actor, member):
        raise Denied(_("You may plan only for members you lead."))


def require_planning_team(actor: Actor, team: Team) -> None:
    """Leads plan for their team, administrators for all."""
    require(actor, "shift.plan")
    if not actor.may("people.manage") and actor.ref != f"member:{team.lead_id}":
        raise Denied(_("You may plan only for members you lead."))


def require_asking_for(actor: Actor, member: Member) -> None:
    """Members ask for their own leave; whoever plans for them may write it down for them."""
    if not is_self(actor, member):
        require_planning(actor, member)


def require_deciding(actor: Actor, member: Member) -> None:
    """A lead decides about leave, but nobody about their own; administrators may."""
    require_planning(actor, member)
    if is_self(actor, member) and not actor.may("people.manage"):
        raise Denied(_("Somebody else decides about your leave."))


def may_read_leave_of(actor: Actor, member: Member) -> bool:
    """Why somebody is away is for themselves, those who plan for them, and those who look after people."""
    return (
        is_self(actor, member)
        or actor.may("member.read")
        or (actor.may("shift.plan") and leads(actor, member))
    )


def require_reading_leave_of(actor: Actor, member: Member) -> None:
    """Raise Denied unless the actor may know why this member is away."""
    if not may_read_leave_of(actor, member):
        raise Denied(_("You may see only your own leave."))


def may_read_status_of(actor: Actor, member: Member) -> bool:
    """How somebody spent their shifts is for themselves, those who plan for them, and those who look after people."""
    return may_read_leave_of(actor, member)


def require_reading_status_of(actor: Actor, member: Member) -> None:
    """Raise Denied unless the actor may know how this member spent their shifts."""
    if not may_read_status_of(actor, member):
        raise Denied(_("You may see only how you spent your own shifts."))
