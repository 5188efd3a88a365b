"""Many write at once: no ticket with two owners, none lost, nobody over capacity, at any instant."""

from __future__ import annotations

import os
import threading
from collections import Counter

import pytest
from django.db import connection

from fengong.desk.models import Ticket
from tests.dispatch import writers
from tests.dispatch.ledger import broken_histories, broken_now
from tests.dispatch.writers import ALL_STEPS, EIGHT, FOUR, Crew, Step
from tests.world import World

SECONDS = 8.0
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on_postgres() -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")


@pytest.mark.postgres
def test_eight_writers_never_break_the_books_on_postgresql(on_postgres: None, world: World):
    _work_together(world, EIGHT)


@pytest.mark.sqlite
def test_four_writers_never_break_the_books_on_sqlite(world: World):
    _work_together(world, FOUR)


def _work_together(world: World, shifts: list[list[Step]]) -> None:
    world.go_online()
    for _ in range(20):
        world.ticket()
    crew = Crew(world)
    watch = _Watch(crew)
    watch.start()
    crew.run(shifts, seconds=SECONDS)
    watch.join(timeout=30)
    assert crew.errors == []
    assert watch.found == []
    assert broken_now() == []
    assert broken_histories() == []
    assert ALL_STEPS - set(crew.done) == set(), f"some writer never got through: {crew.done}"
    assert watch.looks > 5
    _none_lost(crew)


def _none_lost(crew: Crew) -> None:
    counts = Counter(Ticket.objects.values_list("status", flat=True))
    assert set(counts) <= {"waiting", "open", "pending", "resolved"}
    assert sum(counts.values()) == crew.done[writers.open_one.__name__] + 20


class _Watch(threading.Thread):
    """Looks at the books all the time, on a connection of its own, until the writers stop."""

    def __init__(self, crew: Crew) -> None:
        super().__init__(name="watch")
        self._crew = crew
        self.found: list[str] = []
        self.looks = 0

    def run(self) -> None:
        try:
            while not self._crew.stop.wait(0.05) and not self.found:
                self.found += broken_now()
                self.looks += 1
        finally:
            connection.close()
        if self.found:
            self._crew.stop.set()
