"""What one more contact costs: differences of relative values of M/M/c, when q waiting cost q or q^2 per unit of time.

With V the relative value of n contacts present, g the mean cost, and D(n) = V(n) - V(n - 1), the equation of the
average cost is lambda D(n + 1) = g - f(n) + min(n, c) mu D(n).

* n < c: D(n + 1) = g / (lambda B(n, a)), with B Erlang's loss formula and a the offered load (Krishnan 1987, Joining
  the right queue: a Markov decision rule).
* n = c + m, m >= 0, with s = c mu - lambda: D = A m + (lambda A - g) / s, A = 1 / s for cost q; and D = A m^2 + b m +
  (lambda (A + b) - g) / s, A = 1 / s, b = 2 lambda A / s for cost q^2: the polynomial that solves the equation.
* g = C r / (1 - r) for q and C r (1 + r) / (1 - r)^2 for q^2, with C Erlang's delay formula and r = a / c, as the
  number waiting is geometric given that all are busy.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.staffing.checks import positive, stable, whole
from fengong.engine.staffing.erlang import Floats


def marginal_costs(
    *, servers: int, arrival_rate: float, service_rate: float, most: int, power: int = 1
) -> tuple[Floats, float]:
    """D(n) for n = 0..servers + most (D(0) = 0), and the mean cost g.

    Errors: ValueError if a rate is not above 0, `servers` < 1, `most` < 0 or `power` is not 1 or 2; Unstable.
    """
    load = positive("arrival_rate", arrival_rate) / positive("service_rate", service_rate)
    stable(whole("servers", servers), load)
    if whole("most", most, 0) < 0 or power not in (1, 2):
        raise ValueError("power must be 1 or 2")
    lost, used = losses(servers, load), load / servers
    delayed = lost[-1] / (1.0 - used * (1.0 - lost[-1]))
    mean = float(delayed * used / (1.0 - used) * ((1.0 + used) / (1.0 - used) if power == 2 else 1.0))
    waiting, slack = np.arange(most + 1.0), servers * service_rate - arrival_rate
    steep = 1.0 / slack
    bend = 2.0 * arrival_rate * steep / slack if power == 2 else steep
    level = (arrival_rate * (steep + bend if power == 2 else steep) - mean) / slack
    beyond = (steep * waiting**2 if power == 2 else 0.0) + bend * waiting + level
    return np.concatenate(([0.0], mean / (arrival_rate * lost[: servers - 1]), beyond)), mean


def losses(servers: int, load: float) -> Floats:
    """Erlang B for 0..servers servers, by its recursion."""
    lost = np.ones(servers + 1)
    for each in range(1, servers + 1):
        lost[each] = load * lost[each - 1] / (each + load * lost[each - 1])
    return lost
