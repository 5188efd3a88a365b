"""The same through the running product: tables to picture, picture to page, after nothing and after one change.

One process on an SQLite file: 500 members in 12 positions with a duty list each, 100 topics, five shifts of eight hours
a member, a month of tickets. `python -m benchmarks.coverage.child` plays it, so that models are imported after Django.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import reset_queries
from django.test import Client

from benchmarks.coverage.filling import fill
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.members import set_skill
from fengong.people.models import Account, Member, Topic
from fengong.planning.coverage import keeping
from fengong.planning.coverage.effect import Away, of_change

RUNS = 5
PAGE = "/division/coverage"


def product(members: int, topics: int, tickets: int) -> dict[str, float]:
    """Milliseconds in the middle, by what was done."""
    call_command("migrate", verbosity=0)
    fill(members, topics, tickets)
    at = datetime.now(UTC)
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(email="lead@example.test"))
    found = {"from_nothing": _timed(lambda: _fresh(at)), "skill": _timed(lambda: _after_skill(at))}
    found["page_after_change"] = _timed(lambda: _seen_after_skill(client))
    found["page"] = _timed(lambda: _get(client))
    found["cell"] = _timed(lambda: _get(client, f"?topic={Topic.objects.earliest('pk').pk}&hour=34"))
    found["warning"] = _timed(lambda: _warned(at))
    found["findings"] = float(len(keeping.of_week(at=at).findings))
    return found


def _fresh(at: datetime) -> None:
    keeping.forget()
    assert keeping.of_week(at=at).coverage.findings is not None


def _after_skill(at: datetime) -> None:
    _skill()
    assert keeping.of_week(at=at).coverage.findings is not None


def _seen_after_skill(client: Client) -> None:
    _skill()
    _get(client)


def _skill() -> None:
    member, topic = Member.objects.filter(position__tier=1).earliest("pk"), Topic.objects.earliest("pk")
    level = 1 + int(perf_counter() * 1e6) % 5
    set_skill(
        actor=SYSTEM, member=member, topic=topic, proficiency=level, source="declared", at=datetime.now(UTC)
    )


def _warned(at: datetime) -> None:
    member = Member.objects.filter(position__tier=1).earliest("pk")
    of_change(Away(member.pk, at, at + timedelta(days=2)), at=at)


def _get(client: Client, query: str = "") -> None:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200, answer.status_code
    assert b"heat-row" in answer.content


def _timed(work: Callable[[], object]) -> float:
    work()
    spent = []
    for _ in range(RUNS):
        begun = perf_counter()
        work()
        spent.append(perf_counter() - begun)
        reset_queries()
    return 1000 * median(spent)
