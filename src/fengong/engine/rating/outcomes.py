"""What is learned from: outcomes of attempts, and what is known of the members before."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

GRADES = 4  # 0 not graded, 1 common, 2 medium, 3 hard


@dataclass(frozen=True, slots=True)
class Outcomes:
    """`n` attempts: one member at one ticket, in any order.

    `member`, `topic`, `ticket` i64[n] count from 0. `grade`, `text_grade` i64[n] are the difficulty given by a person
    and the one read from the text, 0 (none) .. 3. `kind` i64[n] is a finer class than the topic (a product,
    a category), counting from 1; 0 is none.

    `solved`: the member closed it; `escalated`: gave it up to a higher tier; neither: passed on or still open, which
    says nothing about ability. `reopened`: solved, but it came back. `satisfaction` (any scale, more is better) and
    `minutes` of work f64[n] are nan where none is known. `at` f64[n] is when the attempt ended, minutes.
    """

    member: Ints
    topic: Ints
    ticket: Ints
    grade: Ints
    text_grade: Ints
    kind: Ints
    solved: Bools
    escalated: Bools
    reopened: Bools
    satisfaction: Floats
    minutes: Floats
    at: Floats

    def __len__(self) -> int:
        return len(self.member)

    def checked(self, members: Members) -> Outcomes:
        """Return this, or raise ValueError where it contradicts itself or names a member or topic unknown."""
        if any(getattr(self, field.name).shape != self.member.shape for field in fields(self)):
            raise ValueError("all arrays of outcomes must be of one length")
        if len(self):
            self._check_ranges(members)
        if (self.solved & self.escalated).any():
            raise ValueError("an attempt cannot be both solved and escalated")
        if (self.reopened & ~self.solved).any():
            raise ValueError("only a solved ticket can be reopened")
        if (self.minutes <= 0).any():
            raise ValueError("minutes of work must be above 0, or nan")
        return self

    def _check_ranges(self, members: Members) -> None:
        count, topics = members.declared.shape
        limits = (("member", count), ("topic", topics), ("grade", GRADES), ("text_grade", GRADES))
        for name, limit in limits:
            values = getattr(self, name)
            if values.min() < 0 or values.max() >= limit:
                raise ValueError(f"{name} must be 0..{limit - 1}")
        if min(self.ticket.min(), self.kind.min()) < 0 or not np.isfinite(self.at).all():
            raise ValueError("tickets and kinds count from 0, times are finite")

    @property
    def telling(self) -> Bools:
        """Which attempts say anything, bool[n]."""
        return self.solved | self.escalated | np.isfinite(self.minutes) | np.isfinite(self.satisfaction)

    def where(self, which: Bools | Ints) -> Outcomes:
        """Return the attempts picked by a mask or by places."""
        return Outcomes(*(getattr(self, field.name)[which] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Members:
    """`declared` f64[m, topics]: proficiency 1..5 as somebody declared it, 0 where nothing is declared.

    `groups` i64[m, g]: what members have in common, one column a kind (tier, position, team), each counting from 0;
    -1 belongs to none. Members of a group are taken to be somewhat alike until their outcomes tell otherwise.
    """

    declared: Floats
    groups: Ints

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many groups each column has."""
        return tuple(int(column.max(initial=-1)) + 1 for column in self.groups.T)

    def checked(self) -> Members:
        """Return this, or raise ValueError."""
        if self.declared.ndim != 2 or self.groups.ndim != 2 or len(self.declared) != len(self.groups):
            raise ValueError("declared is [members, topics], groups [members, kinds]")
        if not ((self.declared == 0) | ((self.declared >= 1) & (self.declared <= 5))).all():
            raise ValueError("declared proficiency is 1..5, or 0 for none")
        return self


def alone(members: int, topics: int) -> Members:
    """Members of whom nothing is known."""
    return Members(np.zeros((members, topics)), np.zeros((members, 0), dtype=np.int64))
