"""What each person can do and hold, from what they did and held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.process.log import DAY, Bools, Floats, Ints
from fengong.engine.process.stints import Stints

ATTEMPT = 5.0  # minutes: a stint shorter than this that resolved nothing only passed the case on
CREDITS = (0.5, 1.5, 4.0, 10.0)  # credits from which proficiency is 2, 3, 4, 5
UNSOLVED = 0.3  # credits of an attempt that did not solve the case; one that did counts 1
PRIOR = 4.0  # attempts at the average rate that everyone starts with, when rates are compared
REGULAR = 10  # stints
FEW = 5  # a topic that fewer people of a line know is open to the whole line


@dataclass(frozen=True, slots=True)
class Attempts:
    """The stints that were attempts, as a mask bool[s], and among them those by someone of a sufficient line."""

    tried: Bools
    able: Bools


def attempts(stints: Stints, tier: Ints, difficulty: Ints) -> Attempts:
    """Tell attempts from mere passing on. `tier` i64[s] is the line of each stint, `difficulty` i64[cases]."""
    tried = (stints.resolved == 1) | (stints.end - stints.start >= ATTEMPT)
    return Attempts(tried, tried & (tier >= difficulty[stints.case]))


@dataclass(frozen=True, slots=True)
class Skills:
    """`level` f64[m, topics]: 0 none, else whole 1..5. `before` i64[s]: the level each stint's member would have had
    without that stint, so that what follows from a level is not what made it.
    """

    level: Floats
    before: Ints


def skills(
    *, member: Ints, topic: Ints, solved: Ints, able: Bools, tier: Ints, team: Ints, topics: int
) -> Skills:
    """Estimate proficiency.

    Arguments by stint: `member`, `topic`, `solved` (0/1), `able` (an attempt within their line). By member: `tier`,
    `team`. Own credits give 1 to 5, one less where the person's rate of success, drawn towards the average, is under
    three quarters of it. Whoever's team has handled a topic has at least what their line is expected to have: 1, 2, 3;
    where fewer than `FEW` people of a line have a topic, all of the line are taken to have that.
    """
    m = len(tier)
    tries, wins = np.zeros((m, topics)), np.zeros((m, topics))
    np.add.at(tries, (member[able], topic[able]), 1.0)
    np.add.at(wins, (member[able], topic[able]), solved[able].astype(float))
    average = float(wins.sum() / max(1.0, tries.sum()))
    least = _least(member, topic, tier, team, topics)
    level = np.maximum(_own_level(tries, wins, average), least)
    for line in np.unique(tier):
        of_line = tier == line
        rare = (level[of_line] > 0).sum(axis=0) < FEW
        level[np.ix_(of_line, rare)] = np.maximum(level[np.ix_(of_line, rare)], float(line))
    without = _own_level(tries[member, topic] - able, wins[member, topic] - able * solved, average)
    return Skills(level, np.maximum(without, least[member, topic]).astype(np.int64))


def _own_level(tries: Floats, wins: Floats, average: float) -> Floats:
    credit = wins + UNSOLVED * (tries - wins)
    level = 1.0 + np.digitize(credit, CREDITS)
    level[tries == 0] = 0.0
    rate = (wins + PRIOR * average) / (tries + PRIOR)
    return np.asarray(level - ((level > 1) & (rate < 0.75 * average)))


def _least(member: Ints, topic: Ints, tier: Ints, team: Ints, topics: int) -> Floats:
    touched = np.zeros((int(team.max()) + 1, topics), dtype=bool)
    touched[team[member], topic] = True
    return np.where(touched[team], tier[:, None].astype(float), 0.0)


def held_at_once(stints: Stints, member: Ints, count: int, waiting: Floats) -> Floats:
    """Return the most cases each member held at one time, f64[m]; `waiting` f64[s] for customers does not count."""
    end = np.maximum(stints.end - waiting, stints.start)
    who = np.concatenate([member, member])
    at = np.concatenate([stints.start, end])
    step = np.concatenate([np.ones(len(member)), -np.ones(len(member))])
    order = np.lexsort((step, at, who))
    running = np.cumsum(step[order])
    most = np.zeros(count)
    np.maximum.at(most, who[order], running)
    return np.maximum(most, 1.0)


def at_least_usual(most: Floats, taken: Ints, tier: Ints) -> Floats:
    """Return each member's most, but at least what three in four regular members of the line reach; f64[m].

    A log that shows someone twice says nothing about what they could hold; `REGULAR` stints make a regular.
    """
    out = most.copy()
    for line in np.unique(tier):
        of_line = tier == line
        regular = of_line & (taken >= REGULAR)
        usual = np.percentile(most[regular if regular.any() else of_line], 75)
        out[of_line] = np.maximum(out[of_line], usual)
    return out


def busiest_day(member: Ints, start: Floats, effort: Floats, count: int) -> Floats:
    """Return the most effort each member began on one day, minutes f64[m]."""
    day = (start // DAY).astype(np.int64)
    key = member * (int(day.max(initial=0)) + 1) + day
    codes, inverse = np.unique(key, return_inverse=True)
    sums = np.bincount(inverse, effort)
    most = np.zeros(count)
    np.maximum.at(most, codes // (int(day.max(initial=0)) + 1), sums)
    return most
