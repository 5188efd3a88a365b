"""Who may call a surge, take measures, and who acts in a swarm."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.emergency.models import StandbyCall, Swarm, SwarmMember
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Denied
from fengong.people.policies import is_self, require

EMERGENCY = "ticket.assign"
"""Whoever may give work to others may also say that an emergency is on."""


def require_commanding(actor: Actor) -> None:
    """Leads and administrators decide about surges and swarms."""
    require(actor, EMERGENCY)


def belongs(actor: Actor, swarm: Swarm) -> bool:
    """Whether the actor is in the swarm now."""
    kind, _sep, ref = actor.ref.partition(":")
    if kind != "member":
        return False
    return SwarmMember.objects.filter(swarm=swarm, member_id=int(ref), left_at__isnull=True).exists()


def may_command(actor: Actor, swarm: Swarm) -> bool:
    """Whoever may call emergencies, and the one who leads this swarm."""
    return actor.may(EMERGENCY) or actor.ref == f"member:{swarm.lead_id}"


def require_leading(actor: Actor, swarm: Swarm) -> None:
    """Raise Denied unless the actor may change who is in the swarm, announce, and stand it down."""
    if not may_command(actor, swarm):
        raise Denied(_("The lead of this swarm decides that."))


def require_acting(actor: Actor, swarm: Swarm) -> None:
    """Raise Denied unless the actor may write in the swarm's room, Conflict when it is over."""
    require(actor, "ticket.work")
    if not may_command(actor, swarm) and not belongs(actor, swarm):
        raise Denied(_("Only those in this swarm write here. Ask its lead to take you in."))
    if not swarm.is_running:
        raise Conflict(_("This swarm has stood down."))


def require_answering(actor: Actor, call: StandbyCall) -> None:
    """Who is called answers for themselves; a lead may write down what they said on the phone."""
    if not is_self(actor, call.member):
        require_commanding(actor)
