"""People come, pause and go: by a calendar of their own, or by the headcount of their squad."""

from __future__ import annotations

from math import floor, inf

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.agenda import will_look
from fengong.engine.simulation.centre.chance import uniform
from fengong.engine.simulation.centre.figures import is_counted
from fengong.engine.simulation.centre.finishing import pass_on
from fengong.engine.simulation.centre.room import unrest
from fengong.engine.simulation.centre.state import BACK, COME, GONE, HERE, PAUSE, PAUSED, World
from fengong.engine.simulation.centre.tallying import count_presence
from fengong.engine.simulation.centre.timers import set_timer
from fengong.engine.simulation.centre.working import plan, read_clock

DAY = 1440.0


@inner
def follow_calendar(world: World, member: int) -> None:
    """The next entry of the member's calendar."""
    person, entry = world.people[member], world.entries[world.people[member].entry]
    off_at = world.marks[0].now + entry.off
    if entry.what == COME:
        person.missing = _is_missing(world, member)
    person.entry += 1
    if person.entry == person.last_entry:
        person.entry = person.first_entry
        person.turn += 1
    set_timer(world.timers, len(world.people) + member, next_entry(world, member))
    if person.missing:
        return
    if entry.what in (COME, BACK):
        come(world, member, off_at)
    else:
        leave(world, member, PAUSED if entry.what == PAUSE else GONE)


@inner
def next_entry(world: World, member: int) -> float:
    """When the member's calendar has its next entry; never again if the cycle does not come back."""
    person, cycle = world.people[member], world.habits[0].cycle
    if person.turn == 0:
        return float(world.entries[person.entry].at)
    return float(person.turn * cycle + world.entries[person.entry].at)


@inner
def _is_missing(world: World, member: int) -> bool:
    """Whether the member does not come to the shift that begins now."""
    person, day = world.people[member], floor(world.marks[0].now / DAY)
    chance = world.pool[person.chance_first + day % person.chance_size]
    return bool(chance > 0.0 and uniform(person.key, day) < chance)


@inner
def come(world: World, member: int, off_at: float) -> None:
    """The member is here, rested, and looks for work."""
    person, now = world.people[member], world.marks[0].now
    if person.where == HERE:
        return
    read_clock(world, member)
    person.where = HERE
    person.toil = 0.0
    person.present_since = now
    person.off_at = off_at if world.habits[0].guarded else inf
    person.present = True
    count_presence(world, member, 1)
    if person.load == 0.0:
        person.idle_since = now
    will_look(world, member)


@inner
def leave(world: World, member: int, to: int) -> None:
    """The member takes nothing more. What rests with somebody who has gone home goes to somebody else."""
    person, now = world.people[member], world.marks[0].now
    read_clock(world, member)
    if person.where == HERE:
        count_presence(world, member, -1)
        person.present = False
        person.here += max(0.0, now - max(person.present_since, world.habits[0].warmup))
        if person.load == 0.0:
            person.idled += now - person.idle_since
    person.where = to
    plan(world, member)
    while to == GONE and not world.habits[0].pausing and person.rest_first >= 0:
        pass_on(world, unrest(world, member))


@inner
def change_headcount(world: World, squad: int) -> None:
    """A new period: some come, or some go, the idle first, then whoever finishes."""
    row = world.squads[squad]
    wanted = int(world.pool[row.first + row.step % row.size])
    row.step += 1
    set_timer(world.timers, 2 * len(world.people) + squad, row.step * row.span)
    missing = wanted - row.have
    row.have = wanted
    stay = max(0, min(missing, row.surplus))
    row.surplus -= stay
    missing -= stay
    for member in range(row.begin, row.end):
        if missing > 0 and world.people[member].where == GONE:
            come(world, member, inf)
            missing -= 1
        if missing < 0 and _is_idle(world, member):
            leave(world, member, GONE)
            missing += 1
    row.surplus += max(0, -missing)


@inner
def _is_idle(world: World, member: int) -> bool:
    return bool(world.people[member].where == HERE and world.people[member].load == 0.0)


@inner
def may_go(world: World, member: int) -> None:
    """Who has just finished goes, if there are more of the squad than wanted."""
    person = world.people[member]
    if person.squad >= 0 and world.squads[person.squad].surplus > 0 and person.where == HERE:
        world.squads[person.squad].surplus -= 1
        leave(world, member, GONE)


@inner
def settle_member(world: World, member: int) -> None:
    """Count the minutes up to the end of the run."""
    person, now = world.people[member], world.marks[0].now
    read_clock(world, member)
    if person.where == HERE and is_counted(world):
        person.here += max(0.0, now - max(person.present_since, world.habits[0].warmup))
