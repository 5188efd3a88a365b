"""From resolved tickets to the engine's ratings and back. No other module of this folder knows the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.fit import fit
from fengong.engine.rating.outcomes import Members, Outcomes
from fengong.engine.rating.suggestions import LEAST, levels
from fengong.people.actions.skills import Learned


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one ticket in the hands of one member; `minutes` since 1970 when it ended."""

    member: int
    topic: int
    ticket: int
    difficulty: int
    solved: bool
    escalated: bool
    reopened: bool
    score: float | None
    minutes: float


def learned(
    attempts: Sequence[Attempt], declared: Mapping[tuple[int, int], float], groups: Mapping[int, int]
) -> list[Learned]:
    """Levels on the scale of what is declared, where enough outcomes tell one. `groups`: each member's position."""
    members = sorted(groups)
    topics = sorted({one.topic for one in attempts} | {topic for _, topic in declared})
    row, column = ({pk: n for n, pk in enumerate(keys)} for keys in (members, topics))
    known = [one for one in attempts if one.member in row]
    if not known or not members:
        return []
    stated = np.zeros((len(members), len(topics)))
    for (member, topic), level in declared.items():
        if member in row:
            stated[row[member], column[topic]] = level
    held = np.array([[groups[pk]] for pk in members], dtype=np.int64)
    _, numbered = np.unique(held, return_inverse=True)
    ratings = fit(_outcomes(known, row, column), Members(stated, numbered.reshape(-1, 1)))
    middle, deviation = levels(ratings)
    told = np.argwhere((ratings.seen >= LEAST) & np.isfinite(middle))
    return [
        Learned(
            member=members[m],
            topic=topics[t],
            level=float(np.clip(middle[m, t], 1.0, 5.0)),
            deviation=float(deviation[m, t]),
            seen=int(ratings.seen[m, t]),
        )
        for m, t in told.tolist()
    ]


def _outcomes(attempts: Sequence[Attempt], row: Mapping[int, int], column: Mapping[int, int]) -> Outcomes:
    count = len(attempts)
    return Outcomes(
        member=np.array([row[one.member] for one in attempts], dtype=np.int64),
        topic=np.array([column[one.topic] for one in attempts], dtype=np.int64),
        ticket=np.array([one.ticket for one in attempts], dtype=np.int64),
        grade=np.array([one.difficulty for one in attempts], dtype=np.int64),
        text_grade=np.zeros(count, dtype=np.int64),
        kind=np.zeros(count, dtype=np.int64),
        solved=np.array([one.solved for one in attempts], dtype=np.bool_),
        escalated=np.array([one.escalated for one in attempts], dtype=np.bool_),
        reopened=np.array([one.reopened for one in attempts], dtype=np.bool_),
        satisfaction=np.array([np.nan if one.score is None else one.score for one in attempts]),
        minutes=np.full(count, np.nan),
        at=np.array([one.minutes for one in attempts]),
    )
