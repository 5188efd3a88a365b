"""May this member take this ticket now? The checks of `eligibility.checks`, one pair at a time."""

from __future__ import annotations

from fengong.engine.compiled import lean
from fengong.engine.routing.kernels.moment import Moment


@lean
def may_take(moment: Moment, ticket: int, member: int) -> bool:
    """True if every check is passed: present, tier within reach, skill, room, time left in the shift, not barred."""
    return has_room(moment, ticket, member) and may_ever(moment, ticket, member)


@lean
def has_room(moment: Moment, ticket: int, member: int) -> bool:
    """The checks that time and other work change: presence, capacity in minutes and per channel, end of shift."""
    crew, line = moment.crew, moment.line
    channel, effort = line.channel[ticket], line.effort[ticket]
    if not crew.present[member] or crew.held[member, channel] >= crew.slots[member, channel]:
        return False
    if crew.load[member] + effort > crew.capacity[member]:
        return False
    return bool(crew.off_at[member] >= effort + (moment.now + moment.dials.guard))


@lean
def may_ever(moment: Moment, ticket: int, member: int) -> bool:
    """The checks that hold for good: tier, skill, not barred."""
    crew, line, dials = moment.crew, moment.line, moment.dials
    above = crew.tier[member] - line.tier[ticket]
    if above < 0 or above > dials.reach:
        return False
    if crew.proficiency[member, line.topic[ticket]] < dials.need[line.difficulty[ticket] - 1]:
        return False
    return not _is_barred(moment, ticket, member)


@lean
def _is_barred(moment: Moment, ticket: int, member: int) -> bool:
    barred = False
    for other in moment.line.barred[ticket]:
        barred |= other == member
    return barred
