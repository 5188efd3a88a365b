"""M/M/c: contacts wait in one line, first come first served, as long as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from fengong.engine.staffing.checks import not_negative, positive, share, stable, whole
from fengong.engine.staffing.erlang import erlang_c


@dataclass(frozen=True)
class PatientQueue:
    """The steady state of M/M/c; make it with `patient_queue`.

    Rates per unit of time, waits in that unit; waits end when service begins.
    Source: Cooper 1981, Introduction to Queueing Theory, chapter 3; Gross, Shortle, Thompson, Harris 2008, Fundamentals
    of Queueing Theory, chapter 2. With C from Erlang's formula: P(W > t) = C exp(-(c mu - lambda) t).
    """

    arrival_rate: float
    service_rate: float
    servers: int
    p_wait: float

    @property
    def occupancy(self) -> float:
        """The share of their time that servers are busy, 0..1."""
        return self.arrival_rate / (self.servers * self.service_rate)

    @property
    def mean_wait(self) -> float:
        """The mean wait of all contacts, those served at once included."""
        return self.p_wait * self.mean_wait_if_any

    @property
    def mean_wait_if_any(self) -> float:
        """The mean wait of those who wait at all."""
        return 1 / self._spare

    @property
    def mean_queue(self) -> float:
        """The mean number waiting (Little's law)."""
        return self.arrival_rate * self.mean_wait

    def p_wait_over(self, time: float) -> float:
        """The share of contacts that wait longer than `time` >= 0."""
        return self.p_wait * exp(-self._spare * not_negative("time", time))

    def service_level(self, time: float) -> float:
        """The share of contacts answered within `time` >= 0."""
        return 1 - self.p_wait_over(time)

    def wait_percentile(self, rank: float) -> float:
        """The wait that a share `rank` (between 0 and 1) of contacts does not exceed."""
        rest = 1 - share("rank", rank)
        return log(self.p_wait / rest) / self._spare if self.p_wait > rest else 0.0

    @property
    def _spare(self) -> float:
        return self.servers * self.service_rate - self.arrival_rate


def patient_queue(*, arrival_rate: float, service_rate: float, servers: int) -> PatientQueue:
    """Solve M/M/c (Erlang C).

    Errors: ValueError if a rate is not above 0 or `servers` < 1; Unstable if the servers cannot keep up.
    """
    positive("arrival_rate", arrival_rate)
    load = arrival_rate / positive("service_rate", service_rate)
    work_left = whole("servers", servers) * service_rate <= arrival_rate
    stable(servers, max(load, servers) if work_left else load)  # on the very edge two roundings may disagree
    return PatientQueue(arrival_rate, service_rate, servers, erlang_c(servers, load))
