"""Square-root staffing: load + quality x sqrt(load) servers, the approximation with the exact answer beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isfinite, pi, sqrt

from scipy.optimize import brentq
from scipy.special import erfcx

from fengong.engine.staffing.checks import positive, share
from fengong.engine.staffing.erlang import erlang_c
from fengong.engine.staffing.impatient import impatient_queue
from fengong.engine.staffing.requirements import servers_for_p_wait


@dataclass(frozen=True)
class SquareRoot:
    """Servers for a wanted probability of waiting, by the square-root rule and exactly.

    `p_wait` is the exact probability with `servers`, the rule's answer; `exact_servers` is the least number that keeps
    to what was wanted, and `exact_p_wait` what it gives.
    """

    quality: float
    servers: int
    p_wait: float
    exact_servers: int
    exact_p_wait: float


def halfin_whitt(quality: float) -> float:
    """P(wait) in M/M/c with load + quality sqrt(load) servers, as the load grows: [1 + b Phi(b)/phi(b)]^-1.

    Source: Halfin, Whitt 1981, Heavy-traffic limits for queues with many exponential servers.
    Errors: ValueError if `quality` is not above 0 (there is no steady state).
    """
    return 1 / (1 + positive("quality", quality) * _mills(-quality))


def garnett(quality: float, abandonment_rate: float, service_rate: float = 1.0) -> float:
    """P(wait) in M/M/c+M as the load grows; `quality` may be of any sign.

    [1 + sqrt(theta/mu) h(b sqrt(mu/theta)) / h(-b)]^-1, h the hazard of the normal distribution.
    Source: Garnett, Mandelbaum, Reiman 2002, Designing a call center with impatient customers.
    Errors: ValueError if a rate is not above 0 or `quality` is not finite.
    """
    if not isfinite(quality):
        raise ValueError(f"quality must be finite, not {quality!r}")
    ratio = sqrt(positive("abandonment_rate", abandonment_rate) / positive("service_rate", service_rate))
    return 1 / (1 + ratio * _mills(-quality) / _mills(quality / ratio))


def quality_for(p_wait: float, abandonment_rate: float = 0.0, service_rate: float = 1.0) -> float:
    """The quality at which a share `p_wait` (between 0 and 1) waits: the inverse of `halfin_whitt`, `garnett`.

    An `abandonment_rate` of 0 means that nobody gives up.
    """
    share("p_wait", p_wait)
    if abandonment_rate:
        return float(brentq(lambda b: garnett(b, abandonment_rate, service_rate) - p_wait, -1e9, 38.0))
    return float(brentq(lambda b: halfin_whitt(b) - p_wait, 1e-300, 38.0))


def square_root_staffing(
    *, arrival_rate: float, service_rate: float, p_wait: float, abandonment_rate: float = 0.0
) -> SquareRoot:
    """Servers so that at most a share `p_wait` (between 0 and 1) waits; nobody gives up if `abandonment_rate` is 0.

    Errors: ValueError if a rate is not above 0 or `p_wait` is not between 0 and 1.
    """
    load = positive("arrival_rate", arrival_rate) / positive("service_rate", service_rate)
    quality = quality_for(p_wait, abandonment_rate, service_rate)
    servers = max(1, ceil(load + quality * sqrt(load)))
    exact = servers_for_p_wait(
        arrival_rate=arrival_rate, service_rate=service_rate, p_wait=p_wait, abandonment_rate=abandonment_rate
    )

    def waiting(count: int) -> float:
        if not abandonment_rate:
            return erlang_c(count, load) if count > load else 1.0
        return impatient_queue(
            arrival_rate=arrival_rate,
            service_rate=service_rate,
            abandonment_rate=abandonment_rate,
            servers=count,
        ).p_wait

    return SquareRoot(quality, servers, waiting(servers), exact, waiting(exact))


def _mills(x: float) -> float:
    """(1 - Phi(x)) / phi(x) of the standard normal distribution, 1 / hazard, precise in both tails; inf below -37."""
    return float(sqrt(pi / 2) * erfcx(x / sqrt(2)))
