"""Whether a team may take every ticket at all. A ticket nobody may ever take would make a run endless."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.desk import Bools, Staff, Tickets


@dataclass(frozen=True, slots=True)
class Gap:
    """Tickets of `topic` that come to `tier`: how many, and nobody may take them there."""

    topic: int
    tier: int
    tickets: int


def gaps(staff: Staff, tickets: Tickets, rules: Rules, there: Bools | None = None) -> tuple[Gap, ...]:
    """Return what nobody may ever take, the most tickets first.

    A ticket comes to the tier it is graded for and, from hand to hand, to those up to its true difficulty. Somebody may
    take it there who is of that tier or at most `rules.reach` above, and has the proficiency that tier needs. `there`
    bool[m]: who ever comes to work, everybody unless given.
    """
    found: list[Gap] = []
    comes_to_work = np.ones(len(staff), dtype=bool) if there is None else there
    topics = staff.proficiency.shape[1]
    for tier in (1, 2, 3):
        comes = (tickets.graded <= tier) & (np.maximum(tickets.graded, tickets.difficulty) >= tier)
        count = np.bincount(tickets.topic[comes], minlength=topics)
        bare = np.flatnonzero((count > 0) & ~_may(staff, tier, rules, comes_to_work))
        found += [Gap(topic, tier, int(count[topic])) for topic in bare.tolist()]
    return tuple(sorted(found, key=lambda gap: (-gap.tickets, gap.topic, gap.tier)))


def _may(staff: Staff, tier: int, rules: Rules, there: Bools) -> Bools:
    near = there & (staff.tier >= tier) & (staff.tier <= tier + rules.reach)
    able = staff.proficiency[near] >= rules.need[tier - 1]
    return np.asarray(able.any(axis=0), dtype=bool)
