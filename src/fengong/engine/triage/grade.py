"""What triage answers, and what it can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Grade:
    """One reading of one text.

    `topic` is None when nothing points anywhere. `confidence` 0..1 is the estimated chance that `topic` is right;
    `ranked` are the likeliest topics with theirs, best first, at most five. `difficulty` is 1 common, 2 medium, 3
    hard; `priority` 1 low .. 4 urgent. `signals` are the words that raised the priority.
    """

    topic: int | None
    difficulty: int
    priority: int
    confidence: float
    ranked: tuple[tuple[int, float], ...] = ()
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text that somebody graded."""

    text: str
    topic: int
    difficulty: int


class Grader(Protocol):
    """Reads texts, one or many."""

    def grade(self, text: str, *, promised: int = 2) -> Grade: ...

    def grade_all(self, texts: Sequence[str], *, promised: Sequence[int]) -> list[Grade]: ...
