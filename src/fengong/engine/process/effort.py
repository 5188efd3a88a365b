"""Estimates active minutes from the gaps between events; no log of this kind records them.

After an event that says "worked on", work is taken to go on until the next event of the case, but for `CAP` minutes
at most; while a person has several such cases at once, each gets an equal share of that person's time.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.process.log import Floats, Ints, State
from fengong.engine.process.stints import Stints
from fengong.engine.simulation.desk import totals

CAP = 45.0  # minutes; about nine gaps in ten of real desks are shorter
LEAST = 1.0  # minutes: what the shortest piece of work counts


def stint_effort(stints: Stints, *, cap: float = CAP) -> Floats:
    """Return the estimated active minutes of each stint, f64[s]."""
    worked = np.flatnonzero(stints.seg_state == State.ACTIVE)
    start = stints.seg_start[worked]
    end = np.minimum(stints.seg_end[worked], start + cap)
    minutes = shared(stints.person[stints.seg_stint[worked]], start, end)
    total = np.bincount(stints.seg_stint[worked], minutes, minlength=len(stints.case))
    return np.maximum(total, LEAST)


def shared(person: Ints, start: Floats, end: Floats) -> Floats:
    """Return each interval's share of its person's time: the integral of 1 / (intervals open) over it, f64[n].

    All people are swept at once, each on a stretch of the axis of their own.
    """
    if len(person) == 0:
        return np.zeros(0)
    lane = (person - person.min()) * (end.max() - start.min() + 1.0)
    edges = np.concatenate([start + lane, end + lane])
    step = np.concatenate([np.ones(len(start)), -np.ones(len(end))])
    order = np.argsort(edges, kind="stable")
    open_after = np.cumsum(step[order])
    rate = np.where(open_after > 0, 1.0 / np.maximum(open_after, 1.0), 0.0)
    swept = np.concatenate([[0.0], np.cumsum(np.diff(edges[order]) * rate[:-1])])
    at = np.empty(len(edges))
    at[order] = swept
    return at[len(start) :] - at[: len(start)]


def segment_minutes(stints: Stints, states: tuple[State, ...]) -> Floats:
    """Return per stint how long it stood in any of `states`, minutes f64[s]."""
    inside = np.isin(stints.seg_state, [int(state) for state in states])
    spent = (stints.seg_end - stints.seg_start)[inside]
    return totals(stints.seg_stint[inside], spent, len(stints.case))
