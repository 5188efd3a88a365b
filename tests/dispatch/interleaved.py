"""Steps of everybody at a desk, one after the other in any order, each acting on what it read some steps ago.

The steps of `writers` are joined by those that dispatch alone has. A ticket may be picked as it was read before: then
the step carries an old row and an old version, as a page does that somebody left open. And a round of matching may be
interrupted: between its calculation and the first claim others act.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.promises import mark_broken_promises
from fengong.desk.models import Ticket
from fengong.dispatch.actions import matching
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.placing import place_ticket, return_ticket, set_tier
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.rota.actions.leave import approve_leave, request_leave, withdraw_leave
from fengong.rota.actions.shifts import cancel_shift, move_shift, plan_shift
from fengong.rota.models import Leave, Shift
from tests.dispatch import writers
from tests.dispatch.writers import OWNED, Crew, NothingToDoError, Step, pick
from tests.world import World

LONGEST_MEMORY = 40
ROOM = {"li_na": 25, "sun_hao": 30, "zhou_min": 60, "chen_li": 60, "he_jie": 80}
"""So little that it is full after a few tickets: what breaks a limit has to reach it first."""


@dataclass
class Slow(Crew):
    """A crew whose clock goes on only when told, and who sometimes act on a ticket as they read it long ago."""

    at: datetime = field(init=False)
    read: list[Ticket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = self.world.now

    @property
    def now(self) -> datetime:
        return self.at

    def act(self, step: Step, number: int, seconds: int) -> None:
        """One step at one moment; a refusal is an outcome like others, everything else is an error."""
        self.at += timedelta(seconds=seconds)
        dice = random.Random(number)
        with self._memory(dice):
            try:
                step(self, dice)
                self.done[step.__name__] += 1
            except Refused as refusal:
                self.refused[refusal.code] += 1

    @contextmanager
    def _memory(self, dice: random.Random) -> Iterator[None]:
        """While a step runs, one ticket in three that it picks is one that was read before."""

        def remembered(dice: random.Random, *statuses: str) -> Ticket:
            old = [ticket for ticket in self.read if ticket.status in statuses]
            if old and dice.random() < 1 / 3:
                return dice.choice(old)
            self.read.append(pick(dice, *statuses))
            del self.read[:-LONGEST_MEMORY]
            return self.read[-1]

        with mock.patch.object(writers, "pick", remembered):
            yield


def start(world: World) -> Slow:
    """Everybody is here, but with little room, and six tickets wait."""
    world.go_online()
    for name, capacity in ROOM.items():
        set_capacity(actor=SYSTEM, member=world.members[name], capacity=capacity, at=world.now)
    for number in range(6):
        world.ticket(f"#{number}", difficulty=number % 3 + 1)
    return Slow(world)


def interrupted(*between: tuple[Step, int]) -> Step:
    """A round of matching that others get in between: after it has calculated, before it has given anything."""
    calculate: Callable[..., Any] = matching.plan

    def match_interrupted(crew: Crew, dice: random.Random) -> None:
        def and_then_others(**given: Any) -> Any:
            found = calculate(**given)
            for step, number in between:
                assert isinstance(crew, Slow)
                crew.act(step, number, 0)
            return found

        with mock.patch.object(matching, "plan", and_then_others):
            writers.match(crew, dice)

    return match_interrupted


def assign_stale(crew: Crew, dice: random.Random) -> None:
    """The drop of a lead whose board may be old."""
    ticket = writers.pick(dice, "waiting", *OWNED)
    assign_ticket(
        actor=crew.world.wang_fang,
        ticket=ticket,
        member=dice.choice(crew.agents),
        at=crew.now,
        seen=ticket.version,
    )


def place(crew: Crew, dice: random.Random) -> None:
    team = dice.choice([*crew.world.teams.values(), None])
    ticket = writers.pick(dice, "waiting", *OWNED)
    place_ticket(actor=crew.world.wang_fang, ticket=ticket, team=team, at=crew.now)


def give_back(crew: Crew, dice: random.Random) -> None:
    return_ticket(actor=crew.world.wang_fang, ticket=writers.pick(dice, *OWNED), at=crew.now)


def say_tier(crew: Crew, dice: random.Random) -> None:
    ticket = writers.pick(dice, "waiting", *OWNED)
    set_tier(actor=crew.world.wang_fang, ticket=ticket, tier=dice.randint(1, 3), at=crew.now)


def go_on_leave(crew: Crew, dice: random.Random) -> None:
    member, begins = dice.choice(crew.agents), crew.now + timedelta(minutes=dice.randint(-60, 60))
    ends = begins + timedelta(minutes=dice.randint(30, 300))
    leave = request_leave(
        actor=member,
        member=member,
        kind="annual",
        starts_at=begins,
        ends_at=ends,
        whole_days=False,
        at=crew.now,
    )
    approve_leave(actor=crew.world.admin, leave=leave, at=crew.now)


def come_back(crew: Crew, dice: random.Random) -> None:
    found = list(Leave.objects.filter(state="approved", ends_at__gt=crew.now))
    if not found:
        raise NothingToDoError("nobody is on leave")
    leave = dice.choice(found)
    withdraw_leave(actor=leave.member, leave=leave, at=crew.now)


def change_roster(crew: Crew, dice: random.Random) -> None:
    """Move, cancel or add a shift of somebody."""
    shifts, lead = list(Shift.objects.filter(ends_at__gt=crew.now)), crew.world.admin
    by = timedelta(minutes=dice.randint(-90, 90))
    if not shifts or dice.random() < 0.3:
        begins = crew.now + timedelta(hours=dice.randint(-4, 24))
        ends = begins + timedelta(hours=8)
        plan_shift(actor=lead, member=dice.choice(crew.agents), starts_at=begins, ends_at=ends, at=crew.now)
    elif dice.random() < 0.5:
        shift = dice.choice(shifts)
        starts, ends = shift.starts_at + by, shift.ends_at + by
        move_shift(actor=lead, shift=shift, starts_at=starts, ends_at=ends, at=crew.now)
    else:
        cancel_shift(actor=lead, shift=dice.choice(shifts), at=crew.now)


def sweep_now(crew: Crew, dice: random.Random) -> None:
    mark_broken_promises(actor=SYSTEM, at=crew.now)


def change_room(crew: Crew, dice: random.Random) -> None:
    set_capacity(actor=SYSTEM, member=dice.choice(crew.agents), capacity=dice.randint(10, 90), at=crew.now)


APART = (writers.match, writers.sweep_promises, writers.change_capacity)
"""A round stands in the orders by itself; the sweep of `writers` looks into the future, and its room is large."""
STEPS: list[Step] = [
    *(step for shift in writers.EIGHT for step in shift if step not in APART),
    change_room,
    sweep_now,
    assign_stale,
    place,
    give_back,
    say_tier,
    go_on_leave,
    come_back,
    change_roster,
]
