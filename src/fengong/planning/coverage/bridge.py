"""From rows to the engine's coverage and back. No other module of this folder knows the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import cast

import numpy as np

from fengong.engine.coverage.blocks import Block
from fengong.engine.coverage.candidates import candidates
from fengong.engine.coverage.closing import Effect, best
from fengong.engine.coverage.comparison import compare
from fengong.engine.coverage.cover import Coverage, cover
from fengong.engine.coverage.findings import Finding
from fengong.engine.coverage.moves import Assign, Move, Several, Shift, Train
from fengong.engine.coverage.shortage import shortages
from fengong.engine.coverage.spans import readable
from fengong.engine.coverage.team import Duty, Flags, Part, Rules, Team
from fengong.engine.coverage.unfolding import unfolded
from fengong.planning.coverage.results import Cell, Change, Found, Step, Strip, Way
from fengong.planning.coverage.rows import WEEK, Line, Rows

MINUTES = 60.0
"""Of work that a member does in an hour."""
RULES = Rules(most_share=2 / 3)
"""Of two who share a topic either may be away a day a week before the other counts as leaned on too much."""
ARRAYS = ("capacity", "positions", "proficiency", "roster", "demand", "open")
NOTHING, COVERED, ALONE, GAP = range(4)


@dataclass(frozen=True, eq=False)
class Picture:
    """The coverage of one week: what was read, and what follows from it, told by the ids of tables."""

    rows: Rows
    coverage: Coverage

    @property
    def alone(self) -> float:
        """Minutes of work a week that one member alone covers."""
        return self.coverage.alone

    @property
    def uncovered(self) -> float:
        """Minutes of work a week that nobody covers."""
        return self.coverage.uncovered

    @cached_property
    def expected(self) -> float:
        """Minutes of work a week that come in; cell-hours where nothing has come yet."""
        return float(sum(block.demand.sum() for block in self.coverage.blocks))

    @cached_property
    def findings(self) -> tuple[Found, ...]:
        """Gaps, overlaps, single points of failure, dependence, and where those who cover are too few."""
        found = [self._found(one) for one in self.coverage.findings]
        return tuple(sorted([*found, *self._short()], key=lambda one: -one.demand))

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """What would close gaps, that which removes most first; each is worked out by itself."""
        told = best(self.coverage, candidates(self.coverage))
        return tuple(self._way(one) for one in told if one.removes > 1e-9)

    def strips(self, *, difficulty: int = 0, channel: str = "") -> list[Strip]:
        """Each topic's week as runs of alike hours: the worst of the cells asked for, all of them where none is."""
        kept = [n for n, name in enumerate(self.rows.channels) if channel in ("", name)]
        levels = [n for n in range(3) if difficulty in (0, n + 1)]
        cells = [level * len(self.rows.channels) + n for level in levels for n in kept]
        return [self._strip(block, cells) for block in self.coverage.blocks]

    def cell(self, *, topic: int, difficulty: int, channel: str, hour: int) -> Cell:
        """Who and what stands behind one cell at one hour."""
        rows, team = self.rows, self.coverage.team
        number, way = rows.topics.index(topic), rows.channels.index(channel)
        block = self.coverage.blocks[number]
        kind = block.of[(difficulty - 1) * len(rows.channels) + way]
        speaking = self._speaking(number, difficulty, way, hour)
        holding = team.positions[:, sorted({line.position for line in speaking})].any(axis=1)
        skilled = team.able[:, number] >= team.rules.needed[difficulty - 1]
        there = team.present[:, hour]
        demand = 0.0 if team.demand is None else float(team.demand[number, difficulty - 1, way, hour])
        return Cell(
            served=bool(block.served[kind, hour]),
            demand=demand,
            lines=tuple(rows.lines[n] for n, line in enumerate(team.duties) if line in speaking),
            covers=self._ids(holding & skilled & there),
            away=self._ids(holding & skilled & ~there),
            unskilled=self._ids(holding & ~skilled & there),
            unasked=self._ids(~holding & skilled & there),
        )

    def _speaking(self, topic: int, difficulty: int, channel: int, hour: int) -> list[Duty]:
        team = self.coverage.team
        return [
            duty
            for duty in team.duties
            if duty.weekly[hour] and duty.cells(team.topics, team.channels)[topic, difficulty - 1, channel]
        ]

    def _ids(self, who: Flags) -> tuple[int, ...]:
        return tuple(self.rows.people[n].pk for n in np.flatnonzero(who).tolist())

    def _found(self, one: Finding) -> Found:
        rows = self.rows
        return Found(
            kind=one.kind.value,
            gap=one.is_gap,
            topic=rows.topics[one.topic],
            cells=tuple((level, rows.channels[channel]) for level, channel in one.cells),
            hours=tuple(one.hours.tolist()),
            spans=tuple((s.first, s.last, s.begin, s.end) for s in one.spans),
            demand=one.demand,
            member=rows.people[one.member].pk if one.member >= 0 else None,
            positions=tuple(rows.positions[n] for n in one.positions),
            share=one.share,
        )

    def _short(self) -> Iterable[Found]:
        rows = self.rows
        for one in shortages(self.coverage):
            yield Found(
                kind="short",
                gap=False,
                topic=rows.topics[one.topics[0]],
                cells=(),
                hours=tuple(one.hours.tolist()),
                spans=tuple((s.first, s.last, s.begin, s.end) for s in one.spans),
                demand=one.missing,
                topics=tuple(rows.topics[n] for n in one.topics),
                members=tuple(rows.people[n].pk for n in one.members),
            )

    def _strip(self, block: Block, cells: list[int]) -> Strip:
        """Hours are joined where they look alike: state, and whether any work is expected."""
        laid = unfolded(block)
        known = self.coverage.team.demand is not None
        state = np.where(laid.state[cells] > 0, GAP, np.where(laid.single[cells] >= 0, ALONE, COVERED))
        state = np.where(laid.served[cells], state, NOTHING)
        weighed = np.where((laid.demand[cells] > 0) | (not known), state, 0)
        worst, quiet = weighed.max(axis=0), state.max(axis=0)
        shown = np.where(worst > 0, worst * 2, np.where(quiet > 0, quiet * 2 - 1, 0))
        edges = np.flatnonzero(np.diff(shown, prepend=-1, append=-1))
        runs = tuple((int(a), int(b), int(shown[a])) for a, b in pairwise(edges) if shown[a])
        missing = float(np.where(laid.state[cells] > 0, laid.demand[cells], 0.0).sum())
        return Strip(self.rows.topics[block.topic], runs, missing, float(laid.demand[cells].sum()))

    def _way(self, one: Effect) -> Way:
        moves = one.move.moves if isinstance(one.move, Several) else (one.move,)
        steps = tuple(self._step(move) for move in moves)
        return Way(steps, one.removes, one.secures, tuple((kind.value, much) for kind, much in one.why))

    def _step(self, move: Move) -> Step:
        rows = self.rows
        if isinstance(move, Train):
            return Step(
                "train", member=rows.people[move.member].pk, topic=rows.topics[move.topic], level=move.level
            )
        if isinstance(move, Shift):
            person = rows.people[move.member].pk
            return Step("shift", member=person, to=_told(move.to), away=_told(move.away))
        duty = cast("Assign", move).duty
        return Step(
            "duty",
            position=rows.positions[duty.position],
            topic=rows.topics[(duty.topics or (0,))[0]],
            difficulties=duty.difficulties or (),
            channels=tuple(rows.channels[n] for n in duty.channels or ()),
            to=_told(np.flatnonzero(duty.weekly).tolist()),
        )


def _told(hours: Iterable[int]) -> tuple[tuple[int, int, int, int], ...]:
    spans = readable(np.array(sorted(hours), dtype=np.int64), 0, WEEK)
    return tuple((span.first, span.last, span.begin, span.end) for span in spans)


def picture(rows: Rows, before: Picture | None = None) -> Picture:
    """Work out the coverage of a week; of topics that do not differ from those before, nothing is worked out again."""
    alike = before is not None and _alike(rows, before.rows)
    team = _team(rows, before if alike else None)
    return Picture(rows, cover(team, before.coverage if before and alike else None))


def change(before: Picture, after: Picture) -> Change:
    """What is found after and was not before, and the reverse. Both speak of the same week, members and topics."""
    told = compare(before.coverage, after.coverage)
    return Change(
        opened=tuple(after._found(one) for one in told.opened),
        closed=tuple(before._found(one) for one in told.closed),
        uncovered=told.uncovered,
        alone=told.alone,
    )


def _alike(rows: Rows, other: Rows) -> bool:
    mine, theirs = (
        (one.monday, [p.pk for p in one.people], one.positions, one.topics, one.channels)
        for one in (rows, other)
    )
    return mine == theirs


def _team(rows: Rows, before: Picture | None) -> Team:
    """The arrays; those that are as before are the very same, so that nothing of them is worked out again."""
    made = Team(
        capacity=np.full(len(rows.people), MINUTES),
        positions=_held(rows),
        proficiency=_proficiency(rows),
        duties=_duties(rows, before),
        roster=np.clip(rows.share, 0.0, 1.0),
        channels=len(rows.channels),
        demand=rows.demand,
        rules=RULES,
        open=None if rows.open is None else np.tile(rows.open, (len(rows.channels), 1)),
    )
    if before is None:
        return made
    old = before.coverage.team
    same = {name: getattr(old, name) for name in ARRAYS if _equal(getattr(old, name), getattr(made, name))}
    duties = old.duties if made.duties == old.duties else made.duties
    return replace(made, duties=duties, **same)


def _equal(one: np.ndarray | None, other: np.ndarray | None) -> bool:
    return one is not None and other is not None and np.array_equal(one, other)


def _held(rows: Rows) -> Flags:
    made = np.zeros((len(rows.people), max(len(rows.positions), 1)), dtype=np.bool_)
    column = {pk: n for n, pk in enumerate(rows.positions)}
    for number, person in enumerate(rows.people):
        made[number, column[person.position]] = True
    return made


def _proficiency(rows: Rows) -> np.ndarray:
    made = np.zeros((len(rows.people), len(rows.topics)))
    column = {pk: n for n, pk in enumerate(rows.topics)}
    for (member, topic), level in rows.skills.items():
        made[rows.place[member], column[topic]] = level
    return made


def _duties(rows: Rows, before: Picture | None) -> tuple[Duty, ...]:
    known = dict(zip(before.rows.lines, before.coverage.team.duties, strict=True)) if before else {}
    return tuple(known.get(line) or _duty(line, rows) for line in rows.lines)


def _duty(line: Line, rows: Rows) -> Duty:
    hours = None
    if line.hours is not None:
        hours = np.zeros(WEEK, dtype=np.bool_)
        hours[sorted(line.hours)] = True
    return Duty(
        position=rows.positions.index(line.position),
        topics=_numbers(line.topics, rows.topics),
        difficulties=line.difficulties,
        channels=_numbers(line.channels, rows.channels),
        hours=hours,
        part=Part.ACCOUNTABLE if line.accountable else Part.RESPONSIBLE,
    )


def _numbers(
    chosen: tuple[int, ...] | tuple[str, ...] | None, known: tuple[object, ...]
) -> tuple[int, ...] | None:
    return None if chosen is None else tuple(known.index(one) for one in chosen if one in known)
