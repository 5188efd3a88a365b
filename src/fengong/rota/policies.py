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
