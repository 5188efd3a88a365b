"""The event spine: verbs append one fact each; audit, feeds, live pages and analysis read them.

A fact is a frozen dataclass in an app's `events.py` with a `verb` and the names of the fields that are its subjects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import QuerySet

from fengong.kernel.actor import Actor
from fengong.kernel.models import Event, EventSubject
from fengong.kernel.rows import insert


@dataclass(frozen=True)
class Fact:
    """Base of all facts. Fields must be JSON values; those named in `about` hold ids, or None."""

    verb: ClassVar[str]
    about: ClassVar[tuple[str, ...]]


def record(fact: Fact, *, actor: Actor, at: datetime) -> None:
    """Append a fact. Call it inside the transaction that makes it true."""
    record_all([(fact, actor)], at=at)


def record_all(facts: Sequence[tuple[Fact, Actor]], *, at: datetime) -> None:
    """Append many facts in two statements, in the order given."""
    told = [{"actor": actor.ref, "verb": fact.verb, "data": vars(fact)} for fact, actor in facts]
    seqs = insert(Event, told, at=at)
    insert(
        EventSubject,
        [
            {"event_id": seq, "kind": kind, "ref": ref}
            for seq, (fact, _actor) in zip(seqs, facts, strict=True)
            for kind in fact.about
            if (ref := getattr(fact, kind)) is not None
        ],
    )


def after(seq: int, *, limit: int = 500) -> QuerySet[Event]:
    """The next events past a sequence number, with their subjects."""
    return Event.objects.filter(seq__gt=seq).order_by("seq").prefetch_related("subjects")[:limit]


def history(kind: str, ref: int) -> QuerySet[Event]:
    """Everything that happened to one subject, oldest first."""
    return Event.objects.filter(subjects__kind=kind, subjects__ref=ref).order_by("seq")


def last_seq() -> int:
    """The newest sequence number, 0 on an empty spine."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
