"""First come first served, longest-idle server first, on any skill graph: the exact steady state.

A contact that arrives goes to the server idle longest of those who may serve its class; a server who becomes free
takes the contact waiting longest of those it may serve. Service is exponential, at a speed of the server's own for all
classes. The state is an order of the servers, busy ones by the arrival of whom they serve and idle ones by idleness,
with the numbers waiting between them. Its probability is a product, so sums over orders become recursions over sets:
2^servers terms.

Sources: Visschers, Adan, Weiss 2012, A product form solution to a system with multi-type jobs and multi-type servers;
Adan, Weiss 2014, A skill based parallel service system under FCFS-ALIS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import expm_multiply

from fengong.engine.staffing.checks import Unstable, not_negative, positive
from fengong.engine.staffing.erlang import Floats

MOST_SERVERS = 14


@dataclass(frozen=True, eq=False)
class SkillQueue:
    """The steady state; make it with `skill_queue`.

    `p_wait` f64[classes], `mean_wait` f64[classes] in units of time, `occupancy` f64[servers].
    """

    arrival_rates: Floats
    p_wait: Floats
    mean_wait: Floats
    occupancy: Floats
    sets: _Sets = field(repr=False)

    @property
    def mean_queue(self) -> Floats:
        """The mean number of each class that wait, f64[classes] (Little's law)."""
        return np.asarray(self.arrival_rates * self.mean_wait)

    def p_wait_over(self, time: float) -> Floats:
        """The share of each class that waits longer than `time` >= 0: f64[classes].

        Given the order of the busy servers, a wait is a sum of independent exponentials, one for each prefix of the
        order that holds all who could serve the class, with the spare capacity of that prefix as its rate. This is
        the product form read backwards by the distributional form of Little's law.
        """
        not_negative("time", time)
        return np.array([self.sets.waits_over(time, skilled) for skilled in self.sets.skilled])


@dataclass(frozen=True, eq=False)
class _Sets:
    """Values for each set of servers, numbered by its bits; f64[2^servers].

    `spare`: speed of the set less the arrivals only it may serve. `busy`: the summed weight of all orders in which
    the set is busy, without the idle ones; `idle`: that of the orders in which it is idle. `onward`: the summed weight
    of all ways to go on from an order that begins with the set. `skilled`: for each class, its servers as a set.
    """

    spare: Floats
    busy: Floats
    idle: Floats
    onward: Floats
    skilled: tuple[int, ...]

    @property
    def weights(self) -> Floats:
        """The probability that exactly this set is busy."""
        weights = self.busy * self.idle[::-1]  # the complement of a set is its mirror image
        return np.asarray(weights / weights.sum())

    def holding(self, members: int) -> NDArray[np.intp]:
        """All sets that hold these members, each before its supersets."""
        every = np.arange(len(self.spare))
        return np.flatnonzero(every & members == members)

    def waits_over(self, time: float, skilled: int) -> float:
        """P(wait > time) for a class: a chain that grows set by set, each left at the rate of its spare capacity."""
        inside = self.holding(skilled)
        place = {int(each): index for index, each in enumerate(inside)}
        steps = [(place[each], place[rest]) for each in place for rest in _without_one(each) if rest in place]
        rows, columns = np.array(steps, dtype=np.intp).reshape(-1, 2).T
        size = len(inside)
        chain = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
        chain = csr_array(chain - diags_array(self.spare[inside]))
        # Orders enter the chain with the last of the skilled to be busy.
        entering = np.array([sum(self.busy[each & ~bit] for bit in _bits(skilled)) for each in place])
        present = expm_multiply(chain * time, entering) if time else entering
        return float(self._stay(place, present) @ self.idle[::-1][inside] / (self.busy @ self.idle[::-1]))

    def _stay(self, place: dict[int, int], present: Floats) -> Floats:
        """How long what is `present` will still be in each set: forward substitution, a set before its supersets."""
        stay = np.zeros(len(place))
        for each, index in place.items():
            before = sum(stay[place[rest]] for rest in _without_one(each) if rest in place)
            stay[index] = (present[index] + before) / self.spare[each]
        return stay


def skill_queue(
    *, arrival_rates: Sequence[float], service_rates: Sequence[float], skills: Sequence[Sequence[int]]
) -> SkillQueue:
    """Solve FCFS-ALIS for `skills`: for each server, the classes it may serve (indices into `arrival_rates`).

    `service_rates` holds the speed of each server. About 2^servers x servers steps; up to 14 servers.
    Errors: ValueError if lengths differ, a rate is not above 0, a server or a class is left without a partner, or there
    are too many servers; Unstable if some classes bring more work than those who may serve them can do.
    """
    arrivals = np.array([positive("arrival_rates", rate) for rate in arrival_rates])
    speeds = np.array([positive("service_rates", rate) for rate in service_rates])
    skilled = _graph(len(arrivals), len(speeds), skills)
    every = np.arange(1 << len(speeds))
    speed = np.asarray(sum((every >> server & 1) * rate for server, rate in enumerate(speeds)))
    captive = sum(
        (every & servers == servers) * rate for servers, rate in zip(skilled, arrivals, strict=True)
    )
    spare = np.asarray(speed - captive, dtype=np.float64)
    swamped = spare <= 1e-12 * speed  # nearer than that, rounding decides; the empty set always counts
    if swamped[1:].any():
        least = 1 + int(np.argmax(swamped[1:]))
        names = [server for server in range(len(speeds)) if least >> server & 1]
        raise Unstable(f"unstable: what only servers {names} may serve is more than they can do")
    sets = _solved(spare, arrivals, skilled)
    weights, orders = sets.weights, sets.busy * sets.onward / (sets.busy @ sets.idle[::-1])
    held = [sets.holding(servers) for servers in skilled]
    return SkillQueue(
        arrivals,
        np.array([weights[inside].sum() for inside in held]),
        np.array([(orders[inside] / spare[inside]).sum() for inside in held]),
        np.array([weights[every >> server & 1 == 1].sum() for server in range(len(speeds))]),
        sets,
    )


def _graph(classes: int, servers: int, skills: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """For each class, the set of its servers."""
    if not classes:
        raise ValueError("arrival_rates must name at least one class")
    if len(skills) != servers or not 0 < servers <= MOST_SERVERS:
        raise ValueError(f"skills and service_rates must name the same 1 to {MOST_SERVERS} servers")
    skilled = [0] * classes
    for server, served in enumerate(skills):
        if not served or not all(0 <= each < classes for each in served):
            raise ValueError(f"skills: server {server} must serve at least one class of 0..{classes - 1}")
        for each in served:
            skilled[each] |= 1 << server
    if not all(skilled):
        raise ValueError(f"skills: nobody serves class {skilled.index(0)}")
    return tuple(skilled)


def _solved(spare: Floats, arrivals: Floats, skilled: tuple[int, ...]) -> _Sets:
    """The three recursions over sets; weights are scaled by each set's own rates only, so all terms are positive."""
    size = len(spare)
    busy, idle, onward = np.ones(size), np.ones(size), np.ones(size)
    for each in range(1, size):
        wanted = sum(rate for rate, servers in zip(arrivals, skilled, strict=True) if servers & each)
        busy[each] = sum(busy[rest] for rest in _without_one(each)) / spare[each]
        idle[each] = sum(idle[rest] for rest in _without_one(each)) / wanted
    whole = size - 1
    for each in range(whole, -1, -1):
        more = sum(onward[each | bit] / spare[each | bit] for bit in _bits(whole & ~each))
        onward[each] = idle[whole & ~each] + more
    return _Sets(spare, busy, idle, onward, skilled)


def _bits(members: int) -> list[int]:
    return [1 << place for place in range(members.bit_length()) if members >> place & 1]


def _without_one(members: int) -> list[int]:
    return [members & ~bit for bit in _bits(members)]
