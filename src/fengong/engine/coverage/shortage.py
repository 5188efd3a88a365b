"""Where people cover, and are together too few: exactly, with a certificate anybody can add up.

In one hour demand is met when a flow from the cells through those who cover them fills every cell. By the theorem of
max-flow and min-cut (Ford and Fulkerson 1956, Canadian Journal of Mathematics 8, 399-404) what is missing is the most
by which the demand of a set of cells exceeds the capacity of all who cover any of them: Hall's condition (1935, Journal
of the London Mathematical Society 10, 26-30) with amounts. The cut is that set, so the set is the proof.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from fengong.engine.coverage.cover import Coverage
from fengong.engine.coverage.spans import Span, readable
from fengong.engine.coverage.team import Flags, Floats, Ints

ROUNDS = 12  # of the quick test that most hours pass; it decides nothing by itself
GRID = 1 << 29  # the flow counts in whole parts; an hour's demand is this many at the most


@dataclass(frozen=True, eq=False)
class Shortage:
    """The only coverers of these topics' work are too few at these `hours` int[n].

    `topics`, `members`: the certificate: of the cells in question, all who cover any. `demand`, `capacity` f[n]: by the
    hour, of those cells and of those members. What is missing is the difference; no other set of cells misses more.
    """

    topics: tuple[int, ...]
    members: tuple[int, ...]
    hours: Ints
    demand: Floats
    capacity: Floats
    start: int
    horizon: int

    @property
    def missing(self) -> float:
        """Effort that is expected and cannot be done, over all these hours."""
        return float((self.demand - self.capacity).sum())

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The hours as spans one can read."""
        return readable(self.hours, self.start, self.horizon)


@dataclass(frozen=True, eq=False)
class _Work:
    """Covered demand by distinct row of members: `may` f[R, M], `demand` f[R, H], `room` f[M, H]; `topics` of each."""

    may: Floats
    demand: Floats
    room: Floats
    topics: tuple[tuple[tuple[int, Floats], ...], ...]


_Tight = tuple[tuple[int, ...], tuple[int, ...], float, float]


def shortages(coverage: Coverage) -> tuple[Shortage, ...]:
    """Every set of topics whose coverers are too few, most missing first; none where no demand is known.

    For each hour the sets are those of the least cut, parted where they share no member; what they miss adds up to all
    that cannot be done. Demand that nobody covers is a gap and not counted here. Exact to 1 part in 2**29 of an hour's
    demand.
    """
    if coverage.team.demand is None:
        return ()
    work = _work(coverage)
    by_set: dict[tuple[tuple[int, ...], tuple[int, ...]], list[tuple[int, float, float]]] = defaultdict(list)
    for hour in _doubtful(work).tolist():
        for topics, members, demand, capacity in _tight(work, hour):
            by_set[topics, members].append((hour, demand, capacity))
    made = (_shortage(coverage, *which, rows) for which, rows in by_set.items())
    return tuple(sorted(made, key=lambda one: (-one.missing, one.topics)))


def missing(coverage: Coverage) -> float:
    """Covered effort over the horizon that cannot be done for want of capacity."""
    return sum(one.missing for one in shortages(coverage))


def _shortage(
    coverage: Coverage,
    topics: tuple[int, ...],
    members: tuple[int, ...],
    rows: list[tuple[int, float, float]],
) -> Shortage:
    hours = np.array([hour for hour, _, _ in rows], dtype=np.int64)
    demand, capacity = (np.array([row[place] for row in rows]) for place in (1, 2))
    return Shortage(topics, members, hours, demand, capacity, coverage.team.start, coverage.team.hours)


def _work(coverage: Coverage) -> _Work:
    """Rows of members that are the same in several topics are one."""
    place: dict[bytes, int] = {}
    may: list[Flags] = []
    parts: list[list[tuple[int, Floats]]] = []
    for block in coverage.blocks:
        for row, demand in zip(block.may, block.by_row, strict=True):
            if not demand.any():
                continue
            number = place.setdefault(row.tobytes(), len(may))
            if number == len(may):
                may.append(row)
                parts.append([])
            parts[number].append((block.topic, demand))
    shape = (0, coverage.team.hours)
    demand = np.array([sum(part for _, part in of) for of in parts]) if parts else np.empty(shape)
    rows = np.array(may, dtype=np.float64).reshape(len(may), coverage.team.members)
    return _Work(rows, demand, coverage.ground.presence.working, tuple(tuple(of) for of in parts))


def _doubtful(work: _Work) -> Ints:
    """The hours for which no division of the work within capacity was found quickly.

    Each cell is divided in proportion to a weight of each member, first the capacity; who gets too much weighs less in
    the next round. A division in which nobody gets too much proves that an hour is well; the flow decides the others.
    """
    hours = np.flatnonzero(work.demand.any(axis=0))
    weight = work.room[:, hours].copy()
    for _ in range(ROUNDS):
        if not len(hours):
            break
        demand, room = work.demand[:, hours], work.room[:, hours]
        there = work.may @ weight
        rate = np.divide(demand, there, out=np.zeros_like(there), where=there > 0)
        load = weight * (work.may.T @ rate)
        left = (load > room).any(axis=0)
        ease = np.divide(room, load, out=np.ones_like(load), where=load > room)
        weight, hours = (weight * ease)[:, left], hours[left]
    return hours


def _tight(work: _Work, hour: int) -> list[_Tight]:
    """The sets of one hour that miss something."""
    rows = np.flatnonzero(work.demand[:, hour] > 0)
    people = np.flatnonzero((work.room[:, hour] > 0) & work.may[rows].any(axis=0))
    edges = work.may[np.ix_(rows, people)] > 0
    demand, room = work.demand[rows, hour], work.room[people, hour]
    inside, helpers = _least_cut(edges, demand, room)
    if not inside.any():
        return []
    found = []
    for mine, theirs in _apart(edges, inside, helpers):
        lack = float(demand[mine].sum() - room[theirs].sum())
        if lack > demand.sum() / GRID * len(rows):
            topics = {t for row in rows[mine] for t, part in work.topics[row] if part[hour] > 0}
            names = tuple(people[theirs].tolist())
            found.append((tuple(sorted(topics)), names, float(demand[mine].sum()), float(room[theirs].sum())))
    return found


def _least_cut(edges: Flags, demand: Floats, room: Floats) -> tuple[Flags, Flags]:
    """The cells bool[r] and members bool[p] on the near side of the smallest least cut."""
    cells, people = edges.shape
    scale = GRID / demand.sum()
    wanted = np.floor(demand * scale).astype(np.int32)
    can = np.ceil(np.minimum(room, demand.sum()) * scale).astype(np.int32)
    one, other = np.nonzero(edges)
    source, sink = cells + people, cells + people + 1
    starts = np.concatenate((np.full(cells, source), one, cells + np.arange(people)))
    ends = np.concatenate((np.arange(cells), cells + other, np.full(people, sink)))
    most = np.concatenate((wanted, wanted[one], can))
    graph = csr_array((most, (starts, ends)), shape=(sink + 1, sink + 1))
    flow = maximum_flow(graph.astype(np.int32), source, sink)
    if flow.flow_value == wanted.sum():
        return np.zeros(cells, dtype=np.bool_), np.zeros(people, dtype=np.bool_)
    # A cell whose way to a member is full sends all it has there, and is near only where that member is: so the near
    # side holds every coverer of its cells.
    residual = (graph - flow.flow).tocsr()
    residual.eliminate_zeros()
    near = np.zeros(sink + 1, dtype=np.bool_)
    near[breadth_first_order(residual, source, return_predecessors=False)] = True
    return near[:cells], near[cells:source]


def _apart(edges: Flags, inside: Flags, helpers: Flags) -> list[tuple[Ints, Ints]]:
    """The near side in parts that share no member."""
    mine, theirs = np.flatnonzero(inside), np.flatnonzero(helpers)
    one, other = np.nonzero(edges[np.ix_(mine, theirs)])
    size = len(mine) + len(theirs)
    graph = csr_array((np.ones(len(one)), (one, len(mine) + other)), shape=(size, size))
    count, part = connected_components(graph, directed=False)
    return [
        (mine[part[: len(mine)] == number], theirs[part[len(mine) :] == number]) for number in range(count)
    ]
