"""A rule is tried on past tickets before it goes live: it says what it would do, and does nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from fengong.automation.actions.rules import RuleDraft, drafted
from fengong.automation.models import RuleRun
from fengong.automation.rehearsal import rehearse
from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import resolve_ticket
from fengong.kernel.errors import Denied
from fengong.kernel.models import Event
from tests.automation.steps import PRIORITY, rule
from tests.world import World


def _draft(world: World, **more):
    given = {"name_en": "x", "events": ["opened"], "deeds": [PRIORITY], **more}
    return drafted(RuleDraft(**given), at=world.now)


def test_a_draft_shows_the_past_tickets_it_would_have_acted_on_and_changes_nothing(world: World):
    meant, _other = world.ticket(priority=1), world.ticket(priority=2)
    before = Event.objects.count()
    with override("en"):
        found = rehearse(actor=world.admin, rule=_draft(world, condition="priority:low"), at=world.now)
    assert (found.looked_at, found.times, [one.ticket for one in found.found]) == (2, 1, [meant])
    assert [chip.text for chip in found.chips] == ["Priority: Urgent"]
    meant.refresh_from_db()
    assert (meant.priority, Event.objects.count(), RuleRun.objects.count()) == (1, before, 0)


def test_an_event_that_came_twice_counts_twice_with_its_last_time(world: World):
    ticket = world.ticket()
    for minutes in (5, 9):
        at = world.now + timedelta(minutes=minutes)
        receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="?", at=at)
    found = rehearse(actor=world.admin, rule=_draft(world, events=["customer_wrote"]), at=world.now)
    assert [(one.times, one.last) for one in found.found] == [(2, world.now + timedelta(minutes=9))]


def test_a_time_rule_counts_what_was_open_for_so_long_also_of_what_is_resolved_now(world: World):
    slow, quick, still = world.ticket(), world.ticket(), world.ticket()
    for ticket, minutes in ((slow, 90), (quick, 20)):
        resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now + timedelta(minutes=minutes))
    draft = _draft(world, when="time", clock="opened", minutes=60, events=[])
    found = rehearse(actor=world.admin, rule=draft, at=world.now + timedelta(hours=3))
    assert {one.ticket for one in found.found} == {slow, still}


def test_only_the_newest_tickets_are_looked_at(world: World):
    for number in range(6):
        world.ticket(at=world.now + timedelta(minutes=number))
    found = rehearse(actor=world.admin, rule=_draft(world), last=4, at=world.now)
    assert (found.looked_at, found.times, found.since) == (4, 4, world.now + timedelta(minutes=2))


def test_a_rehearsal_costs_the_same_for_a_few_tickets_and_for_many(world: World):
    costs = []
    for more in (3, 30):
        for _ in range(more):
            world.ticket()
        with CaptureQueriesContext(connection) as queries:
            rehearse(actor=world.admin, rule=_draft(world), at=world.now)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 6


def test_a_rehearsal_is_for_those_who_keep_rules(world: World):
    with pytest.raises(Denied):
        rehearse(actor=world.li_na, rule=rule(world, active=False), at=world.now)
