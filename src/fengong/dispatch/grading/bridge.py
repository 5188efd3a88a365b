"""From tickets to the engine's triage and back.

A process starts with keywords and goes over to what it has learned once `learn` has run in it. What was learned stays
in the process: it is made anew from resolved tickets within seconds, so there is nothing to store or to migrate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from fengong.desk.models import Ticket
from fengong.engine.triage.grade import Example, Grade, Grader
from fengong.engine.triage.keywords import keyword_grader
from fengong.people.models import Topic


@dataclass(slots=True)
class _Learned:
    """What this process has learned, and of which topics."""

    grader: Grader | None = None
    topics: frozenset[int] = frozenset()


_LEARNED = _Learned()


def read(ticket: Ticket, *, topics: Sequence[Topic]) -> Grade:
    """The grade of a ticket by its subject and first message; what was learned counts only for topics that stand."""
    first = min(ticket.messages.all(), key=lambda message: message.pk, default=None)
    text = _text(ticket.subject, first.body if first else "")
    known = {topic.pk for topic in topics}
    if _LEARNED.grader is not None and known >= _LEARNED.topics:
        return _LEARNED.grader.grade(text, promised=ticket.priority)
    keywords = {topic.pk: [*topic.keywords, topic.name_zh, topic.name_en] for topic in topics}
    return keyword_grader(keywords).grade(text, promised=ticket.priority)


def learn(tickets: Iterable[Ticket]) -> int:
    """Learn from graded tickets; returns from how many. Too few leave the keywords in force."""
    examples = [_example(ticket) for ticket in tickets]
    # By name and only here: it takes scikit-learn with it, seconds of start for processes that never learn.
    learned = import_module("fengong.engine.triage.learned")
    if len(examples) >= learned.FEWEST:
        _LEARNED.grader = learned.train(examples)
        _LEARNED.topics = frozenset(example.topic for example in examples)
    return len(examples)


def forget() -> None:
    """Go back to keywords."""
    _LEARNED.grader, _LEARNED.topics = None, frozenset()


def _example(ticket: Ticket) -> Example:
    first = min(ticket.messages.all(), key=lambda message: message.pk, default=None)
    text = _text(ticket.subject, first.body if first else "")
    return Example(text=text, topic=ticket.topic_id or 0, difficulty=ticket.difficulty)


def _text(subject: str, body: str) -> str:
    return f"{subject}\n{body}"
