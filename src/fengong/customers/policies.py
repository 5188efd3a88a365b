"""Who may keep customers' records: whoever may open tickets."""

from __future__ import annotations

from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_contact_keeper(actor: Actor) -> None:
    """Raise Denied unless the actor may write down a customer."""
    require(actor, "ticket.open")
