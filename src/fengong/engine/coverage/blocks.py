"""One topic: its cells difficulty x channel collapsed into classes, and who covers each class at each hour.

Two cells are of one class where the same duties speak of them, the same proficiency is needed and the same hours are
served. Within a class the holders of the positions on duty change only between the distinct times of the week, so those
who may cover (on duty and skilled) are a few distinct rows of members; presence by the hour comes in as one matrix
product of these rows. Nothing of the size members x cells x hours is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from fengong.engine.coverage.ground import Ground
from fengong.engine.coverage.team import DIFFICULTIES, Flags, Floats, Ints

Key = TypeVar("Key")

COVERED, NOBODY, UNASSIGNED, UNSKILLED, ABSENT = range(5)
NEAR = 1e-9


@dataclass(frozen=True, eq=False)
class Block:
    """One topic; K classes, R rows of members who may cover, H hours.

    `of` int[3C]: the class of each cell. `may` bool[R, M]. `row` int[K, H]: which row may cover. `count` int[K, H]: how
    many cover. `state` int8[K, H]: 0 where covered or not served, else the kind of gap. `single` int[K, H]: who covers
    alone, else -1. `served` bool[K, H]. `demand` f[K, H]: effort expected, cells where it is not known; 0 where not
    served. `answering`, `responsible` bool[K, P, N]: the positions that have this part at each distinct time.
    """

    ground: Ground
    topic: int
    of: Ints
    may: Flags
    row: Ints
    count: Ints
    state: Ints
    single: Ints
    served: Flags
    demand: Floats
    answering: Flags
    responsible: Flags

    @cached_property
    def uncovered(self) -> float:
        """Demand that nobody covers."""
        return float(self.demand[self.state > 0].sum())

    @cached_property
    def alone(self) -> float:
        """Demand that one person alone covers."""
        return float(self.demand[self.single >= 0].sum())

    @cached_property
    def by_row(self) -> Floats:
        """f[R, H]: covered demand of all classes that the same row of members may cover at that hour."""
        made = np.zeros((len(self.may), self.row.shape[1]))
        hours = np.arange(self.row.shape[1])
        for number, row in enumerate(self.row):
            made[row, hours] += np.where(self.count[number] > 0, self.demand[number], 0.0)
        return made

    @cached_property
    def carried(self) -> Floats:
        """f[M]: covered demand that each carries when it is split in proportion to the capacity there."""
        working = self.ground.presence.working
        there = self.may.astype(np.float64) @ working
        rate = np.divide(self.by_row, there, out=np.zeros_like(there), where=there > 0)
        return np.asarray((self.may * (rate @ working.T)).sum(axis=0))

    def covering(self, kind: int, hour: int) -> Ints:
        """The members who cover a class at an hour."""
        ground = self.ground
        if not self.served[kind, hour]:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.may[self.row[kind, hour]] & ground.team.present[:, hour])


@dataclass(frozen=True, eq=False)
class _Classes:
    """`of` int[3C]; by class: `need` (position in `needs`), `pattern`, `door`; `patterns` bool[Q, D]."""

    of: Ints
    need: Ints
    pattern: Ints
    door: Ints
    patterns: Flags
    needs: tuple[float, ...]


def block(ground: Ground, topic: int) -> Block:
    """Work out one topic."""
    team, lists = ground.team, ground.lists
    classes = _classes(ground, topic)
    needs = np.array(classes.needs)[:, None]
    able = team.able[:, topic]
    skilled = (able > 0) & (able >= needs - NEAR)
    working = _on(ground, classes.patterns & lists.worked)
    onduty, sets = _holders(ground, working)
    may, rows = _rows(skilled, onduty, classes, sets)
    row = rows[:, ground.time]
    total = may.astype(ground.presence.numbered.dtype) @ ground.presence.numbered
    hours = np.arange(team.hours)
    count = total[row, hours].astype(np.int64)
    served = ground.serving[classes.door]
    given = np.asarray(onduty.any(axis=1))[sets][classes.pattern][:, ground.time]
    could = np.asarray(may.any(axis=1))[row]
    there = np.asarray(skilled.astype(np.float32) @ ground.presence.numbered[:, : team.hours] > 0)
    state = np.where(
        given, np.where(could, ABSENT, UNSKILLED), np.where(there[classes.need], UNASSIGNED, NOBODY)
    )
    return Block(
        ground=ground,
        topic=topic,
        of=classes.of,
        may=may,
        row=row,
        count=np.where(served, count, 0),
        state=np.where(served & (count == 0), state, COVERED),
        single=np.where(served & (count == 1), total[row, hours + team.hours].astype(np.int64), -1),
        served=served,
        demand=_demand(ground, topic, classes, served),
        answering=_on(ground, classes.patterns & lists.answered)[classes.pattern],
        responsible=working[classes.pattern],
    )


def _classes(ground: Ground, topic: int) -> _Classes:
    """Collapse the cells of a topic."""
    team, speaks = ground.team, ground.lists.speaks[topic]
    patterns: dict[bytes, int] = {}
    first: list[int] = []
    needs = tuple(sorted(set(team.rules.needed)))
    need_of = [needs.index(level) for level in team.rules.needed]
    kinds: dict[tuple[int, int, int], int] = {}
    of = np.empty(len(speaks), dtype=np.int64)
    for cell, row in enumerate(speaks):
        pattern = _numbered(patterns, row.tobytes())
        if pattern == len(first):
            first.append(cell)
        key = (need_of[cell // team.channels], pattern, int(ground.served[cell % team.channels]))
        of[cell] = _numbered(kinds, key)
    need, pattern_of, door = np.array(list(kinds), dtype=np.int64).T
    return _Classes(of, need, pattern_of, door, speaks[first], needs)


def _numbered(known: dict[Key, int], key: Key) -> int:
    return known.setdefault(key, len(known))


def _on(ground: Ground, patterns: Flags) -> Flags:
    """bool[Q, P, N]: the positions whose duties among `patterns` bool[Q, D] speak of each distinct time."""
    lists = ground.lists
    made = np.zeros((len(patterns), ground.team.positions.shape[1], lists.weekly.shape[1]), dtype=np.bool_)
    for number, pattern in enumerate(patterns):
        for duty in np.flatnonzero(pattern):
            made[number, lists.position[duty]] |= lists.weekly[duty]
    return made


def _holders(ground: Ground, working: Flags) -> tuple[Flags, Ints]:
    """The distinct sets of positions on duty as members bool[U, M], and which it is int[Q, N]."""
    patterns, positions, times = working.shape
    flat = working.transpose(0, 2, 1).reshape(patterns * times, positions)
    known: dict[bytes, int] = {}
    packed = np.packbits(flat, axis=1)
    sets = np.array([_numbered(known, row.tobytes()) for row in packed], dtype=np.int64)
    distinct = np.zeros((len(known), positions), dtype=np.float32)
    distinct[sets] = flat
    return distinct @ ground.team.positions.T.astype(np.float32) > 0, sets.reshape(patterns, times)


def _rows(skilled: Flags, onduty: Flags, classes: _Classes, sets: Ints) -> tuple[Flags, Ints]:
    """The distinct rows of members on duty and skilled, and which it is for each class and time."""
    keys = classes.need[:, None] * len(onduty) + sets[classes.pattern]
    used, row = np.unique(keys, return_inverse=True)
    return skilled[used // len(onduty)] & onduty[used % len(onduty)], row.reshape(keys.shape)


def _demand(ground: Ground, topic: int, classes: _Classes, served: Flags) -> Floats:
    """f[K, H]: what is expected of each class together."""
    cells = DIFFICULTIES * ground.team.channels
    belongs = (classes.of == np.arange(len(classes.need))[:, None]).astype(np.float64)
    if ground.team.demand is None:
        return np.where(served, belongs.sum(axis=1)[:, None], 0.0)
    return np.asarray(belongs @ ground.team.demand[topic].reshape(cells, ground.team.hours))
