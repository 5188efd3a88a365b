"""What each word of the language means for tickets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fengong.desk.language import choices, labels, people
from fengong.desk.language.choices import Choices, chosen
from fengong.desk.language.compare import age, ahead, any_of, equal_only, numbers
from fengong.desk.language.errors import wrong
from fengong.desk.language.fields import field
from fengong.desk.language.tree import Term, Value
from fengong.desk.models import Attachment, Link, Message, Tagging, Ticket, Watcher
from fengong.people.models import Member

LARGEST = 2**63 - 1
PRIORITIES = {name: rank for rank, name in enumerate(choices.PRIORITY, 1)}
DIFFICULTIES = {name: rank for rank, name in enumerate(choices.DIFFICULTY, 1)}
PROMISES = ("first_response", "next_response", "update", "resolution", "ownership")
BREACHED = any_of([Q(**{f"{promise}_broken": True}) for promise in PROMISES])
LIVE = (Ticket.Status.WAITING, Ticket.Status.OPEN, Ticket.Status.PENDING)
SNOOZED = Q(snoozed_until__isnull=False)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, and when."""

    member: Member | None
    at: datetime


Meaning = Callable[[Term, Reader], Q]


def meaning(term: Term, reader: Reader) -> Q:
    """The condition that a term states."""
    if term.word.startswith("field."):
        return field(term)
    return MEANINGS[term.word](term, reader)


def _choice(known: Choices, column: str) -> Meaning:
    def build(term: Term, reader: Reader) -> Q:
        equal_only(term)
        return Q(**{f"{column}__in": [chosen(value, known) for value in term.values]})

    return build


def _cases(known: Choices, cases: Callable[[str, Reader], Q]) -> Meaning:
    def build(term: Term, reader: Reader) -> Q:
        equal_only(term)
        return any_of([cases(chosen(value, known), reader) for value in term.values])

    return build


def _status(name: str, reader: Reader) -> Q:
    return Q(status__in=LIVE) if name == "live" else Q(status=name)


def _is(name: str, reader: Reader) -> Q:
    if name == "mine":
        return people.owned_by_reader(reader.member)
    cases = {
        "unassigned": Q(owner__isnull=True),
        "breached": BREACHED,
        "snoozed": SNOOZED,
        "answered": Q(first_responded_at__isnull=False),
        "unanswered": Q(first_responded_at__isnull=True),
        "merged": Q(merged_into__isnull=False),
        "child": Q(parent__isnull=False),
    }
    return cases[name] if name in cases else _status(name, reader)


def _has(name: str, reader: Reader) -> Q:
    of_it = {"ticket": OuterRef("pk")}
    cases: dict[str, Callable[[], Q]] = {
        "owner": lambda: Q(owner__isnull=False),
        "topic": lambda: Q(topic__isnull=False),
        "org": lambda: Q(customer__organization__isnull=False),
        "reply": lambda: Q(first_responded_at__isnull=False),
        "note": lambda: Q(Exists(Message.objects.filter(**of_it, kind=Message.Kind.NOTE))),
        "due": lambda: Q(next_due_at__isnull=False),
        "tag": lambda: Q(Exists(Tagging.objects.filter(**of_it))),
        "type": lambda: Q(type__isnull=False),
        "attachment": lambda: Q(Exists(Attachment.objects.filter(**of_it))),
        "link": lambda: Q(Exists(Link.objects.filter(Q(source=OuterRef("pk")) | Q(target=OuterRef("pk"))))),
        "watcher": lambda: Q(Exists(Watcher.objects.filter(**of_it))),
        "parent": lambda: Q(parent__isnull=False),
        "children": lambda: Q(Exists(Ticket.objects.filter(parent=OuterRef("pk")))),
    }
    return cases[name]()


def _breached(name: str, reader: Reader) -> Q:
    cases = {"yes": BREACHED, "no": ~BREACHED}
    return cases.get(name) or Q(**{f"{name}_broken": True})


def _snoozed(name: str, reader: Reader) -> Q:
    return SNOOZED if name == "yes" else ~SNOOZED


def _ranked(known: Choices, ranks: dict[str, int], column: str) -> Meaning:
    return lambda term, reader: numbers(term, column, lambda value: ranks[chosen(value, known)])


def _number(value: Value) -> int:
    digits = value.text.strip().lstrip("#＃")
    if not digits.isdecimal() or len(digits) > 18:
        raise wrong(value.place, _("A number is expected here."))
    return int(digits)


def _past(column: str) -> Meaning:
    return lambda term, reader: age(term, column, reader.at)


def _updated(term: Term, reader: Reader) -> Q:
    """The newest thing anybody wrote, or the opening; `>` therefore asks that nothing was written since."""
    columns = ("opened_at", "last_customer_at", "last_member_at", "assigned_at", "resolved_at")
    each = [age(term, column, reader.at) for column in columns]
    if not term.compare.startswith(">"):
        return any_of(each)
    quiet = Q()
    for column, condition in zip(columns, each, strict=True):
        quiet &= condition | Q(**{f"{column}__isnull": True})
    return quiet


def _due(term: Term, reader: Reader) -> Q:
    return ahead(term, "next_due_at", reader.at)


def _subject(term: Term, reader: Reader) -> Q:
    equal_only(term)
    return any_of([Q(subject__icontains=value.text) for value in term.values])


MEANINGS: dict[str, Meaning] = {
    "status": _cases(choices.STATUS, _status),
    "is": _cases(choices.IS, _is),
    "owner": lambda term, reader: people.owner(term, reader.member),
    "team": lambda term, reader: people.team(term, reader.member),
    "tier": _ranked(choices.TIER, {"1": 1, "2": 2, "3": 3}, "tier"),
    "difficulty": _ranked(choices.DIFFICULTY, DIFFICULTIES, "difficulty"),
    "priority": _ranked(choices.PRIORITY, PRIORITIES, "priority"),
    "topic": lambda term, reader: people.topic(term),
    "type": lambda term, reader: labels.type_of(term),
    "tag": lambda term, reader: labels.tag(term),
    "watching": lambda term, reader: people.watching(term, reader.member),
    "channel": _choice(choices.CHANNEL, "channel"),
    "language": _choice(choices.LANGUAGE, "language"),
    "reason": _choice(choices.REASON, "reason"),
    "customer": lambda term, reader: people.customer(term),
    "org": lambda term, reader: people.organization(term),
    "grade": _choice(choices.GRADE, "customer__organization__grade"),
    "subject": _subject,
    "opened": _past("opened_at"),
    "updated": _updated,
    "assigned": _past("assigned_at"),
    "resolved": _past("resolved_at"),
    "waiting": _past("waiting_since"),
    "due": _due,
    "breached": _cases(choices.BREACHED, _breached),
    "snoozed": _cases(choices.YES_NO, _snoozed),
    "has": _cases(choices.HAS, _has),
    "parent": lambda term, reader: numbers(term, "parent_id", _number),
    "number": lambda term, reader: numbers(term, "pk", _number),
}
