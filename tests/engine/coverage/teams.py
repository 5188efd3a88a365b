"""Random small teams, and what covers them counted cell by cell in plain loops."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from fengong.engine.coverage.findings import Finding, Kind
from fengong.engine.coverage.team import WEEK, Duty, Part, Rules, Team

Cell = tuple[int, int, int, int]  # topic, difficulty, channel, hour


@st.composite
def some(draw: st.DrawFn, *, demand: bool | None = None) -> Team:
    """A few members, topics and duties; hours that differ within the week and from week to week."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    return made(dice, demand=draw(st.booleans()) if demand is None else demand)


def made(dice: np.random.Generator, *, demand: bool) -> Team:
    people, topics, channels, positions = (int(dice.integers(1, most)) for most in (6, 4, 3, 4))
    hours = int(dice.choice((30, 168, 200)))
    opened = dice.random((channels, hours)) < 0.8 if dice.random() < 0.5 else None
    wanted = dice.integers(0, 4, (topics, 3, channels, hours)) * 2.5
    if opened is not None:
        wanted = wanted * opened[None, None]
    levels = dice.integers(0, 6, (people, topics)).astype(float)
    return Team(
        capacity=dice.choice((2.0, 5.0, 7.5), people),
        positions=dice.random((people, positions)) < 0.5,
        proficiency=levels,
        uncertainty=dice.choice((0.0, 0.5, 1.5), levels.shape) if dice.random() < 0.5 else None,
        duties=tuple(duty(dice, positions, topics, channels) for _ in range(dice.integers(0, 6))),
        roster=dice.choice((0.0, 0.5, 1.0), (people, hours)),
        breaks=dice.choice((0.0, 0.5), (people, hours)) if dice.random() < 0.5 else None,
        channels=channels,
        demand=wanted if demand else None,
        open=opened,
        start=int(dice.integers(0, WEEK)),
        rules=Rules(sure=float(dice.choice((0.0, 1.0))), most_responsible=1, most_share=0.45),
    )


def duty(dice: np.random.Generator, positions: int, topics: int, channels: int) -> Duty:
    def few(values: range) -> tuple[int, ...] | None:
        picked = tuple(v for v in values if dice.random() < 0.6)
        return picked if dice.random() < 0.7 else None

    return Duty(
        position=int(dice.integers(0, positions)),
        topics=few(range(topics)),
        difficulties=few(range(1, 4)),
        channels=few(range(channels)),
        hours=np.repeat(dice.random(21) < 0.6, 8) if dice.random() < 0.7 else None,
        part=dice.choice(list(Part)),
    )


@dataclass
class Counted:
    """What loops find; one entry a cell and hour."""

    who: dict[Cell, list[int]] = field(default_factory=dict)
    wrong: set[tuple[Kind, int, tuple[int, ...], Cell]] = field(default_factory=set)
    carried: dict[tuple[int, int], float] = field(default_factory=dict)
    covered: dict[int, float] = field(default_factory=dict)


def counted(team: Team) -> Counted:
    """The oracle: every cell at every hour by itself, every duty and member looked at."""
    tally = Counted()
    for topic in range(team.topics):
        for difficulty in (1, 2, 3):
            for channel in range(team.channels):
                for hour in range(team.hours):
                    if team.open is None or team.open[channel, hour]:
                        _count(team, tally, (topic, difficulty, channel, hour))
    return tally


def _count(team: Team, tally: Counted, cell: Cell) -> None:
    topic, _, _, hour = cell
    on = {part: on_duty(team, cell, part) for part in Part}
    workers = on[Part.RESPONSIBLE] | on[Part.ACCOUNTABLE]
    holders = [m for m in range(team.members) if any(team.positions[m, p] for p in workers)]
    skilled = [m for m in range(team.members) if is_skilled(team, m, cell)]
    there = [m for m in range(team.members) if worked(team, m, hour) > 0]
    who = sorted(set(holders) & set(skilled) & set(there))
    tally.who[cell] = who
    if not who:
        tally.wrong.add((_why(set(holders), set(skilled), set(there)), -1, (), cell))
    if len(who) == 1:
        tally.wrong.add((Kind.SINGLE, who[0], (), cell))
    for kind, part, most in (
        (Kind.ACCOUNTABLE, Part.ACCOUNTABLE, team.rules.most_accountable),
        (Kind.RESPONSIBLE, None, team.rules.most_responsible),
    ):
        having = on[part] if part else workers
        if most is not None and len(having) > most:
            tally.wrong.add((kind, -1, tuple(sorted(having)), cell))
    expected = expected_of(team, cell)
    room = {m: team.capacity[m] * worked(team, m, hour) for m in who}
    for m in who:
        part = expected * room[m] / sum(room.values())
        tally.carried[topic, m] = tally.carried.get((topic, m), 0.0) + part
    tally.covered[topic] = tally.covered.get(topic, 0.0) + (expected if who else 0.0)


def _why(holders: set[int], skilled: set[int], there: set[int]) -> Kind:
    if not holders:
        return Kind.UNASSIGNED if skilled & there else Kind.NOBODY
    return Kind.ABSENT if holders & skilled else Kind.UNSKILLED


def on_duty(team: Team, cell: Cell, part: Part) -> set[int]:
    topic, difficulty, channel, hour = cell
    now = (hour + team.start) % WEEK
    return {
        d.position
        for d in team.duties
        if d.part == part
        and (d.topics is None or topic in d.topics)
        and (d.difficulties is None or difficulty in d.difficulties)
        and (d.channels is None or channel in d.channels)
        and (d.hours is None or d.hours[now])
    }


def is_skilled(team: Team, member: int, cell: Cell) -> bool:
    level = team.proficiency[member, cell[0]]
    doubt = team.rules.sure * (team.uncertainty[member, cell[0]] if team.uncertainty is not None else 0)
    return level > 0 and level - doubt > 0 and level - doubt >= team.rules.needed[cell[1] - 1] - 1e-9


def worked(team: Team, member: int, hour: int) -> float:
    off = 0.0 if team.breaks is None else team.breaks[member, hour]
    return max(0.0, team.roster[member, hour] - off)


def expected_of(team: Team, cell: Cell) -> float:
    topic, difficulty, channel, hour = cell
    return 1.0 if team.demand is None else float(team.demand[topic, difficulty - 1, channel, hour])


def told(findings: tuple[Finding, ...]) -> list[tuple[Kind, int, tuple[int, ...], Cell]]:
    """Findings cell by cell, but for dependence."""
    return [
        (one.kind, one.member, one.positions, (one.topic, difficulty, channel, hour))
        for one in findings
        if one.kind is not Kind.DEPENDENCE
        for difficulty, channel in one.cells
        for hour in one.hours.tolist()
    ]
