"""Eight writers who all work on the same few tickets and members at once, each on a connection of its own."""

from __future__ import annotations

import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.promises import mark_broken_promises
from fengong.desk.actions.snoozes import snooze_ticket, wake_due
from fengong.desk.actions.tickets import grade_ticket, pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.actions.topics import change_topic
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.errors import Refused
from fengong.people.models import Member
from fengong.rota.actions.presence import set_presence
from tests.world import World

NOTE = {"tried": "换过浏览器", "found": "只在这个账号上出现", "wanted": "看一下日志"}
OWNED = ("open", "pending")
AT_MOST_WAITING = 40
Step = Callable[["Crew", random.Random], None]


@dataclass
class Crew:
    """What the writers share: the cast, the clock, and what came of their attempts."""

    world: World
    started: float = field(default_factory=time.monotonic)
    stop: threading.Event = field(default_factory=threading.Event)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.world.now + timedelta(seconds=time.monotonic() - self.started)

    @property
    def agents(self) -> list[Member]:
        return [member for member in self.world.members.values() if member.position.tier]

    def run(self, shifts: list[list[Step]], *, seconds: float) -> None:
        """Let one thread per list work through its steps, again and again, until the time is over.

        On a busy machine they go on until each step has got through once, up to five times as long.
        """
        threads = [
            threading.Thread(target=self._work, args=(number, steps)) for number, steps in enumerate(shifts)
        ]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        self.stop.wait(seconds)
        steps = {step.__name__ for shift in shifts for step in shift}
        while not self.stop.wait(0.1) and steps - set(self.done) and time.monotonic() - begun < 5 * seconds:
            pass
        self.stop.set()
        for thread in threads:
            thread.join(timeout=60)
        assert not any(thread.is_alive() for thread in threads), "a writer hangs"

    def _work(self, number: int, steps: list[Step]) -> None:
        dice = random.Random(number)
        try:
            while not self.stop.is_set():
                for step in steps:
                    self._try(step, dice)
        finally:
            connection.close()

    def _try(self, step: Step, dice: random.Random) -> None:
        try:
            step(self, dice)
            self.done[step.__name__] += 1
        except Refused as refusal:
            self.refused[refusal.code] += 1
        except Exception:
            self.errors.append(traceback.format_exc())
            self.stop.set()


class NothingToDoError(Refused):
    """No ticket is in the state the step needs; another turn will find one."""

    code = "nothing"


def pick(dice: random.Random, *statuses: str) -> Ticket:
    """Some ticket in one of these states, as a page would have read it."""
    found = list(Ticket.objects.filter(status__in=statuses).order_by("-id")[:60])
    if not found:
        raise NothingToDoError("there is no such ticket now")
    return dice.choice(found)


def match(crew: Crew, dice: random.Random) -> None:
    match_waiting(actor=MATCHER, at=crew.now)


def open_one(crew: Crew, dice: random.Random) -> None:
    if Ticket.objects.filter(status="waiting").count() > AT_MOST_WAITING:
        raise NothingToDoError("enough work waits")
    topic = dice.choice([*crew.world.topics, None])  # without one, the matcher grades it
    crew.world.ticket(
        topic=topic,
        difficulty=dice.choice((1, 1, 1, 2, 2, 3)),
        priority=dice.randint(1, 4),
        at=crew.now,
        external_id=f"mail-{dice.getrandbits(60)}",
    )


def assign_by_hand(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, "waiting", *OWNED)
    assign_ticket(actor=crew.world.wang_fang, ticket=ticket, member=dice.choice(crew.agents), at=crew.now)


def take(crew: Crew, dice: random.Random) -> None:
    member = dice.choice(crew.agents)
    assign_ticket(actor=member, ticket=pick(dice, "waiting"), member=member, at=crew.now)


def pass_on(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, *OWNED)
    assign_ticket(actor=owner(ticket), ticket=ticket, member=dice.choice(crew.agents), at=crew.now)


def resolve(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, *OWNED)
    resolve_ticket(actor=owner(ticket), ticket=ticket, at=crew.now)


def reopen(crew: Crew, dice: random.Random) -> None:
    if dice.random() < 0.5:
        raise NothingToDoError("most matters stay resolved")
    reopen_ticket(actor=dice.choice(crew.agents), ticket=pick(dice, "resolved"), at=crew.now)


def pend(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, "open")
    pend_ticket(actor=owner(ticket), ticket=ticket, at=crew.now)


def hear_customer(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, "pending", "pending", "open")
    customer, key = crew.world.customer, f"chat-{ticket.pk}-{dice.randint(1, 5)}"
    receive_message(
        actor=customer, ticket=ticket, contact=customer, body="还是不行", at=crew.now, external_id=key
    )


def answer(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, *OWNED)
    who = owner(ticket)
    reply(actor=who, ticket=ticket, member=who, body="请再试一次", at=crew.now, seen=ticket.version)


def come_and_go(crew: Crew, dice: random.Random) -> None:
    member = dice.choice(crew.agents)
    status = dice.choice(("online", "online", "online", "away", "offline"))
    set_presence(actor=member, member=member, status=status, at=crew.now)


def change_capacity(crew: Crew, dice: random.Random) -> None:
    member = dice.choice(crew.agents)
    set_capacity(actor=SYSTEM, member=member, capacity=dice.randint(80, 220), at=crew.now)


def sweep_promises(crew: Crew, dice: random.Random) -> None:
    mark_broken_promises(actor=SYSTEM, at=crew.now + timedelta(minutes=dice.randint(0, 120)))


def escalate(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, "waiting", *OWNED)
    actor = owner(ticket) if ticket.owner_id else crew.world.wang_fang
    escalate_ticket(actor=actor, ticket=ticket, at=crew.now, **NOTE)


def grade_again(crew: Crew, dice: random.Random) -> None:
    topic = crew.world.topics[dice.choice(list(crew.world.topics))]
    ticket = pick(dice, "waiting")
    grade_ticket(
        actor=crew.world.wang_fang, ticket=ticket, topic=topic, difficulty=dice.randint(1, 3), at=crew.now
    )


def snooze(crew: Crew, dice: random.Random) -> None:
    ticket, until = pick(dice, *OWNED), crew.now + timedelta(seconds=dice.randint(1, 3))
    snooze_ticket(actor=owner(ticket), ticket=ticket, until=until, at=crew.now)


def wake_up(crew: Crew, dice: random.Random) -> None:
    if not wake_due(actor=SYSTEM, at=crew.now):
        raise NothingToDoError("nothing is due")


def merge(crew: Crew, dice: random.Random) -> None:
    if dice.random() < 0.6:
        raise NothingToDoError("most matters stay by themselves")
    one, other = pick(dice, "waiting", *OWNED), pick(dice, "waiting", *OWNED)
    merge_ticket(actor=crew.world.wang_fang, ticket=one, into=other, at=crew.now)


def unmerge(crew: Crew, dice: random.Random) -> None:
    merged = list(Ticket.objects.filter(merged_into__isnull=False).order_by("-id")[:30])
    if not merged:
        raise NothingToDoError("nothing was merged")
    unmerge_ticket(actor=crew.world.wang_fang, ticket=dice.choice(merged), at=crew.now)


def retopic(crew: Crew, dice: random.Random) -> None:
    ticket, topic = pick(dice, *OWNED), crew.world.topics[dice.choice(list(crew.world.topics))]
    change_topic(actor=owner(ticket), ticket=ticket, topic=topic, at=crew.now)


def owner(ticket: Ticket) -> Member:
    assert ticket.owner is not None
    return ticket.owner


EIGHT: list[list[Step]] = [
    [match],
    [match],  # a second matcher, as when a lease has run out on a slow holder
    [open_one],
    [assign_by_hand, take],
    [pass_on, take, retopic],
    [resolve, reopen, merge, unmerge],
    [pend, hear_customer, answer, snooze, wake_up],
    [come_and_go, change_capacity, escalate, grade_again, sweep_promises],
]
FOUR: list[list[Step]] = [
    [match],
    [open_one, resolve, reopen, merge, unmerge],
    [assign_by_hand, take, pass_on, pend, hear_customer, snooze, wake_up, retopic],
    [come_and_go, change_capacity, escalate, grade_again, answer, sweep_promises],
]
ALL_STEPS = {step.__name__ for steps in EIGHT for step in steps}
