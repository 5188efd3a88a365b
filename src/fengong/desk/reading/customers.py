"""Named reads for customers: their own tickets, and of these only what is open to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from fengong.customers.models import Contact
from fengong.desk.models import Attachment, Message, Ticket


def tickets_of(contact: Contact) -> QuerySet[Ticket]:
    """A customer's tickets as their list shows them; what was merged is found where it went."""
    return _shown(contact).filter(merged_into__isnull=True)


def ticket_of(contact: Contact, pk: int) -> Ticket | None:
    """One of a customer's own tickets; of a merged one that in which it goes on, if that is theirs too."""
    found = _shown(contact).filter(pk=pk).select_related("merged_into").first()
    if found and found.merged_into and found.merged_into.customer_id == contact.pk:
        return found.merged_into
    return found


def _shown(contact: Contact) -> QuerySet[Ticket]:
    """Theirs, but for parts that were given to colleagues and matters in which nothing was said to them yet."""
    said = Message.objects.filter(ticket=OuterRef("pk"), kind=Message.Kind.PUBLIC)
    return Ticket.objects.filter(Exists(said), customer=contact, parent__isnull=True)


def conversation(of: Ticket) -> QuerySet[Message]:
    """What was said between the customer and the desk, oldest first: no notes, no side conversations.

    What they wrote on their other tickets that were merged into this one is read here; other customers' is not.
    """
    parts = Ticket.objects.filter(Q(pk=of.pk) | Q(merged_into=of.pk, customer=of.customer_id))
    public = Message.objects.filter(ticket__in=parts, kind=Message.Kind.PUBLIC)
    return public.select_related("member", "contact").order_by("at", "id")


def files(messages: Iterable[Message]) -> dict[int, list[Attachment]]:
    """The files that came with these messages and may be served, by message."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    clean = Attachment.objects.filter(message__in=list(messages), state=Attachment.State.CLEAN)
    for file in clean.order_by("id"):
        found[file.message_id or 0].append(file)
    return dict(found)
