"""All states of a small team, numbered so that kernels can walk through them.

A state is a queue state (how many of each kind wait, the last kind counting fastest) and a work state (how many tickets
of each kind each group has in hand); its number is queue * works + work. Taking a ticket leads to a smaller number of
the queue state, so one walk upwards meets every state after all those its decisions may lead to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fengong.engine.staffing.erlang import Floats
from fengong.engine.staffing.exact.team import SmallTeam

Ints = NDArray[np.int64]


class Chart(NamedTuple):
    """arrivals f64[kinds] · kind, group i64[pairs], rate f64[pairs]: who can do what · pair i64[kinds, groups], -1 =
    cannot · stride, longest i64[kinds] · waiting i64[queues, kinds], cost f64[queues] · more, less i64[works, pairs]:
    the work state with one more or less of the pair, -1 = none · held i64[works, pairs] · free i64[works, groups] ·
    members i64[groups] · top: the rate at which anything may happen at most.
    """

    arrivals: Floats
    kind: Ints
    group: Ints
    rate: Floats
    pair: Ints
    stride: Ints
    longest: Ints
    waiting: Ints
    cost: Floats
    more: Ints
    less: Ints
    held: Ints
    free: Ints
    members: Ints
    top: float

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.waiting) * len(self.held)


def chart_of(team: SmallTeam) -> Chart:
    """The states of this team. Memory and time grow with their number, so ask for small teams only."""
    rates = np.array(team.rates)
    group, kind = (part.astype(np.int64) for part in np.nonzero(rates.T))
    pair = np.full(rates.shape, -1, dtype=np.int64)
    pair[kind, group] = np.arange(len(kind))
    works = _works(group, team.members)
    held = np.array(works, dtype=np.int64)
    busy = np.stack([held[:, group == each].sum(axis=1) for each in range(len(team.members))], axis=1)
    longest = np.array(team.longest, dtype=np.int64)
    waiting = np.array(list(product(*(range(most + 1) for most in team.longest))), dtype=np.int64)
    place = {work: number for number, work in enumerate(works)}
    return Chart(
        arrivals=np.array(team.arrivals),
        kind=kind,
        group=group,
        rate=rates[kind, group],
        pair=pair,
        stride=np.array([np.prod(longest[each + 1 :] + 1) for each in range(len(longest))], dtype=np.int64),
        longest=longest,
        waiting=waiting,
        cost=np.asarray(waiting**team.power @ np.array(team.costs)),
        more=_neighbours(works, place, 1),
        less=_neighbours(works, place, -1),
        held=held,
        free=np.array(team.members) - busy,
        members=np.array(team.members, dtype=np.int64),
        top=float(sum(team.arrivals) + (held * rates[kind, group]).sum(axis=1).max()),
    )


def _works(group: Ints, members: Sequence[int]) -> list[tuple[int, ...]]:
    """Every way to have the members at work, as numbers per pair."""
    parts = []
    for each, most in enumerate(members):
        ways = product(range(most + 1), repeat=int((group == each).sum()))
        parts.append([way for way in ways if sum(way) <= most])
    return [tuple(number for part in way for number in part) for way in product(*parts)]


def _neighbours(works: list[tuple[int, ...]], place: dict[tuple[int, ...], int], step: int) -> Ints:
    found = np.full((len(works), len(works[0])), -1, dtype=np.int64)
    for number, work in enumerate(works):
        for pair, held in enumerate(work):
            found[number, pair] = place.get((*work[:pair], held + step, *work[pair + 1 :]), -1)
    return found
