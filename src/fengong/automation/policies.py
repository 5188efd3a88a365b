"""Who may keep macros and rules."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.automation.models import Macro
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Missing
from fengong.people.models import Member
from fengong.people.policies import is_self, require


def require_keeping(actor: Actor, owner: Member | None) -> None:
    """Everybody at the desk keeps macros of their own; those of a team or of all are curated."""
    require(actor, "ticket.work")
    if owner is None or not is_self(actor, owner):
        require(actor, "desk.curate")


def require_seeing(macro: Macro, member: Member) -> None:
    """Raise Missing when the macro is another team's or another member's."""
    seen = macro.member_id in (None, member.pk) and macro.team_id in (None, member.team_id)
    if not seen and not member.may("desk.curate"):
        raise Missing(_("This macro does not exist."))
