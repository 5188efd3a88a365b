"""Two people at one duty list in the same moment, on PostgreSQL: one gets through, the other is told so."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import history
from fengong.people import queries
from fengong.people.actions import duties as verbs
from fengong.people.models import DutyAcknowledgement, DutyList, Position
from tests.people.test_duties import line, published, written
from tests.world import World

PATIENCE = 30
"""Seconds after which somebody hangs."""
WAITING = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def on_postgres(transactional_db: None) -> None:
    """Leave a visible skip on SQLite, and an error where PostgreSQL was asked for."""
    if connection.vendor != "postgresql":
        asked = "postgres" in os.environ.get("FENGONG_REQUIRE", "")
        (pytest.fail if asked else pytest.skip)("this test needs PostgreSQL: set DATABASE_URL")


class Rivals:
    """The first has done all but commit when the second begins, and commits when the second waits for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._about_to_commit = threading.Event()
        self._record = verbs.record
        self.waited = False
        monkeypatch.setattr(verbs, "record", self._linger)

    def race(self, first: Callable[[], object], second: Callable[[], object]) -> list[Any]:
        """What each gave back or raised."""
        answers: dict[int, object] = {}

        def run(place: int, work: Callable[[], object]) -> None:
            try:
                if place:
                    assert self._about_to_commit.wait(PATIENCE)
                answers[place] = work()
            except Exception as error:
                answers[place] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=given) for given in enumerate((first, second))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * PATIENCE)
        assert not any(thread.is_alive() for thread in threads), "somebody hangs"
        assert self.waited, f"nobody waited for the first: {answers}"
        return [answers[0], answers[1]]

    def _linger(self, *args: Any, **more: Any) -> object:
        found = self._record(*args, **more)
        if not self._about_to_commit.is_set():
            self._about_to_commit.set()
            until = time.monotonic() + PATIENCE
            while not self.waited and time.monotonic() < until:
                with connection.cursor() as cursor:
                    cursor.execute(WAITING)
                    self.waited = cursor.fetchone()[0]
        return found


def _publish(world: World, name: str) -> DutyList:
    return verbs.publish_duties(
        actor=world.members[name],
        position=world.positions["l1"],
        effective_on=date(2026, 3, 2),
        zone="Asia/Shanghai",
        at=world.now,
    )


def _told(position: Position, verb: str) -> int:
    return history("position", position.pk).filter(verb=f"position.duties_{verb}").count()


def test_of_two_who_publish_one_draft_at_once_one_does_and_the_other_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    position = world.positions["l1"]
    written(world, line())
    rivals = Rivals(monkeypatch)
    mine, theirs = rivals.race(lambda: _publish(world, "admin"), lambda: _publish(world, "wang_fang"))
    assert isinstance(theirs, Missing), theirs
    assert list(queries.duty_editions(position)) == [mine]
    assert mine.number == 1 and queries.duty_draft(position) is None
    assert _told(position, "published") == 1


def test_who_still_writes_in_a_draft_that_is_being_published_is_told_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    position = world.positions["l1"]
    written(world, line("answer"))
    rivals = Rivals(monkeypatch)
    edition, refused = rivals.race(
        lambda: _publish(world, "admin"),
        lambda: verbs.write_duties(
            actor=world.wang_fang, position=position, duties=[line("late")], at=world.now
        ),
    )
    assert isinstance(refused, Missing), refused
    assert [duty.task for duty in edition.duties.all()] == ["answer"]


def test_of_two_who_begin_a_draft_at_once_one_does_and_the_other_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    position = world.positions["l1"]
    rivals = Rivals(monkeypatch)
    draft, refused = rivals.race(
        lambda: verbs.draft_duties(actor=world.admin, position=position, at=world.now),
        lambda: verbs.draft_duties(actor=world.wang_fang, position=position, at=world.now),
    )
    assert isinstance(refused, Conflict), refused
    assert queries.duty_draft(position) == draft


def test_who_acknowledges_twice_at_once_has_one_row_and_one_fact(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    edition = published(world)
    rivals = Rivals(monkeypatch)

    def acknowledge() -> DutyAcknowledgement:
        return verbs.acknowledge_duties(actor=world.li_na, edition=edition, at=world.now)

    mine, again = rivals.race(acknowledge, acknowledge)
    assert mine == again
    assert list(DutyAcknowledgement.objects.all()) == [mine]
    assert _told(edition.position, "acknowledged") == 1
