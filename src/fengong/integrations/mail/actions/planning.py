"""From the spine to deliveries: each public answer of a member becomes one mail, however often this runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from fengong.desk.models import Message, Ticket
from fengong.desk.reading.sides import side_of_message
from fengong.integrations.mail import addresses, queries
from fengong.integrations.mail.models import Delivery, Mailbox, Position
from fengong.kernel.actor import Actor
from fengong.kernel.models import Event
from fengong.kernel.tail import settled_seq
from fengong.people.policies import require

FOLLOWER = "deliveries"
REPLIED, LEFT = "ticket.replied", "widget.left"
ASIDE = ("ticket.side_started", "ticket.side_replied")
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
        heard = Event.objects.filter(seq__gt=position.seq, verb__in=(REPLIED, LEFT, *ASIDE)).order_by("seq")
        events = list(heard[:AT_ONCE])
        planned = sum(_plan(message, at) for message in _messages(events))
        planned += sum(_plan_side(message, at) for message in _turns(events))
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


def _turns(events: list[Event]) -> list[Message]:
    """What members wrote to outsiders."""
    written = {event.data["message"] for event in events if event.verb in ASIDE}
    done = Delivery.objects.filter(kind=Delivery.Kind.SIDE, message__isnull=False).values("message_id")
    turns = Message.objects.filter(pk__in=written, member__isnull=False).exclude(pk__in=done)
    return list(turns.select_related("ticket__customer").order_by("id"))


def _plan_side(message: Message, at: datetime) -> int:
    side, mailbox = side_of_message(message), queries.mailbox_for(message.ticket)
    if side is None or mailbox is None or not side.participants:
        return 0
    return _written(message, mailbox, kind=Delivery.Kind.SIDE, to=list(side.participants), cc=[], at=at)


def _plan(message: Message, at: datetime) -> int:
    ticket = message.ticket
    mailbox = queries.mailbox_for(ticket)
    if not ticket.customer.email or mailbox is None:
        return 0
    others = [row.contact.email for row in queries.participants(ticket) if row.contact.email]
    return _written(message, mailbox, kind=Delivery.Kind.REPLY, to=[ticket.customer.email], cc=others, at=at)


def _written(
    message: Message, mailbox: Mailbox, *, kind: str, to: list[str], cc: list[str], at: datetime
) -> int:
    name = queries.SIDE_ID if kind == Delivery.Kind.SIDE else "msg"
    _row, planned = Delivery.objects.get_or_create(
        message=message,
        kind=kind,
        defaults={
            "mailbox": mailbox,
            "ticket": message.ticket,
            "to": to,
            "cc": cc,
            "language": message.ticket.language,
            "smtp_id": addresses.message_id(mailbox.host, message.ticket_id, name, message.pk),
            "planned_at": at,
            "next_try_at": at,
        },
    )
    return int(planned)
