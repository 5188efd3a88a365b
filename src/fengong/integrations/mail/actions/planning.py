"""From the spine to deliveries: each public answer of a member becomes one mail, however often this runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.models import Delivery, Position
from fengong.kernel.actor import Actor
from fengong.kernel.models import Event
from fengong.kernel.tail import settled_seq
from fengong.people.policies import require

FOLLOWER = "deliveries"
REPLIED, LEFT = "ticket.replied", "widget.left"
AT_ONCE = 500


def plan_deliveries(*, actor: Actor, at: datetime) -> int:
    """Plan a mail for each answer recorded since last time; returns how many were planned.

    The position moves only past facts that can no longer be preceded by one that shows up late. What lies between is
    looked at again next time, and a message that has its delivery gets no second.
    """
    require(actor, "ticket.work")
    with transaction.atomic():
        position = Position.objects.select_for_update().filter(name=FOLLOWER).first()
        if position is None:
            return 0
        settled = settled_seq(at=at)
        heard = Event.objects.filter(seq__gt=position.seq, verb__in=(REPLIED, LEFT)).order_by("seq")
        events = list(heard[:AT_ONCE])
        planned = sum(_plan(message, at) for message in _messages(events))
        reached = events[-1].seq if len(events) == AT_ONCE else settled
        position.seq = max(position.seq, min(settled, reached))
        position.save(update_fields=["seq"])
    return planned


def _messages(events: list[Event]) -> list[Message]:
    """The answers that these facts call for, each once, oldest first; those in chats only after the visitor left."""
    replied = {event.data["message"] for event in events if event.verb == REPLIED}
    left = {message for event in events if event.verb == LEFT for message in event.data["messages"]}
    done = Delivery.objects.filter(kind=Delivery.Kind.REPLY, message__isnull=False).values("message_id")
    written = Message.objects.filter(kind=Message.Kind.PUBLIC, member__isnull=False).exclude(pk__in=done)
    called_for = Q(pk__in=left) | Q(pk__in=replied) & ~Q(ticket__channel=Ticket.Channel.CHAT)
    return list(written.filter(called_for).select_related("ticket__customer").order_by("id"))


def _plan(message: Message, at: datetime) -> int:
    ticket = message.ticket
    mailbox = queries.mailbox_for(ticket)
    if not ticket.customer.email or mailbox is None:
        return 0
    others = [row.contact.email for row in queries.participants(ticket) if row.contact.email]
    _row, planned = Delivery.objects.get_or_create(
        message=message,
        kind=Delivery.Kind.REPLY,
        defaults={
            "mailbox": mailbox,
            "ticket": ticket,
            "to": [ticket.customer.email],
            "cc": others,
            "language": ticket.language,
            "smtp_id": addresses.message_id(mailbox.host, ticket.pk, "msg", message.pk),
            "planned_at": at,
            "next_try_at": at,
        },
    )
    return int(planned)
