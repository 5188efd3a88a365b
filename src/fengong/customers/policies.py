"""Who may keep customers' records: whoever may open tickets. And who may hand out links to sign in with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.policies import require

SESSION_KEY = "customer_id"
"""Where a browser's session keeps which customer is signed in; a member in the same browser is kept elsewhere."""


def require_contact_keeper(actor: Actor) -> None:
    """Raise Denied unless the actor may write down a customer."""
    require(actor, "ticket.open")


def require_self(actor: Actor, contact: Contact) -> None:
    """Raise Denied unless the actor is this contact, or the product itself."""
    if actor.ref != contact.ref and not actor.ref.startswith("system:"):
        raise Denied(_("You may do this only for yourself."))


def require_link_giver(actor: Actor) -> None:
    """Raise Denied unless the actor may make a link with which a customer signs in: the product, or an agent."""
    require(actor, "ticket.work")
