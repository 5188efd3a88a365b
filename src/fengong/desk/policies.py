"""Who may do what with a ticket."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.desk.models import Attachment, Merge, Message, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.people.models import Member
from fengong.people.policies import is_self


def may_read(actor: Actor, ticket: Ticket) -> bool:
    """Members at the desk read every ticket; a customer reads their own, but not the parts given to colleagues."""
    own = ticket.parent_id is None and actor.ref == f"customer:{ticket.customer_id}"
    return own or actor.may("ticket.read")


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


def may_reshape(actor: Actor, ticket: Ticket) -> bool:
    """Who may merge or split a ticket: who settles it, and any agent while nobody owns it."""
    unowned = ticket.owner_id is None and actor.may("ticket.work")
    return unowned or may_settle(actor, ticket)


def require_merging(actor: Actor, ticket: Ticket) -> None:
    """Raise Denied unless the actor may merge or split the ticket."""
    if not may_reshape(actor, ticket):
        raise Denied(_("Only its owner or a lead may do this. Take the ticket first."))


def require_unmerging(actor: Actor, merge: Merge) -> None:
    """Raise Denied unless it was the actor's own merge, or they may assign."""
    if merge.by != actor.ref and not actor.may("ticket.assign"):
        raise Denied(_("Only who merged them or a lead may take it back."))


def require_following(actor: Actor, member: Member) -> None:
    """Members follow tickets for themselves; a lead lets others follow, the product itself anybody."""
    if not is_self(actor, member) and not actor.may("ticket.assign"):
        raise Denied(_("You may let only yourself follow a ticket."))
