"""Looks at the tables all the time, with an eye of its own: it knows nothing of the engine.

A ticket waits wrongly while somebody is online and on shift, not on leave, of its tier or above, knows its topic well
enough, has room for it, can be done before they go, has not handed it up, and no rule of reserve holds it back.
"""

from __future__ import annotations

import signal
import threading
import time
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from benchmarks.week.pace import Week
from fengong.desk.models import Load, Ticket
from fengong.dispatch.models import Escalation, Wait
from fengong.kernel import clock
from fengong.people.models import Member, Skill
from fengong.rota.models import Leave, Presence, Shift

LOOK_EVERY = 0.2  # real seconds
NEED = {1: 1.0, 2: 2.0, 3: 3.0}
GUARD = timedelta(minutes=5)
WRONG = """
    SELECT COUNT(*) FROM desk_load load LEFT JOIN (
        SELECT owner_id, SUM(held) AS effort FROM desk_ticket
        WHERE status IN ('open', 'pending') GROUP BY owner_id
    ) held ON held.owner_id = load.member_id
    WHERE load.effort > load.capacity OR load.effort <> COALESCE(held.effort, 0)
"""


class Watch:
    """What was seen so far; `since` is when a ticket was first seen to wait beside somebody who could take it."""

    def __init__(self) -> None:
        self.tiers = dict(Member.objects.values_list("pk", "position__tier"))
        self.knows = {(s.member_id, s.topic_id): s.proficiency for s in Skill.objects.all()}
        self.since: dict[int, float] = {}
        self.waits: list[tuple[float, float]] = []
        self.ginis: list[float] = []
        self.looks = self.wrong = self.held_back = 0
        self.most_waiting = 0

    def look(self) -> None:
        """One look at one snapshot."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute(WRONG)
                self.wrong += cursor.fetchone()[0] > 0
            now, moment = clock.now(), time.time()
            left = self._left()
            stuck = self._stuck(now, left)
        self.looks += 1
        self._follow(stuck, moment)

    def end(self) -> None:
        """What still waits counts as far as it has waited."""
        self._follow(set(), time.time())

    def longest_at(self, week: Week) -> float:
        """The minute of the week at which the longest wait began; there to look into it."""
        began, _ = max(self.waits, key=lambda wait: wait[1], default=(time.time(), 0.0))
        return round(week.minute_at(began), 1)

    def _follow(self, stuck: set[int], moment: float) -> None:
        for ticket in set(self.since) - stuck:
            began = self.since.pop(ticket)
            self.waits.append((began, moment - began))
        for ticket in stuck:
            self.since.setdefault(ticket, moment)

    def _left(self) -> dict[int, int]:
        """Room of those who are online, and the spread of their load."""
        online = set(Presence.objects.filter(status="online").values_list("member_id", flat=True))
        loads = [load for load in Load.objects.all() if load.member_id in online]
        if loads:
            self.ginis.append(gini([load.effort / load.capacity for load in loads]))
        return {load.member_id: load.capacity - load.effort for load in loads}

    def _stuck(self, now: datetime, left: dict[int, int]) -> set[int]:
        shifts = dict(
            Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).values_list("member_id", "ends_at")
        )
        leaves = Leave.objects.filter(state="approved", starts_at__lte=now, ends_at__gt=now)
        away = set(leaves.values_list("member_id", flat=True))
        here = {member: room for member, room in left.items() if member in shifts and member not in away}
        reserved = set(Wait.objects.filter(reason="held_back").values_list("ticket_id", flat=True))
        waiting = list(
            Ticket.objects.filter(status="waiting", topic__isnull=False, snoozed_until__isnull=True)
        )
        barred = defaultdict(set)
        bars = Escalation.objects.filter(bars=True, ticket__in=[ticket.pk for ticket in waiting])
        for ticket_id, member_id in bars.values_list("ticket_id", "member_id"):
            barred[ticket_id].add(member_id)
        self.most_waiting = max(self.most_waiting, len(waiting))
        able = {
            ticket.pk
            for ticket in waiting
            if any(
                room >= ticket.effort
                and self._can(member, ticket)
                and member not in barred[ticket.pk]
                and now + timedelta(minutes=ticket.effort) + GUARD <= shifts[member]
                for member, room in here.items()
            )
        }
        self.held_back += len(able & reserved)
        return able - reserved

    def _can(self, member: int, ticket: Ticket) -> bool:
        knows = float(self.knows.get((member, ticket.topic_id or 0), 0))
        return (self.tiers[member] or 0) >= ticket.tier and knows >= NEED[ticket.difficulty]


def gini(values: list[float]) -> float:
    """0 when all are alike; near 1 when one has everything."""
    ranked, total = sorted(values), sum(values)
    if not total:
        return 0.0
    weighted = sum((2 * place - len(ranked) - 1) * value for place, value in enumerate(ranked, start=1))
    return weighted / (len(ranked) * total)


def play(week: Week, policy: str) -> dict[str, Any]:
    """Look until told to stop."""
    told, watch = threading.Event(), Watch()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    week.ready()
    while not told.wait(LOOK_EVERY):
        watch.look()
    watch.end()
    return {
        "waits": [wait for wait in watch.waits if wait[1] > 0.5],
        "longest_at_minute": watch.longest_at(week),
        "looks": watch.looks,
        "gini": sum(watch.ginis) / len(watch.ginis) if watch.ginis else 0.0,
        "over_capacity": watch.wrong,
        "held_back": watch.held_back,
        "most_waiting": watch.most_waiting,
    }
