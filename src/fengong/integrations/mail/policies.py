"""Who may set up mail, and who may write into a conversation by mail."""

from __future__ import annotations

from fengong.customers.models import Contact
from fengong.desk.models import Ticket
from fengong.integrations.mail.models import Participant
from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_postmaster(actor: Actor) -> None:
    """Raise Denied unless the actor may set up mailboxes and see what came in."""
    require(actor, "desk.configure")


def takes_part(contact: Contact | None, ticket: Ticket) -> bool:
    """Whether a ticket is the contact's own, or they were copied in."""
    if contact is None:
        return False
    return (
        contact.pk == ticket.customer_id
        or Participant.objects.filter(ticket=ticket, contact=contact).exists()
    )
