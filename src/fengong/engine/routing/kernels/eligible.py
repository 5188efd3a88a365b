"""May this member take this ticket now? The checks of `eligibility.checks`, one pair at a time."""

from __future__ import annotations

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.kernels.easing import need_now
from fengong.engine.routing.kernels.lending import is_lent
from fengong.engine.routing.kernels.moment import Moment


@lean
def may_take(moment: Moment, ticket: int, member: int) -> bool:
    """True if every check is passed: present, tier within reach, skill, room, time left in the shift, not barred, and
    not needed by the own team. The last is as `lending.note_lending` saw it.
    """
    return has_room(moment, ticket, member) and may_ever(moment, ticket, member)


@inner
def has_room(moment: Moment, ticket: int, member: int) -> bool:
    """The checks that time and other work change: presence, capacity in minutes, tickets open, end of shift."""
    crew, effort = moment.crew, moment.line.effort[ticket]
    if crew.load[member] + effort > crew.capacity[member] or not crew.present[member]:
        return False
    if not _has_slot(moment, ticket, member):
        return False
    return bool(crew.off_at[member] >= effort + (moment.now + moment.dials.guard))


@inner
def may_ever(moment: Moment, ticket: int, member: int) -> bool:
    """The checks that other work does not change: tier, skill (which waiting may ease), not barred, not kept back by
    the own team.
    """
    above = moment.crew.tier[member] - moment.line.tier[ticket]
    if above < 0 or above > moment.dials.reach:
        return False
    if moment.crew.proficiency[member, moment.line.topic[ticket]] < need_now(moment, ticket):
        return False
    return is_lent(moment, ticket, member) and not _is_barred(moment, ticket, member)


@inner
def _has_slot(moment: Moment, ticket: int, member: int) -> bool:
    held, channel = moment.crew.held, moment.line.channel[ticket]
    if held[member, channel] >= moment.crew.slots[member, channel]:
        return False
    total = 0
    for each in range(held.shape[1]):
        total += held[member, each]
    return bool(total < moment.crew.most[member])


@inner
def _is_barred(moment: Moment, ticket: int, member: int) -> bool:
    barred = False
    for other in moment.line.barred[ticket]:
        barred |= other == member
    return barred
