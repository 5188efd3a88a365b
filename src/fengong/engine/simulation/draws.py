"""The dice. Every draw belongs to a ticket and its k-th stint, never to the order of events, so that two policies run
with the same seed meet the same luck (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from fengong.engine.simulation.desk import Behaviour, Floats, Tickets


@dataclass(frozen=True, slots=True)
class Draws:
    """Uniform draws f64[n, k] for taking up, lying, solving and reopening; `factor` f64[n, k] multiplies effort
    (lognormal with mean 1); `ease` f64[n] is the chance that someone of the right tier solves the ticket.
    """

    takeup: Floats
    dormant: Floats
    solving: Floats
    reopening: Floats
    factor: Floats
    ease: Floats


def draw(tickets: Tickets, behaviour: Behaviour, seed: int) -> Draws:
    """Draw everything a run with this seed may need."""
    rng = np.random.default_rng([20130, seed])
    shape = (len(tickets), behaviour.most_stints)
    ease = betaincinv(tickets.ease[:, 0], tickets.ease[:, 1], rng.random(len(tickets)))
    normal = rng.standard_normal(shape)
    return Draws(
        takeup=rng.random(shape),
        dormant=rng.random(shape),
        solving=rng.random(shape),
        reopening=rng.random(shape),
        factor=np.exp(behaviour.spread * normal - behaviour.spread**2 / 2.0),
        ease=np.clip(ease, 1e-6, 1.0 - 1e-6),
    )


def quantile(table: list[float], u: float) -> float:
    """Return the quantile at `u` of a table of equally spaced quantiles, linear between them."""
    at = u * (len(table) - 1)
    i = int(at)
    if i >= len(table) - 1:
        return table[-1]
    return table[i] + (at - i) * (table[i + 1] - table[i])
