"""A team changed for a what-if: other hours, skills or capacity for some, new members, or only the ones named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fengong.engine.simulation.desk import Staff
from fengong.engine.simulation.shifts import Shifts, Span


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about `member` (a position), or what a new one (None) is like; None keeps what is.

    `skills` by topic 0..5; `spans` replace the member's shifts; `capacity`, `budget` minutes of effort.
    """

    member: int | None
    tier: int | None = None
    skills: dict[int, int] = field(default_factory=dict)
    capacity: float | None = None
    budget: float | None = None
    spans: tuple[Span, ...] | None = None


def changed(staff: Staff, changes: Sequence[Change], *, only: bool) -> Staff:
    """Return the staff with the changes made; new members come last, `only` drops everyone not mentioned.

    A new member starts with the median capacity and budget and, in topics not named, the proficiency usual in the tier.
    """
    for change in changes:
        staff = _grown(staff, change) if change.member is None else _altered(staff, change.member, change)
    if not only:
        return staff
    new = sum(change.member is None for change in changes)
    kept = [change.member for change in changes if change.member is not None]
    return _subset(staff, [*kept, *range(len(staff) - new, len(staff))])


def _grown(staff: Staff, change: Change) -> Staff:
    tier = change.tier or 1
    of_tier = staff.tier == tier
    usual = (
        np.median(staff.proficiency[of_tier], axis=0)
        if of_tier.any()
        else np.ones(staff.proficiency.shape[1])
    )
    bigger = Staff(
        tier=np.append(staff.tier, tier),
        team=np.append(staff.team, staff.team.max() + 1),
        proficiency=np.vstack([staff.proficiency, np.maximum(np.rint(usual), 0.0)]),
        capacity=np.append(staff.capacity, np.median(staff.capacity)),
        budget=np.append(staff.budget, np.median(staff.budget)),
        shifts=Shifts((*staff.shifts.starts, ()), (*staff.shifts.ends, ())),
    )
    return _altered(bigger, len(staff), change)


def _altered(staff: Staff, member: int, change: Change) -> Staff:
    tier, capacity, budget = staff.tier.copy(), staff.capacity.copy(), staff.budget.copy()
    proficiency = staff.proficiency.copy()
    tier[member] = change.tier or tier[member]
    capacity[member] = capacity[member] if change.capacity is None else change.capacity
    budget[member] = budget[member] if change.budget is None else change.budget
    for topic, level in change.skills.items():
        proficiency[member, topic] = level
    shifts = staff.shifts
    if change.spans is not None:
        starts, ends = list(shifts.starts), list(shifts.ends)
        own = Shifts.of([list(change.spans)])
        starts[member], ends[member] = own.starts[0], own.ends[0]
        shifts = Shifts(tuple(starts), tuple(ends))
    return Staff(tier, staff.team, proficiency, capacity, budget, shifts)


def _subset(staff: Staff, members: list[int]) -> Staff:
    shifts = Shifts(
        tuple(staff.shifts.starts[m] for m in members), tuple(staff.shifts.ends[m] for m in members)
    )
    return Staff(
        tier=staff.tier[members],
        team=staff.team[members],
        proficiency=staff.proficiency[members],
        capacity=staff.capacity[members],
        budget=staff.budget[members],
        shifts=shifts,
    )
