"""Moves worth weighing for the gaps there are, each by what is missing: the duty, the skill or the presence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fengong.engine.coverage import checks
from fengong.engine.coverage.cover import Coverage
from fengong.engine.coverage.findings import Finding, Kind
from fengong.engine.coverage.moves import Assign, Move, Several, Shift, Train
from fengong.engine.coverage.team import WEEK, Duty, Flags, Ints, Team

LONGEST = 8  # hours of one moved shift


def candidates(coverage: Coverage, *, gaps: int = 20, each: int = 3) -> tuple[Move, ...]:
    """For the `gaps` worst gaps up to `each` moves: a duty for a position of those who are skilled and there; training
    for those on duty and there; hours for those on duty and skilled, taken where they are not the only one; training
    and the duty together where there is neither. A level of training costs 1, a moved hour 0.125, a duty 0.5.
    """
    checks.whole("gaps", gaps, 1)
    checks.whole("each", each, 1)
    found: list[Move] = []
    for gap in coverage.gaps[:gaps]:
        found += _FOR[gap.kind](coverage, gap, each)
    return tuple(found)


def _duties(coverage: Coverage, gap: Finding, each: int) -> Iterator[Move]:
    team = coverage.team
    able = _able(team, gap)
    there = team.present[:, gap.hours] & able[:, None]
    reach = np.array([there[holders].any(axis=0).sum() for holders in team.positions.T])
    for position in _most(reach, each):
        yield Assign(_duty(team, gap, position), cost=0.5)


def _training(coverage: Coverage, gap: Finding, each: int) -> Iterator[Move]:
    team = coverage.team
    holders = _holding(coverage, gap)
    for member in _nearest(team, gap, holders, each):
        yield _trained(team, gap, member)


def _hours(coverage: Coverage, gap: Finding, each: int) -> Iterator[Move]:
    team, run = coverage.team, _run(gap.hours)
    who = _holding(coverage, gap) & _able(team, gap)
    for member in np.flatnonzero(who)[:each].tolist():
        alone = np.sum([(of.single == member).sum(axis=0) for of in coverage.blocks], axis=0)
        worked = np.flatnonzero(team.present[member])
        spare = worked[np.argsort(alone[worked], kind="stable")][: len(run)]
        hours = tuple(run.tolist())
        yield Shift(member, hours, tuple(sorted(spare.tolist())), cost=len(run) / 8)


def _both(coverage: Coverage, gap: Finding, each: int) -> Iterator[Move]:
    team = coverage.team
    for member in _nearest(team, gap, np.asarray(team.positions.any(axis=1)), each):
        position = int(np.flatnonzero(team.positions[member])[0])
        duty = Assign(_duty(team, gap, position), cost=0.5)
        trained = _trained(team, gap, member)
        yield Several((trained, duty)) if trained.cost > 0 else duty


_FOR = {Kind.UNASSIGNED: _duties, Kind.UNSKILLED: _training, Kind.ABSENT: _hours, Kind.NOBODY: _both}


def _trained(team: Team, gap: Finding, member: int) -> Train:
    """To the level of the hardest of these cells."""
    level = max(team.rules.needed[difficulty - 1] for difficulty, _ in gap.cells)
    steps = max(0.0, level - float(team.able[member, gap.topic]))
    return Train(member, gap.topic, min(level, 5.0), cost=steps)


def _duty(team: Team, gap: Finding, position: int) -> Duty:
    """For these cells at these hours of the week, in every week."""
    hours = np.zeros(WEEK, dtype=np.bool_)
    hours[team.week_hours[gap.hours]] = True
    difficulties, channels = (tuple(sorted({cell[axis] for cell in gap.cells})) for axis in (0, 1))
    return Duty(position, (gap.topic,), difficulties, channels, hours)


def _able(team: Team, gap: Finding) -> Flags:
    """bool[M]: who is skilled enough for the easiest of these cells."""
    least = min(team.rules.needed[difficulty - 1] for difficulty, _ in gap.cells)
    return np.asarray(team.able[:, gap.topic] >= least)


def _holding(coverage: Coverage, gap: Finding) -> Flags:
    """bool[M]: who has the duty in the first of these cells at any of these hours."""
    team, block = coverage.team, coverage.blocks[gap.topic]
    difficulty, channel = gap.cells[0]
    on = block.responsible[block.of[(difficulty - 1) * team.channels + channel]]
    positions = on[:, block.ground.time[gap.hours]].any(axis=1)
    return np.asarray(team.positions[:, positions].any(axis=1))


def _nearest(team: Team, gap: Finding, who: Flags, each: int) -> list[int]:
    """Those who are there for most of these hours, of equals who can do most of it already."""
    reach = team.present[:, gap.hours].sum(axis=1) * who
    return _most(reach + team.able[:, gap.topic] / 10 * (reach > 0), each)


def _most(reach: Ints, each: int) -> list[int]:
    return [one for one in np.argsort(-reach, kind="stable")[:each].tolist() if reach[one] > 0]


def _run(hours: Ints) -> Ints:
    """The longest run of following hours, as much of it as one shift takes."""
    runs = np.split(hours, np.flatnonzero(np.diff(hours) != 1) + 1)
    return max(runs, key=len)[:LONGEST]
