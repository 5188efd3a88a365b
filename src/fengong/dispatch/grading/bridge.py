"""From tickets to the engine's triage and back.

A process starts with keywords and goes over to what it has learned once `learn` has run in it. What was learned stays
in the process: it is made anew from resolved tickets within seconds, so there is nothing to store or to migrate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from fengong.desk.queries import Unread
from fengong.engine.triage.grade import Example, Grade, Grader
from fengong.engine.triage.keywords import keyword_grader
from fengong.people.models import Topic


@dataclass(slots=True)
class _Learned:
    """What this process has learned, and of which topics."""

    grader: Grader | None = None
    topics: frozenset[int] = frozenset()


_LEARNED = _Learned()


def read(tickets: Sequence[Unread], *, topics: Sequence[Topic]) -> list[Grade]:
    """Grades of tickets by their subjects and first messages; what was learned counts only for topics that stand."""
    texts = [_text(ticket.subject, ticket.body) for ticket in tickets]
    promised = [ticket.priority for ticket in tickets]
    grader = _LEARNED.grader
    if grader is None or not _LEARNED.topics <= {topic.pk for topic in topics}:
        grader = _by_keywords(
            tuple((topic.pk, (*topic.keywords, topic.name_zh, topic.name_en)) for topic in topics)
        )
    return grader.grade_all(texts, promised=promised)


@lru_cache(maxsize=1)
def _by_keywords(keywords: tuple[tuple[int, tuple[str, ...]], ...]) -> Grader:
    return keyword_grader(dict(keywords))


def learn(graded: Iterable[tuple[str, str, int, int]]) -> int:
    """Learn from subjects and first messages with their topic and difficulty; returns from how many.

    Too few leave the keywords in force.
    """
    examples = [
        Example(text=_text(subject, body), topic=topic, difficulty=difficulty)
        for subject, body, topic, difficulty in graded
    ]
    # By name and only here: it takes scikit-learn with it, seconds of start for processes that never learn.
    learned = import_module("fengong.engine.triage.learned")
    if len(examples) >= learned.FEWEST:
        _LEARNED.grader = learned.train(examples)
        _LEARNED.topics = frozenset(example.topic for example in examples)
    return len(examples)


def forget() -> None:
    """Go back to keywords."""
    _LEARNED.grader, _LEARNED.topics = None, frozenset()


def _text(subject: str, body: str) -> str:
    return f"{subject}\n{body}"
