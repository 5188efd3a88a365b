"""Who may give work to whom."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Member
from fengong.people.policies import is_self


def require_giving(actor: Actor, ticket: Ticket, member: Member) -> None:
    """Leads give any ticket to anyone; an owner may pass theirs on; a member may take what waits."""
    if actor.may("ticket.assign"):
        return
    owns = ticket.owner_id is not None and actor.ref == f"member:{ticket.owner_id}"
    takes = is_self(actor, member) and ticket.status == Ticket.Status.WAITING
    if not actor.may("ticket.work") or not (owns or takes):
        raise Denied(_("Only its owner or a lead may pass this ticket on; you may take a waiting one."))
