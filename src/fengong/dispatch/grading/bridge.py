"""From tickets to the engine's triage and back.

A process starts with keywords and goes over to what it has learned once `learn` has run in it. What was learned stays
in the process: it is made anew from resolved tickets within seconds, so there is nothing to store or to migrate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


def read(tickets: Sequence[Ticket], *, topics: Sequence[Topic]) -> list[Grade]:
    """Grades of tickets by their subjects and first messages; what was learned counts only for topics that stand."""
    texts, promised = [_text(ticket) for ticket in tickets], [ticket.priority for ticket in tickets]
    grader = _LEARNED.grader
    if grader is None or not _LEARNED.topics <= {topic.pk for topic in topics}:
        grader = _by_keywords(
            tuple((topic.pk, (*topic.keywords, topic.name_zh, topic.name_en)) for topic in topics)
        )
    return grader.grade_all(texts, promised=promised)


@lru_cache(maxsize=1)
def _by_keywords(keywords: tuple[tuple[int, tuple[str, ...]], ...]) -> Grader:
    return keyword_grader(dict(keywords))


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
    return Example(text=_text(ticket), topic=ticket.topic_id or 0, difficulty=ticket.difficulty)


def _text(ticket: Ticket) -> str:
    first = min(ticket.messages.all(), key=lambda message: message.pk, default=None)
    return f"{ticket.subject}\n{first.body if first else ''}"
