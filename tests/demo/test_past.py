"""The past is led through verbs to its end; cut short, it is taken up again without a ticket twice or none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from fengong.demo import past
from fengong.demo.deeds import Deeds
from fengong.demo.past import days, load_past
from fengong.demo.setup import build_desk
from fengong.desk import queries as desk
from fengong.dispatch import queries as dispatch
from tests.demo.books import check_books

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
COUNT = 60


class Killed(Exception):
    """The process ended in the middle."""


@pytest.fixture(autouse=True)
def _a_short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "DAYS", 3)


def test_days_follow_each_other_and_hold_every_ticket() -> None:
    found = list(days(NOW, 2000))
    assert sum(count for _, count, _, _ in found) == 2000
    assert [first for first, *_ in found] == [sum(f[1] for f in found[:i]) for i in range(len(found))]
    assert all(one[3] == other[2] for one, other in pairwise(found))
    assert found[-1][3] == NOW


def test_tickets_are_opened_given_answered_moved_up_and_resolved() -> None:
    load(COUNT)
    tickets = list(desk.tickets())
    assert len(tickets) == COUNT
    done = [ticket for ticket in tickets if ticket.status == "resolved"]
    assert len(done) > COUNT * 0.75  # most who write today still wait for something
    assert all(ticket.resolved_at > ticket.opened_at for ticket in done)
    assert all(ticket.resolved_at <= NOW for ticket in done)
    assert all(ticket.first_responded_at and ticket.topic_id for ticket in done)
    assert all(dispatch.why(ticket) for ticket in done[:10])
    assert any(dispatch.escalations_of(ticket) for ticket in done)
    for ticket in done:
        number, _ = Deeds.told_by(ticket.external_id)
        assert number is not None
        assert ticket.difficulty == past.story(7, number).difficulty
    check_books()


def test_a_start_that_was_cut_short_is_taken_up_again() -> None:
    told: list[int] = []

    def tell(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            raise Killed

    with pytest.raises(Killed):
        load(COUNT, tell)
    assert 0 < desk.tickets().count() < COUNT
    load(COUNT)
    assert desk.tickets().count() == COUNT
    load(COUNT)
    assert desk.tickets().count() == COUNT
    check_books()


def load(count: int, tell: object = None) -> None:
    everybody = build_desk(password="not a secret", at=NOW - timedelta(days=40))
    load_past(everybody, seed=7, anchor=NOW, tickets=count, tell=tell or (lambda _: None))
