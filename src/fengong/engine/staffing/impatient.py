"""M/M/c+M, Erlang A: contacts wait in one line and each gives up after an exponential time of its own."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, floor, inf, log

import numpy as np
from scipy.optimize import brentq

from fengong.engine.staffing.checks import not_negative, positive, share, whole
from fengong.engine.staffing.erlang import below

_MOST_TERMS = 1 << 24


@dataclass(frozen=True)
class ImpatientQueue:
    """The steady state of M/M/c+M; make it with `impatient_queue`.

    Rates per unit of time, waits in that unit; a wait ends when service begins or the contact gives up.
    `queue_if_busy`: the mean number waiting while all servers are busy.
    Sources: Palm 1957; Garnett, Mandelbaum, Reiman 2002, Designing a call center with impatient customers;
    waits from Zeltyn, Mandelbaum 2005, Call centers with impatient customers, taken to exponential patience, where the
    offered wait has the density lambda p(c-1) exp(lambda (1 - e^(-theta t)) / theta - c mu t).
    """

    arrival_rate: float
    service_rate: float
    abandonment_rate: float
    servers: int
    p_wait: float
    queue_if_busy: float

    @property
    def mean_queue(self) -> float:
        """The mean number waiting."""
        return self.p_wait * self.queue_if_busy

    @property
    def mean_wait(self) -> float:
        """The mean wait of all contacts, answered or not (Little's law)."""
        return self.mean_queue / self.arrival_rate

    @property
    def p_abandon(self) -> float:
        """The share of contacts that give up: each one waiting does so at the abandonment rate."""
        return self.abandonment_rate * self.mean_wait

    @property
    def occupancy(self) -> float:
        """The share of their time that servers are busy, 0..1."""
        return self.arrival_rate * (1 - self.p_abandon) / (self.servers * self.service_rate)

    def p_wait_over(self, time: float) -> float:
        """The share of contacts that wait longer than `time` >= 0, whether answered in the end or not."""
        return self._left(time, self.servers * self.service_rate, 1.0)

    def p_answered_after(self, time: float) -> float:
        """The share of contacts that are answered, and only after more than `time` >= 0."""
        busy = self.servers * self.service_rate
        return self._left(time, busy + self.abandonment_rate, busy / (busy + self.abandonment_rate))

    def service_level(self, time: float) -> float:
        """The share of all contacts that are answered within `time` >= 0; who gives up counts as missed."""
        return max(0.0, 1 - self.p_abandon - self.p_answered_after(time))

    def wait_percentile(self, rank: float) -> float:
        """The wait that a share `rank` (between 0 and 1) of contacts does not exceed."""
        rest = 1 - share("rank", rank)
        if self.p_wait <= rest:
            return 0.0
        longest = log(self.p_wait / rest) / self.abandonment_rate  # nobody is more patient than that
        return float(
            brentq(lambda time: self.p_wait_over(time) - rest, 0.0, longest * (1 + 1e-9), xtol=1e-15)
        )

    def _left(self, time: float, first: float, weight: float) -> float:
        """Integral from `time` of the density of the offered wait times the chance of not having given up."""
        not_negative("time", time)
        if not self.p_wait:
            return 0.0
        busy, patience = self.servers * self.service_rate, self.abandonment_rate
        given_up = -expm1(-patience * time) / patience
        decay = self.arrival_rate * given_up - (busy + patience) * time
        sums = _tail(first, patience, self.arrival_rate * exp(-patience * time))
        return self.p_wait * weight * exp(decay + sums[0] - _tail(busy, patience, self.arrival_rate)[0])


def impatient_queue(
    *, arrival_rate: float, service_rate: float, abandonment_rate: float, servers: int
) -> ImpatientQueue:
    """Solve M/M/c+M (Erlang A); any load is stable. `abandonment_rate` is 1 / mean patience.

    Errors: ValueError if a rate is not above 0 or `servers` < 1, or if patience is so long beside the service time
    (millions of times) that the sum does not end; Erlang C or a limited queue is the model then.
    """
    load = positive("arrival_rate", arrival_rate) / positive("service_rate", service_rate)
    positive("abandonment_rate", abandonment_rate)
    busy = whole("servers", servers) * service_rate
    logarithm, queue = _tail(busy, abandonment_rate, arrival_rate)
    free = log(below(servers, load))
    p_wait = exp(logarithm - float(np.logaddexp(free, logarithm))) if free < inf else 0.0
    return ImpatientQueue(arrival_rate, service_rate, abandonment_rate, servers, p_wait, queue)


def _tail(first: float, step: float, rate: float) -> tuple[float, float]:
    """log of the sum over k = 0, 1, … of w(k) = product of rate / (first + i step), i = 1..k; and the mean of k.

    Summed outwards from the largest term, so nothing overflows and all terms are positive.
    """
    peak = max(0, floor((rate - first) / step))
    if peak > _MOST_TERMS:
        raise ValueError("abandonment_rate is too small beside the other rates for this overloaded queue")
    up, up_steps = _above(first + peak * step, step, rate)
    ratios = (first + np.arange(peak, 0, -1) * step) / rate
    down = np.cumprod(ratios)
    total = 1 + up + float(down.sum())
    steps = up_steps - float(down @ np.arange(1, peak + 1))
    return log(total) - float(np.log(ratios).sum()), peak + steps / total


def _above(start: float, step: float, rate: float) -> tuple[float, float]:
    """The sums of w(k) and k w(k) over k >= 1, with w(0) = 1 and terms that fall from the start."""
    total = moment = done = 0.0
    term, size = 1.0, 256
    while done < _MOST_TERMS:
        steps = done + np.arange(1, size + 1)
        ratios = rate / (start + steps * step)
        terms = term * np.cumprod(ratios)
        total += float(terms.sum())
        moment += float(terms @ steps)
        done += size
        term, falling = float(terms[-1]), float(ratios[-1])
        # The rest is below a geometric series; its weight counts in the mean of k.
        if term * (done + 1 / (1 - falling)) <= 1e-18 * (1 - falling) * min(1 + total, moment):
            return total, moment
        size *= 2
    raise ValueError("abandonment_rate is too small beside the other rates for the sum to end")
