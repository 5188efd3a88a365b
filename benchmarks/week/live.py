"""Everybody at the desk, in one process: letters come, members come and go, answer, hand up and resolve."""

from __future__ import annotations

import heapq
import itertools
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np

from benchmarks.week.pace import Week
from benchmarks.week.scene import DAY, START, SURGE
from fengong.customers.models import Contact
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import open_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.people.models import Member, Topic
from fengong.rota.actions.leave import approve_leave, request_leave
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import move_shift
from fengong.rota.models import Shift

LOOK_EVERY = 0.05  # real seconds between looks at who holds what
ILL, SWAPPED, HANDED_UP, ASKS_AGAIN = 0.03, 0.05, 0.04, 0.06
Deed = Callable[[], None]
World = tuple[list[Topic], list[Contact]]


@dataclass
class Agenda:
    """What is to happen, in minutes of the week, and what came of it."""

    week: Week
    dice: random.Random = field(default_factory=lambda: random.Random(11))
    deeds: list[tuple[float, int, Deed]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    lags: list[float] = field(default_factory=list)
    count: itertools.count[int] = field(default_factory=itertools.count)

    def plan(self, minute: float, deed: Deed) -> None:
        heapq.heappush(self.deeds, (minute, next(self.count), deed))

    def attempt(self, deed: Deed) -> None:
        """A refusal is what happens when somebody else was faster."""
        try:
            deed()
        except Refused as refusal:
            self.done[f"refused {refusal.code}"] += 1

    def next(self) -> bool:
        """Do the next deed if it is due."""
        if not self.deeds or self.deeds[0][0] > self.week.minute:
            return False
        due, _, deed = heapq.heappop(self.deeds)
        self.lags.append(self.week.late(due))
        self.attempt(deed)
        return True


class Life(Agenda):
    """Who works on what, and what members do with it."""

    def __init__(self, week: Week) -> None:
        super().__init__(week)
        self.members = {member.pk: member for member in Member.objects.select_related("position", "team")}
        self.here: set[int] = set()
        self.at_work: dict[int, int] = {}
        self.asked_again: set[int] = set()
        self.piles: dict[int, list[Ticket]] = {}

    def run(self) -> None:
        """Do what is due until the week is over; look between whiles who has got what."""
        looked = 0.0
        while self.week.minute < self.week.scene.ends:
            if time.monotonic() - looked > LOOK_EVERY:
                self.look()
                looked = time.monotonic()
            if not self.next():
                time.sleep(0.002)

    def look(self) -> None:
        """Who holds what now; whoever has nothing in hand begins with what is due first."""
        piles: dict[int, list[Ticket]] = defaultdict(list)
        mine = Ticket.objects.filter(status="open", owner__in=self.here).select_related("customer")
        for ticket in mine.exclude(pk__in=self.at_work.values()).order_by("next_due_at", "pk"):
            piles[ticket.owner_id or 0].append(ticket)
        self.piles = piles
        for member in self.here - set(self.at_work):
            self.begin(member)

    def begin(self, member: int) -> None:
        """Take the first of one's own pile in hand."""
        mine = self.piles.get(member)
        if not mine or member not in self.here:
            self.at_work.pop(member, None)
            return
        ticket = mine.pop(0)
        self.at_work[member] = ticket.pk
        dice = random.Random(f"{ticket.external_id}:{ticket.tier}:{ticket.waiting_since}")
        takes = ticket.effort * dice.lognormvariate(-0.08, 0.4)
        start = self.week.minute
        self.plan(start + 0.3 * takes, lambda: self.answer(member, ticket))
        ends = self.hand_up if ticket.tier < 3 and dice.random() < HANDED_UP else self.resolve
        self.plan(start + takes, lambda: self.end(member, ticket, ends))

    def end(self, member: int, ticket: Ticket, ends: Callable[[Member, Ticket], None]) -> None:
        self.at_work.pop(member, None)
        self.attempt(lambda: ends(self.members[member], ticket))
        self.begin(member)

    def answer(self, member: int, ticket: Ticket) -> None:
        who = self.members[member]
        reply(actor=who, ticket=ticket, member=who, body="Please try it again.", at=self.week.now())
        self.done["answered"] += 1

    def resolve(self, member: Member, ticket: Ticket) -> None:
        resolve_ticket(actor=member, ticket=ticket, at=self.week.now())
        self.done["resolved"] += 1
        asks_again = random.Random(ticket.external_id).random() < ASKS_AGAIN
        if asks_again and ticket.pk not in self.asked_again:
            self.asked_again.add(ticket.pk)
            self.plan(self.week.minute + 120, partial(ask_again, self, ticket))

    def hand_up(self, member: Member, ticket: Ticket) -> None:
        escalate_ticket(
            actor=member,
            ticket=ticket,
            tried="Restarted it",
            found="The same again",
            wanted="Look at the log",
            at=self.week.now(),
        )
        self.done["handed_up"] += 1


def ask_again(life: Life, ticket: Ticket) -> None:
    contact = ticket.customer
    receive_message(actor=contact, ticket=ticket, contact=contact, body="It is back.", at=life.week.now())
    life.done["asked_again"] += 1


def write(life: Life, world: World, number: int, topic: int) -> None:
    dice = random.Random(number)
    open_ticket(
        actor=SYSTEM,
        customer=dice.choice(world[1]),
        subject="Cannot sign in since this morning",
        body="The page says that my password has expired.",
        channel="web",
        topic=world[0][topic],
        difficulty=dice.choices((1, 2, 3), (70, 22, 8))[0],
        priority=dice.choices((1, 2, 3, 4), (2, 6, 2, 1))[0],
        external_id=f"week-{number}",
        at=life.week.now(),
    )
    life.done["opened"] += 1


def come(life: Life, member: int) -> None:
    life.here.add(member)
    set_presence(actor=SYSTEM, member=life.members[member], status="online", at=life.week.now())
    life.done["came"] += 1


def go(life: Life, member: int) -> None:
    life.here.discard(member)
    set_presence(actor=SYSTEM, member=life.members[member], status="offline", at=life.week.now())


def fall_ill(life: Life, shift: Shift) -> None:
    member = life.members[shift.member_id]
    leave = request_leave(
        actor=SYSTEM,
        member=member,
        kind="sick",
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        whole_days=False,
        at=life.week.now(),
    )
    approve_leave(actor=SYSTEM, leave=leave, at=life.week.now())
    go(life, shift.member_id)
    life.done["fell_ill"] += 1


def swap(life: Life, shift: Shift, by: timedelta) -> None:
    starts, ends = shift.starts_at + by, shift.ends_at + by
    move_shift(actor=SYSTEM, shift=shift, starts_at=starts, ends_at=ends, at=life.week.now())
    life.done["shifts_moved"] += 1


def play(week: Week, policy: str) -> dict[str, Any]:
    """Live through the week."""
    life = Life(week)
    _plan_letters(life)
    _plan_shifts(life)
    week.ready()
    life.run()
    kept = ("opened", "answered", "resolved", "handed_up", "asked_again", "fell_ill", "shifts_moved")
    lag = float(np.percentile(life.lags, 99)) if life.lags else 0.0
    return {**{key: life.done[key] for key in kept}, "lag_p99": lag, "refused": _refused(life.done)}


def _refused(done: Counter[str]) -> int:
    return sum(count for key, count in done.items() if key.startswith("refused"))


def _plan_letters(life: Life) -> None:
    """So many letters over what is played, by the hour of the day; one topic gets more while its surge lasts."""
    scene, (span, factor) = life.week.scene, SURGE
    world = (list(Topic.objects.all()), list(Contact.objects.all()))
    hours = np.arange(int(scene.begins // 60), int(scene.ends // 60))
    counts = np.random.default_rng(3).multinomial(scene.tickets, scene.letters / scene.letters.sum())
    number = itertools.count()
    for hour, letters in zip(hours, counts, strict=True):
        for _ in range(int(letters)):
            topic = life.dice.randrange(len(world[0]))
            minute = 60 * float(hour) + 60 * life.dice.random()
            surging = topic == 0 and span[0] <= minute < span[1]
            for _ in range(int(factor) if surging else 1):
                life.plan(minute + life.dice.random(), partial(write, life, world, next(number), topic))


def _plan_shifts(life: Life) -> None:
    """Who comes when; some fall ill in the morning or in the middle, some shifts are moved an hour the day before."""
    for shift in Shift.objects.order_by("starts_at", "pk"):
        begins, ends = ((moment - START).total_seconds() / 60 for moment in (shift.starts_at, shift.ends_at))
        member, fate = shift.member_id, life.dice.random()
        if fate < ILL:
            life.plan(begins - 30 if fate < ILL / 2 else begins + 180, partial(fall_ill, life, shift))
            if fate < ILL / 2:
                continue
        elif fate < ILL + SWAPPED and begins - DAY / 2 > life.week.scene.begins:
            life.plan(begins - DAY / 2, partial(swap, life, shift, timedelta(hours=1)))
            begins, ends = begins + 60, ends + 60
        if ends > life.week.scene.begins:
            life.plan(max(begins, life.week.scene.begins), partial(come, life, member))
            life.plan(ends, partial(go, life, member))
