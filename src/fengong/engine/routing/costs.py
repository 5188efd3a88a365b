"""What a match costs, term by term, and what waiting costs. All in points; the weights and scales are in
`rules`.

With ticket t, member m, u = load / capacity of m before this batch, d = effort of t / capacity of m, P =
weight of t's priority, s = `lateness_scale`, and L(x) = log(1 + exp(x)), the mean of the positive part of a
logistic variable with mean x and scale 1 (so the expected lateness, in units of s, when the answer time is
that uncertain):

* lateness            w * P * L((now + patience * u + effort - due) / s): a full member needs `patience` to get to it
* skill_fit           w * max(0, wanted - proficiency) / 4
* over_qualification  (tiers above the ticket's own) * (w if help is due else w_reserve)
                      + w_surplus * max(0, proficiency - wanted) / 4
* load_spread         w * ((u + d)^2 - u^2) + w_given * given / max(most given to anyone, mean capacity):
                      + w_rest * (1 - idle minutes so far / most of anybody present), convex, so it evens out
* continuity          -w for the member who last worked for this customer
* growth              -w for stretch work: proficiency within `stretch` above the need, low or normal priority, promise
                      not at risk, and a calm day (u <= `calm`)

With `brisk` b > 0 a saving counts (lateness_scale / minutes it takes the member)^b times, so that short work goes first
as by the c-mu rule.

Waiting costs w_waiting + P * (w_age * (age + patience) / s + w_lateness * L((now + patience + effort - due)
/ s)). As u <= 1, its lateness is never below that of a match: somebody of the own tier who can take it now
always beats waiting (with the weights as they come), while a tier held in reserve does not.

Help is due when the ticket is urgent, when its promise is at risk (due before now + patience + effort), or
when its own tier is under pressure. That threshold is what keeps higher tiers free for hard
work without letting common work pile up: the larger of two ratios must be above `overflow`, tickets waiting on a tier
beyond what its free room holds, per present member of it; and tickets waiting on a tier in one topic, per present
member of it who knows the topic. No such member means infinite pressure.

The formulae are computed in `kernels.pricing`, for decisions, explanations and simulations alike; here they are asked
for many pairs at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fengong.engine.routing.arrays import Flags, Floats, Ints, Scene
from fengong.engine.routing.decision import TERMS
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.pricing import find_relief, price_pairs, price_waiting
from fengong.engine.routing.view import moment_of

Terms = dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Prices:
    """The prices of one batch. Loads are those before the batch, so every match is priced alike."""

    scene: Scene

    def terms(self, tickets: Ints, members: Ints) -> Terms:
        """Each term for the pairs (tickets[i], members[i]), f64[p], in the order of `decision.TERMS`."""
        return self.priced(tickets, members)[0]

    def cost(self, tickets: Ints, members: Ints) -> Floats:
        """The sum of the terms, f64[p]."""
        return self.priced(tickets, members)[1]

    def priced(self, tickets: Ints, members: Ints) -> tuple[Terms, Floats]:
        """Terms and cost of the pairs at once."""
        table = self._table(tickets, members)
        return {name: table[:, column] for column, name in enumerate(TERMS)}, table.sum(axis=1)

    def waiting(self, tickets: Ints) -> Floats:
        """What it costs to leave these tickets waiting, f64[p]."""
        costs = np.empty(len(tickets))
        price_waiting(self._moment, tickets, costs)
        return costs

    @cached_property
    def relief(self) -> Flags:
        """Tickets for which help from higher tiers is due, bool[k]."""
        helped = np.zeros(len(self.scene.queue), dtype=np.bool_)
        find_relief(self._moment, helped)
        return helped

    def _table(self, tickets: Ints, members: Ints) -> Floats:
        table = np.empty((len(tickets), len(TERMS)))
        price_pairs(self._moment, self.relief, tickets, members, table)
        return table

    @cached_property
    def _moment(self) -> Moment:
        return moment_of(self.scene)
