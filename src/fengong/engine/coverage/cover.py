"""The coverage of a team: from nothing, or from what was found before a small change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fengong.engine.coverage import checks
from fengong.engine.coverage.blocks import Block, block
from fengong.engine.coverage.findings import Finding, Kind, findings, ranked
from fengong.engine.coverage.ground import Ground, grounded
from fengong.engine.coverage.team import DIFFICULTIES, Duty, Flags, Ints, Team


@dataclass(frozen=True, eq=False)
class Coverage:
    """Who covers what. `blocks`: one for each topic; those that a change does not touch are the ones from before."""

    team: Team
    ground: Ground
    blocks: tuple[Block, ...]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Gaps, overlaps, single points of failure and over-dependence, most demand first."""
        return ranked(one for of in self.blocks for one in found(of))

    @cached_property
    def uncovered(self) -> float:
        """Demand over the horizon that nobody covers; cell-hours where no demand is known."""
        return float(sum(of.uncovered for of in self.blocks))

    @cached_property
    def alone(self) -> float:
        """Demand over the horizon that exactly one member covers."""
        return float(sum(of.alone for of in self.blocks))

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """Where nobody covers, of all four kinds."""
        return tuple(one for one in self.findings if one.is_gap)

    def of_kind(self, *kinds: Kind) -> tuple[Finding, ...]:
        """The findings of these kinds, most demand first."""
        return tuple(one for one in self.findings if one.kind in kinds)

    def count(self, topic: int) -> Ints:
        """int[3, C, H]: how many cover each cell of a topic at each hour; 0 where it is not served."""
        checks.within("topic", (topic,), range(self.team.topics))
        of = self.blocks[topic]
        return of.count[of.of].reshape(DIFFICULTIES, self.team.channels, self.team.hours)

    def who(self, *, topic: int, difficulty: int, channel: int, hour: int) -> Ints:
        """The members who cover one cell at one hour, in order."""
        checks.within("topic", (topic,), range(self.team.topics))
        checks.within("difficulty", (difficulty,), range(1, DIFFICULTIES + 1))
        checks.within("channel", (channel,), range(self.team.channels))
        checks.within("hour", (hour,), range(self.team.hours))
        of = self.blocks[topic]
        return of.covering(int(of.of[(difficulty - 1) * self.team.channels + channel]), hour)


def cover(team: Team, before: Coverage | None = None) -> Coverage:
    """Work out the coverage of a team. With `before`, only the topics that what has changed may touch are worked out
    again; the answer is the same to the last bit, as each topic's depends on nothing else.
    """
    ground = grounded(team, before.ground if before else None)
    touched = _touched(team, before.team) if before else None
    if before is None or touched is None:
        return Coverage(team, ground, tuple(block(ground, topic) for topic in range(team.topics)))
    kept = zip(touched.tolist(), before.blocks, strict=True)
    return Coverage(team, ground, tuple(block(ground, of.topic) if again else of for again, of in kept))


def found(of: Block) -> tuple[Finding, ...]:
    """The findings of one topic, kept with it."""
    kept: tuple[Finding, ...] | None = vars(of).get("_found")
    if kept is None:
        kept = findings(of)
        object.__setattr__(of, "_found", kept)
    return kept


def _touched(team: Team, old: Team) -> Flags | None:
    """bool[T]: the topics that may have changed; None for all of them."""
    if not _comparable(team, old):
        return None
    topics = np.zeros(team.topics, dtype=np.bool_)
    if team.able is not old.able:
        topics |= (team.able != old.able).any(axis=0)
    if team.demand is not old.demand:
        topics |= _demanded(team, old)
    moved = _moved(team, old)
    if moved.any():
        topics |= ((team.able[moved] > 0) | (old.able[moved] > 0)).any(axis=0)
    for duty in _exchanged(team, old):
        topics |= duty.cells(team.topics, team.channels).any(axis=(1, 2))
    return topics


def _comparable(team: Team, old: Team) -> bool:
    """Whether the two differ in nothing that concerns every topic."""
    shapes = all(
        getattr(team, name).shape == getattr(old, name).shape for name in ("positions", "proficiency")
    )
    same = all(getattr(team, name) == getattr(old, name) for name in ("hours", "channels", "start", "rules"))
    if not (shapes and same) or (team.open is None) != (old.open is None):
        return False
    doors = team.open is old.open or np.array_equal(_some(team.open), _some(old.open))
    return doors and np.array_equal(team.positions, old.positions)


def _some(given: Flags | None) -> Flags:
    return np.empty(0, dtype=np.bool_) if given is None else given


def _demanded(team: Team, old: Team) -> Flags:
    if team.demand is None or old.demand is None:
        return np.ones(team.topics, dtype=np.bool_)
    return np.asarray((team.demand != old.demand).any(axis=(1, 2, 3)))


def _moved(team: Team, old: Team) -> Flags:
    """bool[M]: whose presence or capacity has changed."""
    if team.roster is old.roster and team.breaks is old.breaks and team.capacity is old.capacity:
        return np.zeros(team.members, dtype=np.bool_)
    return np.asarray((team.share != old.share).any(axis=1) | (team.capacity != old.capacity))


def _exchanged(team: Team, old: Team) -> list[Duty]:
    """Duties that only one of the two has. A duty made anew with the same words counts as another one."""
    if team.duties is old.duties:
        return []
    mine, theirs = set(map(id, team.duties)), set(map(id, old.duties))
    return [*(d for d in team.duties if id(d) not in theirs), *(d for d in old.duties if id(d) not in mine)]
