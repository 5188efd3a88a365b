"""A desk as large as the bound speaks of: positions with shifts, a few topics a member, duties by group of topics."""

from __future__ import annotations

import numpy as np

from fengong.engine.coverage.team import WEEK, Duty, Part, Team

CHANNELS = 5
POSITIONS = 12
SEED = 11


def desk(members: int, topics: int, *, channels: int = CHANNELS, load: float = 0.6) -> Team:
    """Each member holds one position (one in five two), knows about a fifth of the topics and works five shifts of
    eight hours; expected effort follows the day and takes `load` of the capacity that is there.
    """
    dice = np.random.default_rng(SEED)
    positions = np.eye(POSITIONS, dtype=np.bool_)[dice.integers(0, POSITIONS, members)]
    positions |= np.eye(POSITIONS, dtype=np.bool_)[dice.integers(0, POSITIONS, members)] & (
        dice.random((members, 1)) < 0.2
    )
    knows = dice.random((members, topics)) < 0.2
    roster = _roster(dice, members)
    capacity = dice.uniform(35.0, 55.0, members)
    return Team(
        capacity=capacity,
        positions=positions,
        proficiency=np.where(knows, dice.integers(1, 6, (members, topics)), 0),
        uncertainty=np.where(knows, dice.uniform(0.0, 0.6, (members, topics)), 0.0),
        duties=_duties(dice, topics, channels),
        roster=roster,
        channels=channels,
        demand=_demand(dice, topics, channels, load * (capacity @ roster)),
    )


def _roster(dice: np.random.Generator, members: int) -> np.ndarray:
    roster = np.zeros((members, WEEK))
    for member in range(members):
        begin = int(dice.choice((6, 8, 9, 12, 14, 22), p=(0.15, 0.3, 0.2, 0.15, 0.15, 0.05)))
        for day in dice.choice(7, 5, replace=False, p=(0.17, 0.17, 0.17, 0.17, 0.16, 0.08, 0.08)):
            hours = (day * 24 + begin + np.arange(9)) % WEEK
            roster[member, hours] = 1.0
            roster[member, hours[4]] = 0.0  # lunch
    return roster


def _duties(dice: np.random.Generator, topics: int, channels: int) -> tuple[Duty, ...]:
    """Every position responsible for four tenths of the topics by day; one accountable for each topic at all hours."""
    office = np.zeros((7, 24), dtype=np.bool_)
    office[:5, 8:20] = True
    found = []
    for position in range(POSITIONS):
        mine = tuple(np.flatnonzero(dice.random(topics) < 0.4).tolist())
        levels = ((1,), (1, 2), (2, 3), (1, 2, 3))[position % 4]
        ways = tuple(range(channels)) if position % 3 else tuple(range(0, channels, 2))
        hours = office.ravel() if position % 2 else None
        found.append(Duty(position, mine, levels, ways, hours))
    for position in range(POSITIONS):
        owned = tuple(range(position, topics, POSITIONS))
        found.append(Duty(position, owned, part=Part.ACCOUNTABLE))
    return tuple(found)


def _demand(dice: np.random.Generator, topics: int, channels: int, room: np.ndarray) -> np.ndarray:
    """Effort in the proportions of what is there, topics by Zipf's law, hard ones rarer."""
    popular = 1.0 / np.arange(1, topics + 1)
    cells = np.einsum("t,d,c->tdc", popular, (0.6, 0.3, 0.1), dice.uniform(0.2, 1.0, channels))
    return np.asarray(np.einsum("tdc,h->tdch", cells / cells.sum(), room))
