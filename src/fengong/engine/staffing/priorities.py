"""M/M/c with classes of priority: who is served is never interrupted, and the highest class waiting goes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, exp, pi, sqrt

import numpy as np

from fengong.engine.staffing.checks import not_negative, positive, stable, whole
from fengong.engine.staffing.erlang import erlang_c

_MOST_NODES = 1 << 20


@dataclass(frozen=True)
class ClassWait:
    """How one class waits in M/M/c with non-preemptive priorities; made by `priority_waits`.

    In units of time of the caller: `busy_rate` = servers x service rate. `above` is the share of all capacity that
    higher classes take, `through` that of this class and all higher ones.
    Source: Cobham 1954, Priority assignment in waiting line problems; Kella, Yechiali 1985, Waiting times in the
    non-preemptive priority M/M/c queue: a wait is, if there is any, that in M/M/1 with `busy_rate`.
    """

    arrival_rate: float
    busy_rate: float
    p_wait: float
    above: float
    through: float

    @property
    def mean_wait(self) -> float:
        """The mean wait of the class: C / (c mu (1 - above)(1 - through))."""
        return self.p_wait / (self.busy_rate * (1 - self.above) * (1 - self.through))

    @property
    def mean_queue(self) -> float:
        """The mean number of the class that wait (Little's law)."""
        return self.arrival_rate * self.mean_wait

    @property
    def second_moment(self) -> float:
        """The mean squared wait of the class: the work ahead, drawn out by busy periods of higher classes."""
        free, left = 1 - self.above, 1 - self.through
        own = 2 / (left * free) ** 2
        drawn_out = 2 * self.above / (left * free**3)
        return self.p_wait * (own + drawn_out) / self.busy_rate**2

    def p_wait_over(self, time: float) -> float:
        """The share of the class that waits longer than `time` >= 0, to about 1e-12.

        Source: Davis 1966, Waiting-time distribution of a multi-server, priority queueing system; here as a mixture
        of exponentials: the cut and the pole of the transform r / (r + z(s)) of Kella and Yechiali.
        """
        scaled = not_negative("time", time) * self.busy_rate
        left, own = 1 - self.through, self.through - self.above
        pole = left * own / self.through
        root = own / self.through - left  # there is a pole only if this is above 0
        apart = (
            2 * left * root / (root + 1 + self.above - pole) / pole * exp(-pole * scaled) if root > 0 else 0.0
        )
        return self.p_wait * (apart + self._cut(scaled, pole, abs(root)))

    def service_level(self, time: float) -> float:
        """The share of the class answered within `time` >= 0."""
        return 1 - self.p_wait_over(time)

    def _cut(self, time: float, pole: float, distance: float) -> float:
        """The exponentials with rates between (1 - sqrt(above))^2 and (1 + sqrt(above))^2, by the midpoint rule.

        The number of nodes follows from how near the singularities lie; a pole too near is taken out and added exactly.
        """
        if not self.above:
            return 0.0
        half = 2 * sqrt(self.above)
        nodes = min(_MOST_NODES, ceil(max(256, 40 / (1 - self.above), sqrt(40 * half * time))))
        angle = (np.arange(nodes) + 0.5) * pi / nodes
        rate = ((1 - self.above) / (1 + sqrt(self.above))) ** 2 + 2 * half * np.cos(angle / 2) ** 2
        height = (half * np.sin(angle)) ** 2 / 2
        beyond = rate - pole
        if distance * nodes > 20 * half:
            mixture, exact = np.exp(-rate * time) / (rate * beyond), 0.0
        else:
            slope = np.divide(np.expm1(-beyond * time), beyond, out=np.full(nodes, -time), where=beyond != 0)
            mixture = (slope - 1 / pole) / rate * exp(-pole * time)
            exact = (1 + self.above - pole - distance) / 2 / pole * exp(-pole * time)
        return (1 - self.through) / self.through * (float((height * mixture).sum()) / nodes + exact)


def priority_waits(
    *, arrival_rates: Sequence[float], service_rate: float, servers: int
) -> tuple[ClassWait, ...]:
    """Solve M/M/c with non-preemptive priorities and one service rate; `arrival_rates` from the highest class down.

    Errors: ValueError if a rate is not above 0, no class is given or `servers` < 1; Unstable if the servers cannot
    keep up with all classes together.
    """
    if not len(arrival_rates):
        raise ValueError("arrival_rates must name at least one class")
    for rate in arrival_rates:
        positive("arrival_rates", rate)
    busy = whole("servers", servers) * positive("service_rate", service_rate)
    through = [rate / busy for rate in accumulate(arrival_rates)]
    stable(servers, through[-1] * servers)
    p_wait = erlang_c(servers, through[-1] * servers)
    above = [0.0, *through[:-1]]
    return tuple(
        ClassWait(rate, busy, p_wait, *shares)
        for rate, *shares in zip(arrival_rates, above, through, strict=True)
    )
