"""Verbs that grade a ticket from what its customer wrote."""

from __future__ import annotations

from datetime import datetime

from fengong.desk import queries as desk
from fengong.desk.actions.tickets import grade_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.grading import bridge as grading
from fengong.kernel.actor import MATCHER, Actor
from fengong.kernel.errors import Conflict
from fengong.people import queries as people
from fengong.people.models import Topic

AT_ONCE = 100
LEARN_FROM = 5000
"""Resolved tickets grading is learned from, the newest ones."""


def triage_waiting(*, actor: Actor, at: datetime) -> int:
    """Grade the tickets nobody has graded yet, oldest first; returns how many."""
    tickets = list(desk.ungraded()[:AT_ONCE])
    if not tickets:
        return 0
    topics = {topic.pk: topic for topic in people.topics()}
    if not topics:
        return 0
    graded = 0
    for ticket in tickets:
        try:
            triage_ticket(actor=actor, ticket=ticket, topics=topics, at=at)
            graded += 1
        except Conflict:
            continue  # somebody graded or took it meanwhile
    return graded


def triage_ticket(*, actor: Actor, ticket: Ticket, topics: dict[int, Topic], at: datetime) -> Ticket:
    """Grade one ticket as it stood when it was read, by its subject and first message.

    A priority that stands is never lowered. What points to no topic at all goes to the one most members know, so that
    it reaches somebody who can tell. Conflict when somebody else has graded or changed the ticket since.
    """
    grade = grading.read(ticket, topics=list(topics.values()))
    return grade_ticket(
        actor=actor,
        ticket=ticket,
        topic=topics.get(grade.topic or 0) or _broadest(topics),
        difficulty=grade.difficulty,
        priority=max(ticket.priority, grade.priority),
        confidence=round(grade.confidence, 3),
        at=at,
        seen=ticket.version,
    )


def ensure_graded(*, ticket: Ticket, at: datetime, seen: int | None = None) -> int | None:
    """Grade a ticket at once where a person is about to decide on it before triage has.

    Returns the version to expect from then on for a caller who has seen version `seen`.
    """
    fresh = desk.ungraded().filter(pk=ticket.pk).first()
    topics = {topic.pk: topic for topic in people.topics()} if fresh else {}
    if fresh is None or not topics:
        return seen
    try:
        graded = triage_ticket(actor=MATCHER, ticket=fresh, topics=topics, at=at)
    except Conflict:
        return seen  # somebody was faster
    return graded.version if seen == fresh.version else seen


def learn_grading(*, at: datetime) -> int:
    """Learn from what the desk has resolved so far; returns from how many tickets."""
    return grading.learn(desk.graded_examples(LEARN_FROM))


def _broadest(topics: dict[int, Topic]) -> Topic:
    return topics[people.most_known_topic(topics) or min(topics)]
