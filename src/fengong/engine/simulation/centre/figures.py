"""Counting what happens: per stream and period of arrival, and minutes as they pass."""

from __future__ import annotations

from math import floor, frexp

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.result import BINS, FINE, HIGHEST, LOWEST
from fengong.engine.simulation.centre.state import (
    ABANDONED,
    ANSWERED,
    BY_TIER,
    DELAYED,
    GAVE_UP_IN_TIME,
    IN_TIME,
    LONGEST_WAIT,
    PATIENCE_SUM,
    RIGHT_FIRST,
    SERVED,
    STAY_SUM,
    WAIT_SQUARES,
    WAIT_SUM,
    World,
)

MET_AT_ONCE = 1e-9  # minutes; a wait shorter than this is rounding
IS_SERVED, HAS_ABANDONED, IS_BLOCKED = 1, 2, 3
IN_QUEUE, STAYING = range(2)  # rows of `World.areas`


@inner
def is_counted(world: World) -> bool:
    """The warm-up is over."""
    return bool(world.marks[0].now >= world.habits[0].warmup)


@inner
def period_of(world: World, time: float) -> int:
    """The period a moment falls into, counted from 0 without end."""
    return floor(float(time / world.habits[0].period))


@inner
def row_of(world: World, stream: int, period: int) -> int:
    """Where what arrives now is counted: the last row before the end of the warm-up."""
    if not is_counted(world):
        return len(world.counts) - 1
    periods = world.habits[0].periods
    return int(stream * periods + period % periods)


@inner
def add_minutes(world: World, area: int, slot: int, since: float) -> None:
    """The minutes from then to now that lie between warm-up and horizon."""
    habits = world.habits[0]
    passed = min(world.marks[0].now, habits.horizon) - max(since, habits.warmup)
    world.areas[area, world.tickets[slot].stream] += max(0.0, passed)


@inner
def note_answer(world: World, slot: int) -> None:
    """Somebody begins with the ticket for the first time."""
    ticket = world.tickets[slot]
    note_wait(world, ticket.stream, ticket.row, world.marks[0].now - ticket.arrival)


@inner
def note_wait(world: World, stream: int, row: int, wait: float) -> None:
    """One of the stream was answered after this wait."""
    counts, sums, place = world.counts, world.sums, 0
    counts[row, ANSWERED] += 1
    counts[row, IN_TIME] += wait <= world.streams[stream].promise
    if wait > MET_AT_ONCE:
        place = bin_of(wait)
        counts[row, DELAYED] += 1
        sums[row, WAIT_SUM] += wait
        sums[row, WAIT_SQUARES] += wait * wait
        sums[row, LONGEST_WAIT] = max(wait, sums[row, LONGEST_WAIT])
    if row < len(counts) - 1:
        world.waits[stream, place] += 1


@inner
def bin_of(wait: float) -> int:
    """The bin of the histogram for a wait above 0; see `result.edges`."""
    part, power = frexp(wait)
    doubling = power - 1 - LOWEST
    if doubling < 0:
        return 1
    if power > HIGHEST:
        return BINS - 1
    return int(1 + FINE * doubling + int((2.0 * part - 1.0) * FINE))


@inner
def note_solution(world: World, slot: int, member: int) -> None:
    """The member has solved it."""
    ticket, counts, tier = world.tickets[slot], world.counts, world.people[member].tier
    counts[ticket.row, SERVED] += 1
    counts[ticket.row, BY_TIER + tier] += 1
    if ticket.first_tier == tier and tier == world.streams[ticket.stream].difficulty:
        counts[ticket.row, RIGHT_FIRST] += 1
    world.sums[ticket.row, STAY_SUM] += world.marks[0].now - ticket.arrival
    world.people[member].solved += is_counted(world)
    _note_end(world, slot, IS_SERVED)


@inner
def note_abandonment(world: World, slot: int) -> None:
    """The customer has given up."""
    ticket, counts = world.tickets[slot], world.counts
    wait = world.marks[0].now - ticket.arrival
    counts[ticket.row, ABANDONED] += 1
    counts[ticket.row, GAVE_UP_IN_TIME] += wait <= world.streams[ticket.stream].promise
    world.sums[ticket.row, PATIENCE_SUM] += wait
    world.marks[0].events += 1
    _note_end(world, slot, HAS_ABANDONED)


@inner
def _note_end(world: World, slot: int, outcome: int) -> None:
    add_minutes(world, STAYING, slot, world.tickets[slot].arrival)
    note_record(world, slot, outcome)


@inner
def note_record(world: World, slot: int, outcome: int) -> None:
    """A row of the records, if there is room left."""
    ticket, row = world.tickets[slot], world.marks[0].recorded
    if row >= len(world.records) or ticket.row == len(world.counts) - 1:
        return
    world.marks[0].recorded += 1
    record = world.records[row]
    record[0] = ticket.stream
    record[1] = ticket.number
    record[2] = ticket.arrival
    record[3] = ticket.begun
    record[4] = world.marks[0].now
    record[5] = ticket.member
    record[6] = ticket.tries
    record[7] = outcome
    record[8] = ticket.worked
