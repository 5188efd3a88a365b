"""Verbs that grade a ticket from what its customer wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fengong.desk import queries as desk
from fengong.desk.actions.grading import Grading, grade_tickets
from fengong.desk.actions.tickets import grade_ticket
from fengong.desk.models import Ticket
from fengong.desk.queries import Unread
from fengong.dispatch.grading import bridge as grading
from fengong.kernel.actor import MATCHER, Actor
from fengong.kernel.errors import Conflict
from fengong.people import queries as people
from fengong.people.models import Topic

LOOK_AT, AT_ONCE = 400, 100
"""Tickets a round grades; of them, how many in one transaction."""
LEARN_FROM = 5000
"""Resolved tickets grading is learned from, the newest ones."""


def triage_waiting(*, actor: Actor, at: datetime) -> int:
    """Grade the tickets nobody has graded yet, oldest first; returns how many.

    Left to the next round is what somebody else has graded, taken or changed meanwhile.
    """
    tickets = desk.ungraded(LOOK_AT)
    topics = list(people.topics()) if tickets else []
    if not topics:
        return 0
    gradings = gradings_of(tickets, topics)
    parts = (gradings[start : start + AT_ONCE] for start in range(0, len(gradings), AT_ONCE))
    return sum(len(grade_tickets(actor=actor, gradings=part, at=at)) for part in parts)


def gradings_of(tickets: Sequence[Unread], topics: Sequence[Topic]) -> list[Grading]:
    """What triage reads in tickets as they stand, by their subjects and first messages.

    A priority that stands is never lowered. What points to no topic at all goes to the one most members know, so that
    it reaches somebody who can tell.
    """
    known = {topic.pk: topic for topic in topics}
    grades = grading.read(tickets, topics=topics)
    told = [known.get(grade.topic or 0) for grade in grades]
    broadest = topics[0] if all(told) else _broadest(topics)
    return [
        Grading(
            ticket=ticket.pk,
            seen=ticket.version,
            topic=topic or broadest,
            difficulty=grade.difficulty,
            priority=max(ticket.priority, grade.priority),
            confidence=round(grade.confidence, 3),
        )
        for ticket, topic, grade in zip(tickets, told, grades, strict=True)
    ]


def ensure_graded(*, ticket: Ticket, at: datetime, seen: int | None = None) -> int | None:
    """Grade a ticket at once where a person is about to decide on it before triage has.

    Returns the version to expect from then on for a caller who has seen version `seen`.
    """
    fresh = desk.ungraded(1, ticket=ticket.pk)
    topics = list(people.topics()) if fresh else []
    if not topics:
        return seen
    [found] = gradings_of(fresh, topics)
    try:
        graded = grade_ticket(
            actor=MATCHER,
            ticket=ticket,
            topic=found.topic,
            difficulty=found.difficulty,
            priority=found.priority,
            confidence=found.confidence,
            at=at,
            seen=found.seen,
        )
    except Conflict:
        return seen  # somebody was faster
    return graded.version if seen == found.seen else seen


def learn_grading(*, at: datetime) -> int:
    """Learn from what the desk has resolved so far; returns from how many tickets."""
    return grading.learn(desk.graded_examples(LEARN_FROM))


def _broadest(topics: Sequence[Topic]) -> Topic:
    known = {topic.pk: topic for topic in topics}
    return known[people.most_known_topic(known) or min(known)]
