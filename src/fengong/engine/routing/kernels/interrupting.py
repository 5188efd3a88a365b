"""May a ticket break into work that somebody has in hand? The rules are `rules.Interrupting`."""

from __future__ import annotations

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.kernels.eligible import may_ever
from fengong.engine.routing.kernels.moment import Moment


@lean
def may_interrupt(moment: Moment, ticket: int, member: int, held: int) -> bool:
    """May this member put ticket `held` aside for `ticket`, which then takes its room: allowed to have it, here long
    enough, and with minutes and slots for it once the other is out of hand.
    """
    if not outranks(moment, ticket, held) or not may_ever(moment, ticket, member):
        return False
    crew, line = moment.crew, moment.line
    if not crew.present[member] or crew.off_at[member] < line.effort[ticket] + (
        moment.now + moment.dials.guard
    ):
        return False
    if crew.load[member] - line.effort[held] + line.effort[ticket] > crew.capacity[member]:
        return False
    channel = line.channel[ticket]
    return bool(channel == line.channel[held] or crew.held[member, channel] < crew.slots[member, channel])


@inner
def outranks(moment: Moment, ticket: int, held: int) -> bool:
    """The priorities and the channel allow it, whoever works on it."""
    line, dials = moment.line, moment.dials
    if (dials.sheltered >> line.channel[held]) & 1:
        return False
    return bool(line.priority[held] <= dials.over[line.priority[ticket] - 1])
