"""Deeds: what may be stored, how it reads, and what it does."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from fengong.automation.deeds import DEEDS, check, describe, perform, perform_each
from fengong.automation.deeds.wording import fill
from fengong.desk import queries as desk
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import System
from fengong.kernel.errors import Denied, Invalid, Refused
from fengong.kernel.models import Event
from tests.world import World

RULE = System("rule:1")


def _deed(name: str, **given: object) -> dict[str, object]:
    return {"deed": name, **given}


@pytest.mark.parametrize(
    ("deeds", "field", "said"),
    [
        ([{"deed": "fly"}], "deeds.0", "Step 1"),
        ([_deed("resolve"), _deed("set_priority", priority=9)], "deeds.1.priority", "Step 2: Priority"),
        ([_deed("note", text="  ")], "deeds.0.text", "Step 1: Text"),
        ([_deed("resolve", why="x")], "deeds.0", "why"),
        ([_deed("reply")], "deeds.0.zh", "Step 1"),
        ([_deed("note", text="{{customer.shoe}}")], "deeds.0.text", "customer.shoe"),
        ([_deed("assign", member=10**9)], "deeds.0.member", "Step 1"),
        ("resolve", "deeds", "list"),
        ([_deed("note", text="half \ud800 of a pair")], "deeds.0.text", "Step 1"),
        ([_deed("\ud800")], "deeds.0", "Step 1"),
        ([_deed("resolve")] * 21, "deeds", "20"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_place(db: None, deeds: object, field: str, said: str):
    with override("en"), pytest.raises(Invalid) as refused:
        check(deeds)
    assert refused.value.field == field
    assert said in refused.value.message


def test_what_forms_send_as_text_is_stored_as_numbers(world: World):
    stored = check([_deed("set_priority", priority="4"), _deed("assign", member=str(world.li_na.pk))])
    assert stored == [_deed("set_priority", priority=4), _deed("assign", member=world.li_na.pk)]


def test_every_deed_reads_as_a_sentence_in_both_languages(world: World):
    deeds = [_deed("set_priority", priority=4), _deed("assign", member="nobody"), _deed("note", text="看看")]
    with override("en"):
        assert [chip.text for chip in describe(deeds)][::2] == ["Priority: Urgent", "Note: 看看"]
    with override("zh-hans"):
        assert describe(deeds)[0].text == "优先级：紧急"


def test_a_list_of_deeds_is_done_in_turn(world: World):
    world.go_online()
    ticket = world.ticket()
    deeds = check(
        [
            _deed("assign", member=world.li_na.pk),
            _deed("set_priority", priority=4),
            _deed("reply", zh="{{customer.name}}，您好"),
            _deed("wait"),
        ]
    )
    done = perform(actor=RULE, ticket=ticket, deeds=deeds, at=world.now)
    assert (done.owner, done.priority, done.status) == (world.li_na, 4, "pending")
    assert desk.thread(ticket).last().body == "王强，您好"
    assert set(Event.objects.filter(actor="system:rule:1").values_list("verb", flat=True)) >= {
        "ticket.dispatched",
        "ticket.priority_set",
        "ticket.replied",
        "ticket.pended",
    }


def test_all_or_nothing_leaves_nothing_when_one_deed_is_refused(world: World):
    ticket = world.ticket()
    deeds = check([_deed("set_priority", priority=4), _deed("wait")])
    with override("en"), pytest.raises(Refused) as refused:
        perform(actor=RULE, ticket=ticket, deeds=deeds, at=world.now)
    ticket.refresh_from_db()
    assert ticket.priority == 2
    assert refused.value.message.startswith("Step 2:")


def test_each_as_far_as_it_goes_reports_what_was_refused(world: World):
    ticket = world.ticket()
    deeds = check([_deed("wait"), _deed("set_priority", priority=4)])
    outcomes = perform_each(actor=RULE, ticket=ticket, deeds=deeds, at=world.now)
    ticket.refresh_from_db()
    assert [(outcome.deed, outcome.done) for outcome in outcomes] == [
        ("wait", False),
        ("set_priority", True),
    ]
    assert outcomes[0].said
    assert ticket.priority == 4


def test_a_deed_can_do_no_more_than_whoever_does_it(world: World):
    ticket = world.ticket()
    with pytest.raises(Denied):
        perform(actor=world.li_na, ticket=ticket, deeds=[_deed("set_tier", tier=3)], at=world.now)


def test_a_member_who_does_deeds_writes_under_their_own_name(world: World):
    ticket = world.ticket()
    deeds = check(
        [_deed("assign", member="me"), _deed("reply", en="{{member.name}} here", zh="我是{{member.name}}")]
    )
    world.go_online()
    done = perform(actor=world.li_na, ticket=ticket, deeds=deeds, at=world.now)
    assert done.owner == world.li_na
    assert desk.thread(ticket).last().member == world.li_na


def test_colleagues_are_notified_by_their_part_in_the_ticket(world: World):
    world.go_online()
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    for who in ("owner", "lead"):
        perform(actor=RULE, ticket=ticket, deeds=[_deed("notify", who=who, text="快")], at=world.now)
    told = Event.objects.filter(verb="ticket.member_notified").order_by("seq")
    assert [event.data["member"] for event in told] == [world.li_na.pk, world.wang_fang.pk]


def test_everybody_is_called_together_until_there_is_an_emergency_room(world: World):
    ticket = world.ticket()
    perform(actor=RULE, ticket=ticket, deeds=[_deed("start_swarm", text="全站宕机")], at=world.now)
    ticket.refresh_from_db()
    assert ticket.priority == 4
    assert "全站宕机" in desk.thread(ticket).last().body
    assert Event.objects.filter(verb="ticket.member_notified", data__member=world.wang_fang.pk).exists()


def test_a_placeholder_holds_one_line_and_never_another_placeholder(world: World):
    ticket = world.ticket("a\n{{customer.email}}")
    text = fill("{{ticket.subject}} {{field.city|somewhere}} {{nobody.knows}}", ticket=ticket, member=None)
    assert text.rstrip() == "a {{customer.email}} somewhere"


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_every_deed_has_words_for_each_of_its_parameters(name: str):
    deed = DEEDS[name]
    assert all(
        f"%({parameter.name})s" in str(deed.said) or name == "escalate" for parameter in deed.parameters
    )
