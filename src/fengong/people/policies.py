"""Who may do what with people's records, and the one check every verb uses."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Account, Member, Position


def require(actor: Actor, permission: str) -> None:
    """Raise Denied unless the actor holds the permission."""
    if not actor.may(permission):
        raise Denied(_("Your position does not allow this."), code=f"denied.{permission}")


def is_self(actor: Actor, member: Member) -> bool:
    """Whether the actor is this very member."""
    return actor.ref == member.ref


def leads(actor: Actor, member: Member) -> bool:
    """Whether the actor leads this member's team, or administers all teams."""
    if actor.may("people.manage"):
        return True
    lead_id = member.team.lead_id
    return lead_id is not None and actor.ref == f"member:{lead_id}"


def require_token_keeper(actor: Actor, account: Account) -> None:
    """People keep the tokens of their own account; an administrator those of any."""
    owner = getattr(account, "member", None)
    if owner is None or not is_self(actor, owner):
        require(actor, "people.manage")


def may_read_members(actor: Actor) -> bool:
    """Those at the desk and HR partners see who works here and who is skilled in what."""
    return actor.may("ticket.read") or actor.may("member.read")


def require_reading_members(actor: Actor) -> None:
    """Raise Denied unless the actor may see who works here and who is skilled in what."""
    if not may_read_members(actor):
        require(actor, "member.read")


def may_describe(actor: Actor, position: Position) -> bool:
    """Whether the actor may say what a position is responsible for: administrators of any, leads of one that nobody
    outside their own teams holds, since a list binds everyone who holds the position."""
    if actor.may("people.manage"):
        return True
    if not actor.may("ticket.assign"):
        return False
    holders = Member.objects.filter(position=position, active=True).values_list("team__lead_id", flat=True)
    return {f"member:{lead}" for lead in holders} == {actor.ref}


def require_describing(actor: Actor, position: Position) -> None:
    """Raise Denied unless the actor may say what a position is responsible for."""
    if not may_describe(actor, position):
        require(actor, "people.manage")


def require_reading_kpis(actor: Actor, member: Member | None) -> None:
    """Raise Denied unless the figures are the actor's own, or those of somebody whose team they lead."""
    if member is None or not (is_self(actor, member) or leads(actor, member)):
        require(actor, "people.manage")
