"""Named reads of tickets, conversations and loads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from fengong.customers.models import Contact
from fengong.desk.language import condition
from fengong.desk.models import Load, Message, ServiceLevel, Ticket
from fengong.people.models import Member

OWNED = (Ticket.Status.OPEN, Ticket.Status.PENDING)
VIEWS = ("mine", "team", "unassigned", "all")


def tickets() -> QuerySet[Ticket]:
    """All tickets with what a list row shows."""
    return Ticket.objects.select_related("customer__organization", "topic", "owner__position", "owner__team")


def ticket(pk: int) -> Ticket | None:
    """One ticket with what its page shows."""
    return tickets().select_related("preferred").filter(pk=pk).first()


def ticket_by_external_id(external_id: str) -> Ticket | None:
    """The ticket that came in under this id elsewhere."""
    return tickets().filter(external_id=external_id).first()


def view(name: str, member: Member) -> QuerySet[Ticket]:
    """The tickets of a view tab, most pressing first; `all` has the newest first."""
    if name == "all":
        return tickets().order_by("-opened_at", "-id")
    return tickets().filter(tab_filter(name, member)).order_by(F("next_due_at").asc(nulls_last=True), "id")


def narrowed(
    *,
    member: Member,
    view: str = "all",
    status: str | None = None,
    owner: int | None = None,
    customer: int | None = None,
    topic: int | None = None,
) -> Q:
    """What holds of the tickets of a view tab that also match what is given."""
    wanted = {"status": status, "owner_id": owner, "customer_id": customer, "topic_id": topic}
    given = {name: value for name, value in wanted.items() if value is not None}
    return tab_filter(view, member) & Q(**given)


def matching(text: str, *, member: Member | None, at: datetime) -> QuerySet[Ticket]:
    """Tickets that a query in the desk's language finds, in no order yet; Invalid where it cannot be read."""
    return tickets().filter(condition(text, member=member, at=at))


def tab_filter(name: str, member: Member) -> Q:
    """What holds of the tickets of a standing tab."""
    filters = {
        "all": Q(),
        "mine": Q(owner=member, status__in=OWNED),
        "team": Q(owner__team_id=member.team_id, status__in=OWNED),
        "unassigned": Q(status=Ticket.Status.WAITING),
    }
    return filters[name]


def thread(of: Ticket) -> QuerySet[Message]:
    """A ticket's conversation, oldest first, with that of the tickets which were merged into it."""
    parts = Ticket.objects.filter(Q(pk=of.pk) | Q(merged_into=of.pk))
    found = Message.objects.filter(ticket__in=parts).select_related("member__position", "contact")
    return found.order_by("at", "id")


def message_by_external_id(external_id: str) -> Message | None:
    """The message that came in under this id elsewhere."""
    return Message.objects.filter(external_id=external_id).first()


def waiting() -> QuerySet[Ticket]:
    """The waiting queue, longest waiting first."""
    return tickets().filter(status=Ticket.Status.WAITING).order_by("waiting_since", "id")


class Unread(NamedTuple):
    """A waiting ticket that nobody has graded, and what its customer wrote."""

    pk: int
    version: int
    priority: int
    subject: str
    body: str


def ungraded(limit: int, *, ticket: int | None = None) -> list[Unread]:
    """Waiting tickets that nobody has graded yet, longest waiting first; with `ticket` at most that one."""
    found = Ticket.objects.filter(status=Ticket.Status.WAITING, topic__isnull=True)
    if ticket is not None:
        found = found.filter(pk=ticket)
    rows = found.order_by("waiting_since", "id").values_list("pk", "version", "priority", "subject", _FIRST)
    return [Unread(*row) for row in rows[:limit]]


def graded_examples(limit: int) -> list[tuple[str, str, int, int]]:
    """Subject, first message, topic and difficulty of the newest resolved tickets; grading is learned from them."""
    found = Ticket.objects.filter(status=Ticket.Status.RESOLVED, topic__isnull=False).order_by("-opened_at")
    return list(found.values_list("subject", _FIRST, "topic_id", "difficulty")[:limit])


_FIRST = Coalesce(
    Subquery(Message.objects.filter(ticket=OuterRef("pk")).order_by("pk").values("body")[:1]),
    Value("", output_field=TextField()),
)
"""What a ticket begins with."""


def held_by(members: Iterable[int] | None = None) -> QuerySet[Ticket]:
    """Tickets that hold somebody's capacity, by owner."""
    found = tickets().filter(status__in=OWNED)
    if members is not None:
        found = found.filter(owner_id__in=members)
    return found.order_by("owner_id", F("next_due_at").asc(nulls_last=True), "id")


def of_customer(customer: Contact, limit: int = 20) -> QuerySet[Ticket]:
    """A customer's tickets, newest first."""
    return tickets().filter(customer=customer).order_by("-opened_at")[:limit]


def loads() -> QuerySet[Load]:
    """The load row of every active member."""
    return Load.objects.filter(member__active=True)


def load_of(member: Member) -> Load | None:
    """A member's load, None where no capacity was ever set."""
    return Load.objects.filter(member=member).first()


def due_before(at: datetime, *, owner: Member | None = None) -> QuerySet[Ticket]:
    """Tickets with a promise that ends before then."""
    found = tickets().filter(next_due_at__lt=at)
    return (found.filter(owner=owner) if owner else found).order_by("next_due_at")


def pressing(member: Member) -> QuerySet[Ticket]:
    """What a member should do next: open tickets, broken promises first, then the nearest one."""
    mine = tickets().filter(owner=member, status=Ticket.Status.OPEN)
    return mine.order_by("-first_response_broken", F("next_due_at").asc(nulls_last=True), "opened_at")


def first_response_seconds(since: datetime) -> list[float]:
    """Seconds to the first response of tickets first answered since then."""
    pairs = Ticket.objects.filter(first_responded_at__gte=since).values_list(
        "opened_at", "first_responded_at"
    )
    return [(answered - opened).total_seconds() for opened, answered in pairs if answered]


def service_levels() -> QuerySet[ServiceLevel]:
    """Promised times by priority."""
    return ServiceLevel.objects.filter(policy__is_default=True).order_by("priority")


def oldest_waiting_seconds(at: datetime) -> float:
    """How long the longest waiting ticket has waited; 0 with an empty queue."""
    since = Ticket.objects.filter(status=Ticket.Status.WAITING).order_by("waiting_since")
    first = since.values_list("waiting_since", flat=True).first()
    return max((at - first) / timedelta(seconds=1), 0.0) if first else 0.0


class Queued(NamedTuple):
    """A graded waiting ticket as the matcher sees it."""

    pk: int
    version: int
    topic_id: int
    difficulty: int
    priority: int
    tier: int
    effort: int
    waiting_since: datetime
    next_due_at: datetime | None
    resolution_due: datetime | None
    preferred_id: int | None
    channel: str = Ticket.Channel.WEB

    @classmethod
    def of(cls, ticket: Ticket) -> Queued:
        """A ticket that was read whole."""
        return cls(*(getattr(ticket, name) for name in cls._fields))


def queue(limit: int, each: int) -> list[Queued]:
    """Graded waiting tickets as the matcher takes them: broken promises first, then the nearest, the longest wait.
    Deferred ones are left out until their time has come.

    Of a queue longer than `limit`, the `each` most pressing of every class (topic, difficulty, tier), so that a class
    that nobody can take does not stand in the way of the others.
    """
    pressing = (Coalesce("next_due_at", "resolution_due", "waiting_since"), "waiting_since", "id")
    given = Ticket.objects.filter(status=Ticket.Status.WAITING, topic__isnull=False, snoozed_until=None)
    graded = given.order_by(*pressing)
    found = list(graded.values_list(*Queued._fields)[: limit + 1])
    if len(found) > limit:
        place = Window(RowNumber(), partition_by=["topic", "difficulty", "tier"], order_by=pressing)
        first = graded.annotate(place=place).filter(place__lte=each)
        found = list(first.values_list(*Queued._fields))
    return [Queued(*row) for row in found]
