"""Deeds on tags, types, fields, rest, watchers and child tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from fengong.automation.deeds import check, describe, perform
from fengong.desk.actions.field_definitions import FieldWanted, define_field
from fengong.desk.actions.surveys import define_survey
from fengong.desk.actions.templates import TemplateWanted, define_template
from fengong.desk.models import Ticket, Watcher
from fengong.desk.reading.satisfaction import rating_of
from fengong.desk.reading.tags import of_tickets
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import System
from fengong.kernel.errors import Conflict
from tests.world import World

RULE = System("rule:7")


def _do(world: World, ticket: Ticket, *deeds: dict[str, object]) -> Ticket:
    return perform(actor=RULE, ticket=ticket, deeds=check(list(deeds)), at=world.now)


def _taken(world: World) -> Ticket:
    world.go_online()
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)


def test_tags_come_and_go_with_either_comma(world: World):
    ticket = world.ticket()
    _do(world, ticket, {"deed": "add_tags", "tags": "vip，退款, late"})
    _do(world, ticket, {"deed": "remove_tags", "tags": "late"})
    assert sorted(of_tickets([ticket.pk])[ticket.pk]) == ["vip", "退款"]


def test_a_field_takes_a_value_with_a_placeholder(world: World):
    define_field(actor=world.admin, wanted=FieldWanted(slug="who", name_en="Who", kind="text"), at=world.now)
    done = _do(world, world.ticket(), {"deed": "set_field", "field": "who", "value": "{{customer.name}}"})
    assert done.fields == {"who": "王强"}


def test_a_ticket_is_snoozed_for_so_long(world: World):
    done = _do(world, _taken(world), {"deed": "snooze", "minutes": "90"})
    assert done.snoozed_until == world.now + timedelta(minutes=90)


def test_rest_and_end_have_their_reasons(world: World):
    done = _do(world, _taken(world), {"deed": "wait", "reason": "third_party"})
    assert (done.status, done.reason) == ("pending", "third_party")
    done = _do(world, done, {"deed": "resolve", "reason": "no_answer"})
    assert (done.status, done.reason) == ("resolved", "no_answer")
    with override("en"):
        said = [
            chip.text for chip in describe([{"deed": "resolve", "reason": "no_answer"}, {"deed": "resolve"}])
        ]
    assert said == ["Resolve: The customer did not answer", "Resolve"]


def test_a_colleague_is_made_to_watch(world: World):
    ticket = world.ticket()
    _do(world, ticket, {"deed": "watch", "member": world.he_jie.pk})
    assert Watcher.objects.filter(ticket=ticket, member=world.he_jie).exists()


def test_a_topic_changes_on_a_ticket_somebody_works_on(world: World):
    done = _do(world, _taken(world), {"deed": "set_topic", "topic": world.topics["api"].pk, "difficulty": 2})
    assert (done.topic, done.difficulty, done.owner) == (world.topics["api"], 2, world.li_na)


def test_a_child_ticket_is_opened_from_a_template_in_the_owners_name(world: World):
    wanted = TemplateWanted(name_en="Check the invoice", subject="核对发票", body="请核对")
    template = define_template(actor=world.wang_fang, wanted=wanted, at=world.now)
    deed = {"deed": "open_child", "template": template.pk}
    with pytest.raises(Conflict):
        _do(world, world.ticket(), deed)
    parent = _do(world, _taken(world), deed)
    (child,) = parent.children.all()
    assert (child.subject, child.customer) == ("核对发票", parent.customer)


def test_a_customer_is_asked_how_it_went_once_about_a_ticket(world: World):
    ticket, deed = world.ticket(), {"deed": "ask_csat"}
    with pytest.raises(Conflict):
        _do(world, ticket, deed)
    values = {"name": "CSAT", "question_zh": "满意吗？", "ways": ["portal"]}
    define_survey(actor=world.admin, values=values, at=world.now)
    _do(world, ticket, deed)
    assert rating_of(ticket).answered_at is None
    with pytest.raises(Conflict):
        _do(world, ticket, deed)
