"""A ticket as a list reads it: plain values, for a model of each and of all beside it costs more than the row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from fengong.desk.models import Ticket
from fengong.desk.reading.drafts import drafted
from fengong.kernel.naming import chosen
from fengong.people.models import Member


class Listed(NamedTuple):
    """The fields of a ticket by their own names, and what stands beside it by the names in PATHS."""

    pk: int
    subject: str
    difficulty: int
    tier: int
    status: str
    owner_id: int | None
    snoozed_until: datetime | None
    opened_at: datetime
    waiting_since: datetime | None
    last_customer_at: datetime | None
    last_member_at: datetime | None
    first_responded_at: datetime | None
    resolved_at: datetime | None
    paused_at: datetime | None
    next_due_at: datetime | None
    first_response_due: datetime | None
    next_response_due: datetime | None
    update_due: datetime | None
    resolution_due: datetime | None
    ownership_due: datetime | None
    owner: str | None
    customer: str
    organization: str | None
    topic_zh: str | None
    topic_en: str | None
    has_draft: bool

    @property
    def topic(self) -> str:
        """The topic's name in the reader's language; nothing without a topic."""
        return chosen(self.topic_zh or "", self.topic_en or "")

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(Ticket.Status(self.status).label)


PATHS = {
    "owner": "owner__display_name",
    "customer": "customer__display_name",
    "organization": "customer__organization__name",
    "topic_zh": "topic__name_zh",
    "topic_en": "topic__name_en",
}
COLUMNS = [PATHS.get(name, name) for name in Listed._fields]


def columns(member: Member) -> QuerySet[Ticket, tuple[Any, ...]]:
    """All tickets, by what a list of this member reads of them; to be narrowed, ordered and cut."""
    return drafted(Ticket.objects.all(), member).values_list(*COLUMNS)


def named(rows: Iterable[tuple[Any, ...]]) -> list[Listed]:
    """The same with their names."""
    return [Listed(*row) for row in rows]
