"""Named reads of talks with outsiders."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from fengong.desk.models import Message, SideConversation, SideMessage, Ticket


def side(pk: int) -> SideConversation | None:
    """One talk with its ticket and the ticket's customer."""
    return SideConversation.objects.select_related("ticket__customer").filter(pk=pk).first()


def side_by_token(token: str) -> SideConversation | None:
    """The talk that an address with this token belongs to."""
    return SideConversation.objects.select_related("ticket__customer").filter(token=token.lower()).first()


def side_of_message(message: Message) -> SideConversation | None:
    """The talk that a message is a turn of."""
    found = SideConversation.objects.select_related("ticket__customer")
    return found.filter(turns__message=message).first()


def sides_of(ticket: Ticket) -> QuerySet[SideConversation]:
    """The talks about a ticket with all their turns, in three statements."""
    turns = SideMessage.objects.select_related("message__member").order_by("message__at", "message_id")
    return SideConversation.objects.filter(ticket=ticket).prefetch_related(Prefetch("turns", turns))


def turns_of(side: SideConversation) -> QuerySet[SideMessage]:
    """The turns of one talk, oldest first."""
    found = SideMessage.objects.filter(conversation=side).select_related(
        "message__member", "message__contact"
    )
    return found.order_by("message__at", "message_id")
