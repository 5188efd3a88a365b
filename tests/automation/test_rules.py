"""Rules on events: which they hear, what they do, that they do it once, and that they cannot run away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.automation.actions import hearing
from fengong.automation.actions.rules import RuleDraft, define_rule, remove_rule, switch_rule, update_rule
from fengong.automation.actions.running import Cause, run_rule
from fengong.automation.models import Rule, RuleRun
from fengong.desk import queries as desk
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.tickets import resolve_ticket
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.following import Follower
from fengong.kernel.models import Event
from fengong.kernel.spine import history
from tests.automation.steps import PRIORITY, rule, runs, sweep
from tests.world import World


def test_a_rule_acts_on_the_event_it_waits_for_where_its_condition_holds(world: World):
    rule(world, condition="priority:low")
    meant, other = world.ticket(priority=1), world.ticket(priority=2)
    assert sweep(world) == 1
    for ticket in (meant, other):
        ticket.refresh_from_db()
    assert (meant.priority, other.priority) == (4, 2)
    assert runs("ticket", "state") == [(meant.pk, "done")]


def test_what_happened_before_a_rule_was_switched_on_does_not_concern_it(world: World):
    world.ticket()
    rule(world)
    assert sweep(world) == 0


def test_a_rule_that_is_off_or_removed_does_nothing(world: World):
    off, gone = rule(world), rule(world)
    switch_rule(actor=world.admin, rule=off, active=False, at=world.now)
    remove_rule(actor=world.admin, rule=gone, at=world.now)
    world.ticket()
    assert sweep(world) == 0


def test_rules_act_in_their_order_and_see_what_those_before_them_did(world: World):
    rule(world, position=2, condition="priority:urgent", deeds=[{"deed": "note", "text": "second"}])
    rule(world, position=1)
    ticket = world.ticket()
    sweep(world)
    assert desk.thread(ticket).last().body == "second"


def test_a_rule_that_stops_keeps_the_later_ones_from_the_same_event(world: World):
    rule(world, position=1, stops=True)
    rule(world, position=2, deeds=[{"deed": "note", "text": "never"}])
    ticket = world.ticket()
    sweep(world)
    assert desk.thread(ticket).count() == 1


def test_what_a_rule_did_stands_in_its_log_with_the_reason_for_each_refusal(world: World):
    kept = rule(world, deeds=[{"deed": "wait"}, PRIORITY])
    ticket = world.ticket()
    sweep(world)
    (run,) = RuleRun.objects.all()
    assert (run.rule, run.ticket, run.state) == (kept, ticket, "partly")
    assert [outcome["done"] for outcome in run.outcomes] == [False, True]
    assert run.outcomes[0]["said"]
    told = history("ticket", ticket.pk).last()
    assert (told.verb, told.actor) == ("rule.acted", f"system:rule:{kept.pk}")


def test_a_message_of_the_customer_a_reply_and_a_resolution_are_different_events(world: World):
    for name in ("customer_wrote", "replied", "resolved"):
        rule(world, events=[name], deeds=[{"deed": "note", "text": name}])
    ticket = world.ticket()
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="在吗", at=world.now)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="在", at=world.now)
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    sweep(world)
    notes = [message.body for message in desk.thread(ticket) if message.kind == "note"]
    assert notes == ["customer_wrote", "replied", "resolved"]


def test_an_automatic_answer_sets_off_no_rule_that_waits_for_a_members_reply(world: World):
    rule(world, deeds=[{"deed": "reply", "zh": "已收到"}])
    rule(world, events=["replied"])
    ticket = world.ticket()
    sweep(world)
    sweep(world)
    ticket.refresh_from_db()
    assert (ticket.priority, desk.thread(ticket).count()) == (2, 2)


def test_the_same_event_handed_out_twice_is_acted_on_once(world: World):
    kept = rule(world, deeds=[{"deed": "note", "text": "once"}])
    ticket = world.ticket()
    opened = Event.objects.get(verb="ticket.opened", data__ticket=ticket.pk)
    for _ in range(2):
        assert run_rule(kept, Cause(ticket=ticket.pk, seq=opened.seq), at=world.now)
    hearing.RULES.forget()
    sweep(world)
    assert desk.thread(ticket).count() == 2


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_does_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    rule(world, deeds=[{"deed": "note", "text": "whole"}, PRIORITY])
    ticket = world.ticket()
    with monkeypatch.context() as patch:
        patch.setattr("fengong.automation.actions.running.record", _killed)
        with pytest.raises(KeyboardInterrupt):
            sweep(world)
    ticket.refresh_from_db()
    assert (ticket.priority, desk.thread(ticket).count(), RuleRun.objects.count()) == (2, 1, 0)
    monkeypatch.setattr(hearing, "RULES", Follower("rules"))
    sweep(world)
    ticket.refresh_from_db()
    assert (ticket.priority, desk.thread(ticket).count(), RuleRun.objects.count()) == (4, 2, 1)


def _killed(*_args: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_a_rule_does_not_hear_itself(world: World):
    rule(world, events=["noted"], deeds=[{"deed": "note", "text": "echo"}])
    rule(world, deeds=[{"deed": "note", "text": "call"}])
    ticket = world.ticket()
    for _ in range(4):
        sweep(world)
    assert [message.body for message in desk.thread(ticket)][1:] == ["call", "echo"]


def test_rules_that_set_each_other_off_are_stopped_and_the_log_says_so(world: World):
    for text in ("ping", "pong"):
        rule(world, events=["opened", "noted"], deeds=[{"deed": "note", "text": text}])
    ticket = world.ticket()
    for second in range(12):
        sweep(world, minutes=second / 60)
    states = runs("state")
    assert states.count("looped") == 2
    assert max(runs("depth")) == 6
    assert desk.thread(ticket).count() == 1 + states.count("done") == 11


def test_so_many_runs_in_an_hour_are_enough_for_one_ticket(world: World):
    rule(world, events=["priority_set"], deeds=[{"deed": "note", "text": "again"}])
    ticket = world.ticket()
    for number in range(32):
        set_priority(actor=world.li_na, ticket=ticket, priority=1 + number % 2, at=world.now)
        sweep(world)
    assert runs("state")[-2:] == ["too_many", "too_many"]
    assert runs("state").count("done") == 30
    set_priority(actor=world.li_na, ticket=ticket, priority=3, at=world.now)
    sweep(world, minutes=61)
    assert runs("state")[-1] == "done"


def test_a_rule_may_mention_only_what_can_be_read_and_done(world: World):
    for given, field in (
        ({"condition": "priority>=sky"}, "condition"),
        ({"events": []}, "events"),
        ({"events": ["eclipse"]}, "events"),
        ({"deeds": []}, "deeds"),
        ({"when": "time", "clock": "moon"}, "clock"),
        ({"when": "time", "clock": "idle", "minutes": 0}, "minutes"),
        ({"name_en": ""}, "name_zh"),
    ):
        with pytest.raises(Invalid) as refused:
            rule(world, **given)
        assert refused.value.field == field


def test_only_administrators_keep_rules(world: World):
    draft = RuleDraft(name_en="x", events=["opened"], deeds=[PRIORITY])
    for member in (world.li_na, world.wang_fang):
        with pytest.raises(Denied):
            define_rule(actor=member, draft=draft, at=world.now)


def test_a_rule_that_is_changed_concerns_itself_with_what_comes_after(world: World):
    kept = rule(world, condition="priority:low")
    before = world.ticket(priority=2)
    draft = RuleDraft(name_en="rule", events=["opened"], deeds=[PRIORITY])
    update_rule(actor=world.admin, rule=kept, draft=draft, at=world.now + timedelta(seconds=1))
    after = world.ticket(priority=2)
    sweep(world)
    assert runs("ticket") == [after.pk]
    assert before.pk != after.pk
    assert Rule.objects.get().runs == 1


def test_asking_many_rules_about_many_events_takes_one_statement_a_rule(
    world: World, django_assert_max_num_queries
):
    for number in range(5):
        rule(world, condition=f'"matter {number}x"')
    for number in range(40):
        world.ticket(f"matter {number}")
    with django_assert_max_num_queries(20):
        assert sweep(world) == 0
