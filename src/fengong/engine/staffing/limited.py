"""M/M/c/K: at most `places` contacts inside, waiting or in service; who comes when it is full is turned away."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isinf

import numpy as np
from scipy.special import gammaincc

from fengong.engine.staffing.checks import not_negative, positive, whole
from fengong.engine.staffing.erlang import Floats, below


@dataclass(frozen=True, eq=False)
class LimitedQueue:
    """The steady state of M/M/c/K; make it with `limited_queue`.

    `p_blocked` is a share of all who come; `p_wait` and the waits are about those who were let in.
    `met` f64[places - servers]: the chance that one who was let in finds all busy and 0, 1, … waiting.
    Source: Gross, Shortle, Thompson, Harris 2008, Fundamentals of Queueing Theory, chapter 2: beyond "all busy" each
    state is (lambda / c mu) times as likely as the one before.
    """

    arrival_rate: float
    service_rate: float
    servers: int
    places: int
    p_blocked: float
    p_admitted: float
    met: Floats = field(repr=False)

    @property
    def p_wait(self) -> float:
        """The share of those let in that have to wait."""
        return float(self.met.sum())

    @property
    def mean_wait(self) -> float:
        """The mean wait of those let in; one who finds k waiting waits for k + 1 completions."""
        return float(self.met @ np.arange(1, len(self.met) + 1)) / (self.servers * self.service_rate)

    @property
    def mean_queue(self) -> float:
        """The mean number waiting (Little's law)."""
        return self.arrival_rate * self.p_admitted * self.mean_wait

    @property
    def occupancy(self) -> float:
        """The share of their time that servers are busy, 0..1."""
        return self.arrival_rate * self.p_admitted / (self.servers * self.service_rate)

    def p_wait_over(self, time: float) -> float:
        """The share of those let in that wait longer than `time` >= 0: a mixture of Erlang distributions."""
        done = self.servers * self.service_rate * not_negative("time", time)
        return float(self.met @ gammaincc(np.arange(1, len(self.met) + 1), done))


def limited_queue(*, arrival_rate: float, service_rate: float, servers: int, places: int) -> LimitedQueue:
    """Solve M/M/c/K with K = `places`; any load is stable.

    Errors: ValueError if a rate is not above 0, `servers` < 1 or `places` < `servers`.
    """
    load = positive("arrival_rate", arrival_rate) / positive("service_rate", service_rate)
    whole("places", places, whole("servers", servers))
    room = places - servers
    # States "all busy, k waiting" relative to the likeliest of them, so that no power overflows.
    if load > servers:
        full = (servers / load) ** np.arange(room, -1, -1.0)
    else:
        full = (load / servers) ** np.arange(room + 1.0)
    free = below(servers, load) * float(full[0])
    total = free + float(full.sum())
    p_blocked = float(full[-1]) / total
    admitted = free + float(full[:-1].sum())
    p_admitted = 1.0 if isinf(total) else admitted / total
    return LimitedQueue(
        arrival_rate, service_rate, servers, places, p_blocked, p_admitted, full[:-1] / admitted
    )
