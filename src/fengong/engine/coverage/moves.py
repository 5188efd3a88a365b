"""What a lead can do about a gap: train somebody, move a shift, give a duty. A move makes a team of a team."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from fengong.engine.coverage import checks
from fengong.engine.coverage.team import Duty, Floats, Team


class Move(Protocol):
    """Anything that makes another team, at a cost in the caller's unit."""

    @property
    def cost(self) -> float:
        """What it takes."""

    def applied(self, team: Team) -> Team:
        """The team after it; ValueError where it does not fit the team."""


@dataclass(frozen=True)
class Train:
    """Bring a member to a level of a topic, 1 to 5, with nothing left to doubt; never down."""

    member: int
    topic: int
    level: float
    cost: float = 1.0

    def applied(self, team: Team) -> Team:
        checks.within("member", (self.member,), range(team.members))
        checks.within("topic", (self.topic,), range(team.topics))
        if team.able[self.member, self.topic] >= self.level:
            return team
        place = self.member, self.topic
        proficiency = _put(team.proficiency, place, max(self.level, team.proficiency[place]))
        if team.uncertainty is None:
            return replace(team, proficiency=proficiency)
        return replace(team, proficiency=proficiency, uncertainty=_put(team.uncertainty, place, 0.0))


@dataclass(frozen=True)
class Shift:
    """Have a member work the whole of the hours `to` of the horizon, and none of the hours `away`."""

    member: int
    to: tuple[int, ...]
    away: tuple[int, ...] = ()
    cost: float = 1.0

    def applied(self, team: Team) -> Team:
        checks.within("member", (self.member,), range(team.members))
        checks.within("to", self.to, range(team.hours))
        checks.within("away", self.away, range(team.hours))
        roster = team.roster.copy()
        roster[self.member, list(self.away)] = 0.0
        roster[self.member, list(self.to)] = 1.0
        if team.breaks is None:
            return replace(team, roster=roster)
        breaks = team.breaks.copy()
        breaks[self.member, list(self.to)] = 0.0
        return replace(team, roster=roster, breaks=breaks)


@dataclass(frozen=True, eq=False)
class Assign:
    """Add a duty to its position."""

    duty: Duty
    cost: float = 1.0

    def applied(self, team: Team) -> Team:
        return replace(team, duties=(*team.duties, self.duty))


@dataclass(frozen=True, eq=False)
class Several:
    """Moves that only help together: train somebody and give the duty."""

    moves: tuple[Move, ...]

    @property
    def cost(self) -> float:
        """What they take together."""
        return sum(move.cost for move in self.moves)

    def applied(self, team: Team) -> Team:
        for move in self.moves:
            team = move.applied(team)
        return team


def only_adds(moves: tuple[Move, ...]) -> bool:
    """Whether the moves are of one kind and none takes an hour away: then any one of those that reach an uncovered cell
    closes it, so what a set of them removes is a weighted union: it grows with the set, each addition less than before.
    """
    kinds = {type(move) for move in moves}
    return len(kinds) <= 1 and not any(
        isinstance(move, Several) or (isinstance(move, Shift) and move.away) for move in moves
    )


def _put(values: Floats, place: tuple[int, int], value: float) -> Floats:
    made = np.array(values)
    made[place] = value
    return made
