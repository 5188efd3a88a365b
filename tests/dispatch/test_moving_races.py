"""What moves tickets by itself, beside people who work on the same ones: no book breaks, every owner is explained."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from fengong.desk.models import Ticket
from fengong.dispatch.actions.answers import answer_resolved
from fengong.dispatch.actions.escalations import deescalate_ticket
from fengong.dispatch.actions.handing_over import hand_over_work
from fengong.dispatch.actions.ladders import climb_overdue
from fengong.dispatch.actions.rebalancing import even_out
from fengong.dispatch.actions.silence import move_on_from_silent
from fengong.dispatch.models import Decision, Move
from fengong.dispatch.move_rules import MoveRules
from fengong.kernel.actor import SYSTEM
from tests.dispatch import writers
from tests.dispatch.ledger import broken_histories, broken_now
from tests.dispatch.writers import Crew, NothingToDoError, Step, owner, pick
from tests.world import World

SECONDS = 6.0
EAGER = MoveRules(tier=(1, 1), silence=(1, 1, 1, 1), gap=0.05, budget=50, calm=0, settled=0, grace=0)
"""Everything is due after a minute, so that the rules and the people meet all the time."""
BACK = {"found": "在手册里", "wanted": "照做"}
pytestmark = pytest.mark.django_db(transaction=True)


def _by_rule(rule: Callable[..., int]) -> Step:
    def step(crew: Crew, dice: random.Random) -> None:
        later = crew.now + timedelta(minutes=dice.choice((1, 2, 3, 260)))
        if not rule(actor=SYSTEM, at=later, rules=EAGER):
            raise NothingToDoError("nothing is due")

    step.__name__ = rule.__name__
    return step


def give_back(crew: Crew, dice: random.Random) -> None:
    ticket = pick(dice, "open")
    deescalate_ticket(actor=owner(ticket), ticket=ticket, at=crew.now, **BACK)


def tell(crew: Crew, dice: random.Random) -> None:
    answer_resolved(actor=SYSTEM, at=crew.now)


RULES = [_by_rule(rule) for rule in (hand_over_work, move_on_from_silent, even_out)]
PEOPLE: list[list[Step]] = [
    [writers.match, writers.open_one],
    [writers.assign_by_hand, writers.take, writers.pass_on, writers.escalate, give_back],
    [writers.resolve, writers.reopen, writers.answer, writers.pend, writers.hear_customer],
    [writers.come_and_go, tell, _by_rule(climb_overdue)],
]


@pytest.fixture
def on_postgres() -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")


@pytest.mark.postgres
def test_rules_that_move_tickets_and_people_who_work_never_break_the_books_on_postgresql(
    on_postgres: None, world: World
):
    _side_by_side(world, [*PEOPLE, RULES, RULES[::-1]])


@pytest.mark.sqlite
def test_rules_that_move_tickets_and_people_who_work_never_break_the_books_on_sqlite(world: World):
    _side_by_side(world, [[*PEOPLE[0], *PEOPLE[1]], [*PEOPLE[2], *PEOPLE[3]], RULES])


def _side_by_side(world: World, shifts: list[list[Step]]) -> None:
    world.go_online()
    for _ in range(25):
        world.ticket()
    crew = Crew(world)
    crew.run(shifts, seconds=SECONDS)
    assert crew.errors == []
    assert broken_now() == []
    assert broken_histories() == []
    assert {step.__name__ for step in RULES} <= set(crew.done), crew.done
    moved = Decision.objects.filter(kind="moved")
    assert moved.exists()
    assert not moved.filter(move__isnull=True).exists()
    assert not Ticket.objects.filter(status="waiting", owner__isnull=False).exists()
    assert set(Move.objects.values_list("kind", flat=True)) <= {kind.value for kind in Move.Kind}
