"""Many matters at once: each judged by itself, none written down twice, the same result as one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.drafting import Matter
from fengong.desk.actions.intake import Outcome, open_tickets
from fengong.desk.actions.ownership import give_to
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied
from fengong.kernel.models import Event, EventSubject
from tests.world import World

FIELDS = [f.attname for f in Ticket._meta.concrete_fields if f.attname not in ("id", "external_id")]


def _matter(world: World, **more: Any) -> Matter:
    return Matter(**{"customer": world.customer, "subject": "忘记密码", "body": "请看", **more})


def _opened(world: World, *matters: Matter) -> list[Outcome]:
    return open_tickets(actor=SYSTEM, matters=matters, at=world.now + timedelta(hours=1))


def test_a_batch_writes_what_one_by_one_would(world: World):
    give_to(ticket=world.ticket(), member=world.li_na, at=world.now)
    other = find_or_add_contact(actor=SYSTEM, email="new@x.example", at=world.now, language="en")
    given: list[dict[str, Any]] = [
        {},
        {"customer": other, "priority": 4, "channel": "api"},
        {"topic": world.topics["api"], "difficulty": 3, "language": "en"},
    ]
    together = [outcome.ticket for outcome in _opened(world, *(_matter(world, **more) for more in given))]
    for number, (more, ticket) in enumerate(zip(given, together, strict=True)):
        wanted = {"customer": world.customer, "subject": "忘记密码", "body": "请看", **more}
        alone = open_ticket(actor=SYSTEM, at=world.now + timedelta(hours=1), **wanted)
        assert ticket is not None
        stored = Ticket.objects.get(pk=ticket.pk)
        alone = Ticket.objects.get(pk=alone.pk)
        assert [getattr(stored, name) for name in FIELDS] == [getattr(alone, name) for name in FIELDS], number
        assert _told(stored) == _told(alone)
    assert together[0] is not None
    assert together[0].preferred_id == world.li_na.pk


def _told(ticket: Ticket) -> list[Any]:
    """What stands beside a ticket: its first message and the fact that it was opened."""
    messages = ticket.messages.values_list("contact_id", "body", "at")
    events = Event.objects.filter(subjects__kind="ticket", subjects__ref=ticket.pk)
    subjects = EventSubject.objects.filter(event__in=events, kind="customer").values_list("ref", flat=True)
    return [list(messages), list(events.values_list("verb", "actor", "at")), list(subjects)]


def test_one_that_cannot_be_written_down_does_not_touch_the_others(world: World):
    outcomes = _opened(
        world, _matter(world), _matter(world, subject=" "), _matter(world, priority=9), _matter(world)
    )
    assert [outcome.is_new for outcome in outcomes] == [True, False, False, True]
    assert [outcome.refusal.field for outcome in outcomes if outcome.refusal] == ["subject", "priority"]
    assert Ticket.objects.count() == 2


def test_nothing_is_written_down_twice(world: World):
    stands = world.ticket(external_id="a")
    outcomes = _opened(world, *(_matter(world, external_id=name) for name in ("a", "b", "b")), _matter(world))
    assert [outcome.is_new for outcome in outcomes] == [False, True, False, True]
    assert outcomes[0].ticket == stands
    assert outcomes[1].ticket == outcomes[2].ticket
    assert Message.objects.count() == 3


def test_a_rival_in_the_middle_of_it_is_met_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch):
    def come_first(*args: Any, **kwargs: Any) -> None:
        monkeypatch.undo()
        raise IntegrityError("ticket_once")

    monkeypatch.setattr(Ticket.objects, "bulk_create", come_first)
    outcomes = _opened(world, _matter(world, external_id="a"), _matter(world, subject=""), _matter(world))
    assert [outcome.is_new for outcome in outcomes] == [True, False, True]
    assert Ticket.objects.count() == 2


def test_who_may_not_open_one_may_not_open_many(world: World):
    with pytest.raises(Denied):
        open_tickets(actor=world.qian_wei, matters=[_matter(world)], at=world.now)
    assert open_tickets(actor=SYSTEM, matters=[], at=world.now) == []


def test_a_batch_costs_hardly_more_statements_than_one(world: World):
    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            _opened(world, *(_matter(world, external_id=f"{count}-{n}") for n in range(count)))
        return len(captured)

    assert cost(1) <= 10
    assert cost(100) <= 20
