"""Steps by which a customer's matter becomes a ticket that can be written down; verbs call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.desk.models import Ticket, TicketType
from fengong.kernel.errors import Invalid
from fengong.people.models import Topic


@dataclass(frozen=True, slots=True)
class Matter:
    """What a customer brings. `external_id` is its id elsewhere, under which it is written down only once."""

    customer: Contact
    subject: str
    body: str
    channel: str = Ticket.Channel.WEB
    language: str = ""
    topic: Topic | None = None
    difficulty: int | None = None
    priority: int = Ticket.Priority.NORMAL
    external_id: str = ""
    type: TicketType | None = None
    fields: Mapping[str, Any] | None = None


def draft(matter: Matter, *, at: datetime) -> Ticket:
    """The ticket that a matter becomes, not saved yet; Invalid where it cannot become one."""
    _check_text(matter.subject, matter.body)
    ticket = Ticket(
        subject=matter.subject.strip()[:240],
        customer=matter.customer,
        channel=matter.channel,
        language=matter.language or matter.customer.language,
        priority=checked_priority(matter.priority),
        external_id=matter.external_id,
        type=matter.type,
        opened_at=at,
        waiting_since=at,
        last_customer_at=at,
    )
    if matter.topic:
        set_grade(ticket, matter.topic, matter.difficulty or Ticket.Difficulty.COMMON)
    return ticket


def checked_priority(priority: int) -> int:
    """The priority, if there is such a one."""
    if priority not in Ticket.Priority.values:
        raise Invalid(_("Priority goes from 1 to 4."), field="priority")
    return priority


def set_grade(ticket: Ticket, topic: Topic, difficulty: int) -> None:
    """Say what a ticket is about and how hard it is; its tier and effort follow."""
    if difficulty not in Ticket.Difficulty.values:
        raise Invalid(_("Difficulty is 1, 2 or 3."), field="difficulty")
    ticket.topic, ticket.difficulty, ticket.tier = topic, difficulty, difficulty
    ticket.effort = topic.effort(difficulty)


def _check_text(subject: str, body: str) -> None:
    if not subject.strip():
        raise Invalid(_("A ticket needs a subject."), field="subject")
    if not body.strip():
        raise Invalid(_("A ticket needs a first message."), field="body")
