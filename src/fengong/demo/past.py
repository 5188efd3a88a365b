"""The demo's past: 2,000 tickets of the last thirty days, led from opening to resolution through the same verbs.

Each day is one transaction, so a start that was cut short is taken up again at the day it had reached. The last day
ends now, in the middle of work: what is still open then is what the live demo goes on with.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from fengong.demo.cast import cast
from fengong.demo.compose import story
from fengong.demo.deeds import Deeds
from fengong.demo.dice import Dice
from fengong.demo.script import PAST, Escalate, Resolve, Step, next_step
from fengong.demo.setup import DEMO, People
from fengong.demo.shifts import DAY, Span, spans
from fengong.demo.story import Story, Turn
from fengong.demo.topics import minutes_of
from fengong.desk import queries as desk
from fengong.desk.actions.promises import mark_broken_promises
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift

DAYS = 30
TODAY = timedelta(hours=6)
"""How long before now the last, unfinished day began."""
HOURS = (0.5,) * 4 + (1.2,) + (2.0,) * 9 + (0.8,) * 6 + (0.3,) * 2 + (0.0,) * 2
"""How many write in, by the hour of such a day; nobody in the last two, so that its work comes to an end."""
TODAY_HOURS = (0.5,) * 4 + (1.0, 4.0)
"""The same for today: most wrote within the last hour, so that the board is full of work when the demo starts."""
TODAY_SHARE = 1.2
"""How many write today, as a share of a whole day's."""
WAVE = timedelta(minutes=9)
"""Customers write in small waves of about this length, each followed by one round of matching."""


@dataclass(slots=True)
class Thread:
    """A ticket on its way through the past."""

    story: Story
    ticket: Any
    tier: int
    owner: Any = None
    said: set[str] = field(default_factory=set)
    plans: int = 0


def load_past(
    everybody: People, *, seed: int, anchor: datetime, tickets: int, tell: Callable[[int], None]
) -> int:
    """Load what is missing of the past that ends at the anchor; `tell` hears how many tickets stand. Returns them."""
    deeds = Deeds()
    for first, count, begin, end in days(anchor, tickets):
        if count and desk.ticket_by_external_id(Deeds.external_id(first)) is None:
            with transaction.atomic():
                Day(everybody, deeds, seed=seed, anchor=anchor, span=(begin, end)).play(first, count)
        tell(first + count)
    return tickets


def days(anchor: datetime, tickets: int) -> Iterator[tuple[int, int, datetime, datetime]]:
    """Each day's first ticket number, how many, begin and end; the last is today, up to the anchor."""
    begin_today = anchor - TODAY
    each, first = tickets / (DAYS + TODAY_SHARE), 0
    for day in range(DAYS, 0, -1):
        upto = round(each * (DAYS - day + 1))
        begin = begin_today - day * DAY
        yield first, upto - first, begin, begin + DAY
        first = upto
    yield first, tickets - first, begin_today, anchor


class Day:
    """One day of the past, step after step in the order of time."""

    def __init__(self, everybody: People, deeds: Deeds, *, seed: int, anchor: datetime, span: Span) -> None:
        self._everybody = everybody
        self._members = {member.pk: member for member in everybody.values()}
        self._deeds, self._seed, self._anchor = deeds, seed, anchor
        self._begin, self._end = span
        self._agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._count = 0
        self._threads: dict[int, Thread] = {}

    def play(self, first: int, count: int) -> None:
        """People come and go, customers write, members answer, until all is resolved, or until it is now."""
        for plan in cast().members:
            for span in spans(plan.wave, self._anchor, begin=self._begin - DAY / 2, end=self._end):
                self._shift(self._everybody[plan.login], *span)
        for number, at in zip(range(first, first + count), self._openings(count), strict=True):
            self._at(at, partial(self._open, number))
        while self._agenda:
            at, _, act = heapq.heappop(self._agenda)
            if at >= self._anchor:
                break
            act(at)

    def _at(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self._count += 1
        heapq.heappush(self._agenda, (at, self._count, act))

    def _shift(self, member: Any, starts: datetime, ends: datetime) -> None:
        if starts >= self._begin:
            plan_shift(actor=DEMO, member=member, starts_at=starts, ends_at=ends, at=self._begin)
            self._at(starts, lambda at: self._present(member, "online", at))
        if self._begin <= ends < self._end:
            self._at(ends, lambda at: self._present(member, "offline", at))

    def _present(self, member: Any, status: str, at: datetime) -> None:
        set_presence(actor=DEMO, member=member, status=status, at=at)

    def _openings(self, count: int) -> list[datetime]:
        """When customers write, and a round of matching after each wave of them."""
        dice = Dice("openings", self._seed, self._begin.isoformat())
        length = (self._end - self._begin) / timedelta(hours=1)
        weights = TODAY_HOURS if self._end == self._anchor else HOURS
        hours = [(float(hour), weight) for hour, weight in enumerate(weights) if hour < length]
        found: list[datetime] = []
        while len(found) < count:
            wave = self._begin + timedelta(hours=dice.weighted(hours) + dice.between(0, 0.85))
            size = min(dice.whole(3, 7), count - len(found))
            found += [wave + dice.fraction() * WAVE for _ in range(size)]
            self._at(wave + WAVE, self._match)
        return sorted(found)

    def _open(self, number: int, at: datetime) -> None:
        told = story(self._seed, number)
        ticket = self._deeds.open(told, at=at, graded=True)
        self._threads[ticket.pk] = Thread(told, ticket, tier=told.graded)

    def _match(self, at: datetime) -> None:
        mark_broken_promises(actor=SYSTEM, at=at)
        for decision in match_waiting(actor=MATCHER, at=at):
            thread = self._threads.get(decision.ticket_id)
            if thread:
                thread.owner = self._members[decision.winner_id]
                self._plan(thread, at)
        if any(thread.owner is None for thread in self._threads.values()):
            self._at(at + WAVE, self._match)

    def _plan(self, thread: Thread, at: datetime) -> None:
        told = thread.story
        tier = thread.owner.position.tier
        step = next_step(told, thread.said, owner_tier=tier, ticket_tier=thread.tier)
        dice = Dice("past", self._seed, told.number, step.kind, len(thread.said))
        wait = PAST.seconds(step.kind, minutes_of(told.topic, told.difficulty), dice)
        thread.plans += 1
        self._at(at + timedelta(seconds=wait), partial(self._act, thread, step, thread.plans))

    def _act(self, thread: Thread, step: Step, planned: int, at: datetime) -> None:
        """Take a step, unless the ticket has changed hands since it was planned."""
        if planned != thread.plans:
            return
        held = self._deeds.do(step, ticket=thread.ticket, owner=thread.owner, story=thread.story, at=at)
        if isinstance(step, Turn):
            thread.said.add(step.body)
        if isinstance(step, Escalate):
            thread.tier += 1
        if held:
            self._plan(thread, at)
        elif isinstance(step, Resolve):
            del self._threads[thread.ticket.pk]
        else:
            thread.owner = None
            self._at(at + WAVE, self._match)
