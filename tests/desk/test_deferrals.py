"""Deferring: what waits is passed over until a time, and nothing that was promised for it moves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.deferrals import defer_ticket, take_back
from fengong.desk.models import Ticket
from fengong.desk.queries import queue
from fengong.desk.tasks import wake_snoozed
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.tasks import match
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def deferred(world: World) -> Ticket:
    world.go_online()
    return defer_ticket(actor=SYSTEM, ticket=world.ticket(), until=world.now + HOUR, at=world.now)


def test_a_deferred_ticket_waits_though_somebody_is_free_and_comes_up_again_in_time(
    world: World, deferred: Ticket
):
    assert queue(10, 10) == [] and match(at=world.now) == 0
    assert wake_snoozed(at=world.now + HOUR) == 1
    assert match(at=world.now + HOUR) == 1
    assert [event.verb for event in history("ticket", deferred.pk)][-2:] == [
        "ticket.woken",
        "ticket.dispatched",
    ]


def test_what_was_promised_and_since_when_it_waits_stay_as_they_were(world: World, deferred: Ticket):
    before = Ticket.objects.values("first_response_due", "resolution_due", "waiting_since", "paused_at")
    known = before.get(pk=deferred.pk)
    other = world.ticket()
    assert known == before.get(pk=other.pk)
    take_back(actor=SYSTEM, ticket=deferred, at=world.now + HOUR)
    assert before.get(pk=deferred.pk) == known
    assert [row.pk for row in queue(10, 10)] == [deferred.pk, other.pk]


def test_who_takes_it_by_hand_gets_it_at_once(world: World, deferred: Ticket):
    row = assign_ticket(actor=world.li_na, ticket=deferred, member=world.li_na, at=world.now)
    assert (row.status, row.snoozed_until) == ("open", None)


def test_only_what_waits_can_be_deferred_and_not_for_ever(world: World, deferred: Ticket):
    owned = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    with pytest.raises(Conflict):
        defer_ticket(actor=SYSTEM, ticket=owned, until=world.now + HOUR, at=world.now)
    with pytest.raises(Invalid):
        defer_ticket(actor=SYSTEM, ticket=deferred, until=world.now + 200 * HOUR, at=world.now)
    with pytest.raises(Denied):
        defer_ticket(actor=world.li_na, ticket=deferred, until=world.now + HOUR, at=world.now)
