"""The line of waiting tickets: in, out, and how long a customer stays in it."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.attempt import draw_of
from fengong.engine.simulation.centre.chance import PATIENCE, length
from fengong.engine.simulation.centre.figures import IN_QUEUE, add_minutes
from fengong.engine.simulation.centre.state import WAITING, World
from fengong.engine.simulation.centre.tallying import count_waiting
from fengong.engine.simulation.centre.timers import clear_timer, set_timer


@inner
def timer_of(world: World, slot: int) -> int:
    """The item of a slot's timer."""
    return len(world.timers.place) - len(world.spare) + slot


@inner
def beat_timer(world: World) -> int:
    """The item of the timer for rounds."""
    return timer_of(world, 0) - len(world.streams) - 1


@inner
def join_line(world: World, slot: int) -> None:
    """The ticket begins to wait, last in the line."""
    marks, ticket = world.marks[0], world.tickets[slot]
    ticket.state = WAITING
    ticket.waiting_since = marks.now
    world.waiting[marks.length] = slot
    marks.length += 1
    count_waiting(world, slot, 1)


@inner
def quit_line(world: World, slot: int) -> None:
    """The ticket ceases to wait."""
    waiting, marks = world.waiting, world.marks[0]
    at = 0
    while waiting[at] != slot:
        at += 1
    marks.length -= 1
    for place in range(at, marks.length):
        waiting[place] = waiting[place + 1]
    count_waiting(world, slot, -1)
    clear_timer(world.timers, timer_of(world, slot))
    add_minutes(world, IN_QUEUE, slot, world.tickets[slot].waiting_since)


@inner
def abide(world: World, slot: int) -> None:
    """Nobody takes it now: its customer's patience runs, and a policy that holds tickets will be asked again."""
    ticket, now, habits = world.tickets[slot], world.marks[0].now, world.habits[0]
    if ticket.begun < 0.0:
        one, key = world.lengths[ticket.stream, PATIENCE], world.keys[ticket.stream, PATIENCE]
        patience = length(world.pool, one, key, ticket.period, draw_of(world, slot))
        set_timer(world.timers, timer_of(world, slot), now + patience)
    if habits.holds and world.timers.place[beat_timer(world)] < 0:
        set_timer(world.timers, beat_timer(world), now + habits.beat)
