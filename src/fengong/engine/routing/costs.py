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
                      convex, so it evens out
* continuity          -w for the member who last worked for this customer
* growth              -w for stretch work: proficiency within `stretch` above the need, low or normal priority, promise
                      not at risk, and a calm day (u <= `calm`)

Waiting costs w_waiting + P * (w_age * (age + patience) / s + w_lateness * L((now + patience + effort - due)
/ s)). As u <= 1, its lateness is never below that of a match: somebody of the own tier who can take it now
always beats waiting (with the weights as they come), while a tier held in reserve does not.

Help is due when the ticket is urgent, when its promise is at risk (due before now + patience + effort), or
when its own tier is under pressure (see `relief`). That threshold is what keeps higher tiers free for hard
work without letting common work pile up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fengong.engine.routing.arrays import Flags, Floats, Ints, Pool, Scene

Terms = dict[str, Floats]


@dataclass(frozen=True, eq=False)
class Prices:
    """The prices of one batch. Loads are those before the batch, so every match is priced alike."""

    scene: Scene

    def terms(self, tickets: Ints, members: Ints) -> Terms:
        """Each term for the pairs (tickets[i], members[i]), f64[p], in the order of `decision.TERMS`."""
        queue, share = self.scene.queue, self.share[members]
        proficiency = self.scene.pool.proficiency[members, queue.topic[tickets]].astype(np.float64)
        beyond_wanted = proficiency - self._wanted[queue.difficulty[tickets] - 1]
        return {
            "lateness": self._lateness(tickets, self.scene.rules.patience * share),
            "skill_fit": (self.scene.rules.weights.skill_fit / 4.0) * np.maximum(0.0, -beyond_wanted),
            "over_qualification": self._over_qualification(tickets, members, beyond_wanted),
            "load_spread": self._load_spread(tickets, members, share),
            "continuity": self._continuity(tickets, members),
            "growth": self._growth(tickets, proficiency, share),
        }

    def cost(self, tickets: Ints, members: Ints) -> Floats:
        """The sum of the terms, f64[p]; a single ticket may stand for all pairs."""
        total = np.zeros(len(members))
        for values in self.terms(tickets, members).values():
            total += values
        return total

    def waiting(self, tickets: Ints) -> Floats:
        """What it costs to leave these tickets waiting, f64[p]."""
        queue, rules = self.scene.queue, self.scene.rules
        age = np.maximum(0.0, self.scene.now - queue.waiting_since[tickets]) + rules.patience
        aged = self._priority[queue.priority[tickets] - 1] * (rules.weights.age / rules.lateness_scale) * age
        return rules.weights.waiting + aged + self._lateness(tickets, rules.patience)

    @cached_property
    def share(self) -> Floats:
        """Load over capacity before the batch, f64[m]; 1 where there is no capacity."""
        pool = self.scene.pool
        share = np.ones(len(pool))
        np.divide(pool.load, pool.capacity, out=share, where=pool.capacity > 0)
        return share

    @cached_property
    def at_risk(self) -> Flags:
        """Tickets whose promise would not be kept if they waited `patience` more minutes, bool[k]."""
        queue = self.scene.queue
        return queue.due_at < queue.effort + (self.scene.now + self.scene.rules.patience)

    @cached_property
    def relief(self) -> Flags:
        """Tickets for which help from higher tiers is due, bool[k].

        Pressure is the larger of two ratios: tickets waiting on a tier beyond what its free room holds, per
        present member of it; and tickets waiting on a tier in one topic, per present member of it who knows
        the topic. No such member means infinite pressure. Help is due above `overflow`.
        """
        rules, queue = self.scene.rules, self.scene.queue
        due = (queue.priority >= rules.urgent) | self.at_risk | (self._topic_pressure() > rules.overflow)
        return due if due.all() else due | (self._tier_pressure() > rules.overflow)

    @cached_property
    def _priority(self) -> Floats:
        return np.array(self.scene.rules.priority)

    @cached_property
    def _wanted(self) -> Floats:
        return np.array(self.scene.rules.wanted)

    def _lateness(self, tickets: Ints, delay: Floats | float) -> Floats:
        queue, rules = self.scene.queue, self.scene.rules
        late_by = self.scene.now + delay + queue.effort[tickets] - queue.due_at[tickets]
        weight = rules.weights.lateness * self._priority[queue.priority[tickets] - 1]
        expected: Floats = weight * np.logaddexp(0.0, late_by / rules.lateness_scale)
        return expected

    def _over_qualification(self, tickets: Ints, members: Ints, beyond_wanted: Floats) -> Floats:
        weights = self.scene.rules.weights
        surplus = (weights.surplus_skill / 4.0) * np.maximum(0.0, beyond_wanted)
        above = self.scene.pool.tier[members] - self.scene.queue.tier[tickets]
        if not above.any():
            return surplus
        each = np.where(self.relief, weights.over_qualification, weights.reserve)
        return surplus + above * each[tickets]

    def _load_spread(self, tickets: Ints, members: Ints, share: Floats) -> Floats:
        pool, weights = self.scene.pool, self.scene.rules.weights
        added = self.scene.queue.effort[tickets] / pool.capacity[members]
        convex = weights.load_spread * added * (2.0 * share + added)
        return convex + (weights.given / most_given(pool)) * pool.given[members]

    def _continuity(self, tickets: Ints, members: Ints) -> Floats:
        return np.where(
            self.scene.queue.last_member[tickets] == members, -self.scene.rules.weights.continuity, 0.0
        )

    def _growth(self, tickets: Ints, proficiency: Floats, share: Floats) -> Floats:
        queue, rules = self.scene.queue, self.scene.rules
        above_need = proficiency - np.array(rules.need)[queue.difficulty[tickets] - 1]
        safe = (queue.priority <= 2) & ~self.at_risk
        lesson = (above_need >= 0) & (above_need < rules.stretch) & (share <= rules.calm)
        return np.where(lesson & safe[tickets], -rules.weights.growth, 0.0)

    def _tier_pressure(self) -> Floats:
        pool, queue = self.scene.pool, self.scene.queue
        if len(queue) == 1:
            own = pool.present & (pool.tier == queue.tier[0])
            if (own & (pool.capacity - pool.load >= queue.effort[0])).any():
                return np.zeros(1)  # one waits and somebody has room for it
        there = np.flatnonzero(pool.present)
        tiers = pool.tier[there]
        room = np.floor(np.maximum(0.0, pool.capacity[there] - pool.load[there]) / queue.effort.mean())
        waiting = np.bincount(queue.tier, minlength=4)
        surplus = np.maximum(0.0, waiting - np.bincount(tiers, weights=room, minlength=4))
        return _per_head(surplus, np.bincount(tiers, minlength=4))[queue.tier]

    def _topic_pressure(self) -> Floats:
        queue, cover = self.scene.queue, self.scene.pool.cover()
        cell = (queue.tier - 1).astype(np.int64) * cover.shape[1] + queue.topic
        waiting = np.bincount(cell, minlength=cover.size)[cell]
        return _per_head(waiting, cover.ravel()[cell])


def most_given(pool: Pool) -> float:
    """What `given` weighs against, minutes: the most given to anyone, but at least an average capacity.

    Below one full load, who was given most says little: the first ticket of a day is no burden.
    """
    average = float(pool.capacity.sum()) / max(1, len(pool))
    return max(1.0, float(pool.given.max(initial=0.0)), average)


def _per_head(waiting: Floats | Ints, heads: Ints) -> Floats:
    ratio = np.full(len(waiting), np.inf)
    np.divide(waiting, heads, out=ratio, where=heads > 0)
    return ratio
