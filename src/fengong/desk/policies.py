"""Who may do what with a ticket."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.desk.models import Attachment, Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Member
from fengong.people.policies import is_self


def may_read(actor: Actor, ticket: Ticket) -> bool:
    """Members at the desk read every ticket; a customer reads their own."""
    return actor.may("ticket.read") or actor.ref == f"customer:{ticket.customer_id}"


def may_settle(actor: Actor, ticket: Ticket) -> bool:
    """Its owner, or whoever may assign, decides a ticket's state."""
    return actor.may("ticket.assign") or (
        actor.may("ticket.work") and ticket.owner_id is not None and actor.ref == f"member:{ticket.owner_id}"
    )


def require_settling(actor: Actor, ticket: Ticket) -> None:
    """Raise Denied unless the actor may decide the ticket's state."""
    if not may_settle(actor, ticket):
        raise Denied(_("Only its owner or a lead may do this. Take the ticket first."))


def require_resolving(actor: Actor, ticket: Ticket) -> None:
    """Raise Denied unless the actor may call the matter solved: who settles it, and the customer whose it is."""
    if actor.ref != f"customer:{ticket.customer_id}":
        require_settling(actor, ticket)


def require_reading(actor: Actor, ticket: Ticket) -> None:
    """Raise Denied unless the actor may read the ticket, and so write in about it."""
    if not may_read(actor, ticket):
        raise Denied(_("This ticket belongs to another customer."))


def require_author(actor: Actor, member: Member) -> None:
    """Members write under their own name; only the product itself writes for others."""
    if not is_self(actor, member) and not actor.ref.startswith("system:"):
        raise Denied(_("You may write only under your own name."))


def may_read_file(actor: Actor, file: Attachment) -> bool:
    """Who reads the ticket reads its files; a customer only those of messages that are open to them, and their own."""
    if actor.may("ticket.read"):
        return True
    shown = file.message is not None and file.message.kind == Message.Kind.PUBLIC
    return may_read(actor, file.ticket) and (shown or file.by == actor.ref)


def may_remove_file(actor: Actor, file: Attachment) -> bool:
    """Who uploaded a file that was not sent yet; whoever curates the desk removes any."""
    return (file.by == actor.ref and file.message_id is None) or actor.may("desk.curate")
