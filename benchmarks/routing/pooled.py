"""What nobody, or hardly anybody, can beat: one queue for everybody, and a clairvoyant relaxation.

Pooled: every member knows every topic best, works at the pace of the fastest, never fails and is never slowed down by a
second ticket. Where all service times are alike this is a bound of the mean wait of any policy that does not know them
beforehand; where they differ it is a yardstick.

Relaxed: all members together are one machine that may leave off and go on with any ticket, and it knows everything
beforehand. With r_j the arrival, p_j the work and w_j the weight of ticket j, and M_j the mean time at which the
machine works on j if it always takes the greatest w/p there is, the waits W_j before an unbroken service at the pace 1
satisfy sum w_j W_j >= sum w_j (M_j - p_j / 2 - r_j), for any policy (mean busy times: Goemans, Queyranne, Schulz,
Skutella, Wang 2002, Single machine scheduling with release dates, SIAM J. Discrete Math. 15; the fast machine: Schulz,
Skutella 2002, Scheduling unrelated machines by randomized rounding, same volume).
"""

from __future__ import annotations

import heapq
from dataclasses import replace

import numpy as np

from benchmarks.routing.objective import PRIORITY, Floats
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group
from fengong.engine.simulation.centre.result import Result


def pooled(model: Model) -> Model:
    """The same tickets and hours with everybody able to do everything."""
    skills = dict.fromkeys(range(model.topics), 5.0)
    pace = min(_fastest(group) for group in model.crew) * _growth(model)
    crew = tuple(
        replace(group, skills=skills, tier=1, pace=pace, strain=(1.0, 1.0, 1.0)) for group in model.crew
    )
    streams = tuple(replace(stream, difficulty=1, graded=1, tier=1) for stream in model.streams)
    behaviour = Behaviour(guarded=model.behaviour.guarded, pausing=model.behaviour.pausing)
    return replace(model, crew=crew, streams=streams, behaviour=behaviour)


def _fastest(group: Group) -> float:
    return group.pace if isinstance(group.pace, float | int) else min(group.pace.values())


def _growth(model: Model) -> float:
    """How much faster practice may make the best."""
    speed = model.behaviour.speed
    best = max(level for group in model.crew for level in group.skills.values())
    return min(1.0, min(speed) / float(np.interp(best, range(6), speed)))


def relaxed_waiting(model: Model, result: Result) -> float:
    """A lower bound of the objective's waiting term for the very tickets of this run of the pooled model; 0 at least.

    Holds where work is never broken off and customers never give up: needs a run with all its tickets recorded.
    """
    records = result.records
    if records is None:
        raise ValueError("the run must record its tickets")
    weight = np.array([PRIORITY[s.priority - 1] / s.promise for s in model.streams])[records.stream]
    edges, heads = presence(model)
    busy = mean_busy_times(records.arrival, records.worked, weight, edges, heads)
    tried = np.array(
        [model.behaviour.tried * (s.difficulty > (s.graded or s.difficulty)) for s in model.streams]
    )
    lead = records.worked * (0.5 + tried[records.stream])
    waits = weight * (busy - lead - records.arrival)
    return max(0.0, float(waits.sum()) / max(1, int(result.counts.offered.sum())))


def presence(model: Model) -> tuple[Floats, Floats]:
    """How many are there: `heads[i]` from `edges[i]` minutes on, over the whole run."""
    steps: dict[float, float] = {0.0: 0.0}
    days = range(int(np.ceil(model.horizon / model.cycle)))
    for group in model.crew:
        for day, shift in ((day, shift) for day in days for shift in group.shifts):
            spans = [
                (shift.start, 1),
                *((a, -1) for a, _ in shift.breaks),
                *((b, 1) for _, b in shift.breaks),
            ]
            for at, sign in [*spans, (shift.end, -1)]:
                place = day * model.cycle + at
                steps[place] = steps.get(place, 0.0) + sign * group.count
    edges = np.array(sorted(steps))
    return edges, np.cumsum([steps[edge] for edge in edges.tolist()])


def mean_busy_times(arrival: Floats, work: Floats, weight: Floats, edges: Floats, speed: Floats) -> Floats:
    """M_j as above, f64[n], where the machine has the speed `speed[i]` from `edges[i]` on. Raises ValueError where work
    is left when the speed stays zero.
    """
    work = np.maximum(work, 1e-9)
    order, left, busy = np.argsort(arrival, kind="stable").tolist(), work.copy(), np.zeros(len(work))
    times = np.unique(np.concatenate([arrival, edges])).tolist()
    waiting: list[tuple[float, int]] = []
    ahead = 0
    for now, until in zip(times, [*times[1:], np.inf], strict=True):
        while ahead < len(order) and arrival[order[ahead]] <= now:
            heapq.heappush(waiting, (-weight[order[ahead]] / work[order[ahead]], order[ahead]))
            ahead += 1
        _work_on(
            waiting, left, busy, (now, until), float(speed[max(0, np.searchsorted(edges, now, "right") - 1)])
        )
    if waiting:
        raise ValueError("nobody is there to finish the work")
    return busy / work


def _work_on(
    waiting: list[tuple[float, int]], left: Floats, busy: Floats, span: tuple[float, float], speed: float
) -> None:
    now, until = span
    while waiting and speed > 0 and now < until:
        job = waiting[0][1]
        end = min(until, now + left[job] / speed)
        done = (end - now) * speed
        busy[job] += done * (now + end) / 2.0
        left[job] -= done
        now = end
        if left[job] <= 1e-12:
            heapq.heappop(waiting)
