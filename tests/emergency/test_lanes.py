"""Lanes: complaints and key accounts go first, by rules that can be seen and changed."""

from __future__ import annotations

import pytest

from fengong.automation.models import Rule
from fengong.automation.tasks import follow_rules
from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Organization
from fengong.desk.actions.messages import receive_message
from fengong.desk.models import Ticket
from fengong.dispatch.tasks import match
from fengong.emergency.actions.lanes import close_lane, open_lane
from fengong.emergency.queries import lanes
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World


def test_a_complaint_becomes_urgent_at_once_its_lead_is_told_and_it_is_given_first(world: World):
    open_lane(actor=world.admin, kind="complaint", at=world.now)
    before = [world.ticket() for _ in range(3)]
    angry = world.ticket("我要投诉", body="再不处理就曝光你们")
    assert follow_rules(at=world.now) == 1
    angry.refresh_from_db()
    assert angry.priority == Ticket.Priority.URGENT
    assert "ticket.member_notified" in [event.verb for event in history("ticket", angry.pk)]
    assert [Ticket.objects.get(pk=one.pk).priority for one in before] == [2, 2, 2]
    world.go_online("li_na")
    match(at=world.now)
    angry.refresh_from_db()
    assert angry.owner == world.li_na
    complaints = lanes()[0]
    assert (complaints.is_open, complaints.tickets, complaints.unanswered_since) == (True, 1, world.now)


def test_a_complaint_in_a_later_message_is_found_too_and_only_once(world: World):
    from_desk = world.ticket()
    open_lane(actor=world.admin, kind="complaint", at=world.now)
    for _ in range(2):
        receive_message(
            actor=world.customer,
            ticket=from_desk,
            contact=world.customer,
            body="This is a complaint",
            at=world.now,
        )
        follow_rules(at=world.now)
    notified = [event for event in history("ticket", from_desk.pk) if event.verb == "ticket.member_notified"]
    assert Ticket.objects.get(pk=from_desk.pk).priority == 4 and len(notified) == 1


def test_key_accounts_go_before_others(world: World):
    open_lane(actor=world.admin, kind="vip", at=world.now)
    key = find_or_add_contact(
        actor=SYSTEM, email="ceo@key.example", display_name="K", organization="重点", at=world.now
    )
    Organization.objects.filter(name="重点").update(grade="key")
    first, other = world.ticket(customer=key), world.ticket()
    follow_rules(at=world.now)
    assert [Ticket.objects.get(pk=one.pk).priority for one in (first, other)] == [3, 2]


def test_a_lane_is_closed_and_opened_again_with_the_rule_a_desk_has_made_of_it(world: World):
    lane = open_lane(actor=world.admin, kind="vip", at=world.now)
    Rule.objects.filter(pk=lane.rule_id).update(condition="grade:business")
    close_lane(actor=world.admin, kind="vip", at=world.now)
    assert not lanes()[1].is_open
    again = open_lane(actor=world.admin, kind="vip", at=world.now)
    assert again.rule_id == lane.rule_id and again.rule.condition == "grade:business" and lanes()[1].is_open


def test_only_administrators_open_lanes_and_there_are_two(world: World):
    with pytest.raises(Denied):
        open_lane(actor=world.wang_fang, kind="vip", at=world.now)
    with pytest.raises(Invalid):
        open_lane(actor=world.admin, kind="bus", at=world.now)
