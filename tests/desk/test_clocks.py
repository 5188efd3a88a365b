"""Clocks that follow verb by verb, against the same clocks told anew from the spine and the conversation."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions import clocks
from fengong.desk.actions.drafting import Matter
from fengong.desk.actions.intake import open_tickets
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.promises import BATCH
from fengong.desk.actions.service_policies import Level, Rung, remove_policy
from fengong.desk.actions.snoozes import snooze_ticket, wake_ticket
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.bridge import book, moment, stamp
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.engine.timeline.clocks import TARGETS, Story, Turn
from fengong.engine.timeline.clocks import clocks as told_anew
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.kernel.spine import history
from tests.desk.promised import calendar, fresh, policy, sweep, told, when
from tests.world import World

MINUTE = timedelta(minutes=1)
RESTS = {
    "ticket.pended": None,
    "ticket.snoozed": "snoozed",
    "ticket.resolved": "resolved",
    "ticket.resumed": "",
    "ticket.woken": "",
    "ticket.returned": "",
    "ticket.reopened": "",
    "ticket.dispatched": "",
    "ticket.transferred": "",
    "ticket.escalated": "",
}


def story(ticket: Ticket) -> Story:
    """What happened, read from events and messages alone."""
    turns = [Turn(stamp(ticket.opened_at), "", 1)]
    resolutions = []
    for event in history("ticket", ticket.pk).filter(verb__in=RESTS):
        rest = RESTS[event.verb]
        tier = event.data.get("to_tier", turns[-1].tier)
        turns.append(Turn(stamp(event.at), event.data["reason"] if rest is None else rest, tier))
        resolutions += [event.at] if rest == "resolved" else []
    written = list(ticket.messages.order_by("at", "id"))
    answers = [m.at for m in written if m.member_id and m.kind == "public"]
    notes = [m.at for m in written if m.member_id]
    settled = max([*answers, *resolutions], default=ticket.opened_at)
    open_ones = [m.at for m in written if m.contact_id and m.at > settled]
    return Story(
        opened=stamp(ticket.opened_at),
        turns=tuple(turns),
        responded=stamp(answers[0]) if answers else None,
        unanswered=stamp(open_ones[0]) if open_ones else None,
        updated=stamp(notes[-1]) if notes else None,
    )


def deadlines(ticket: Ticket) -> dict[str, datetime | None]:
    return {target: getattr(ticket, f"{target}_due") for target in TARGETS}


def expected(ticket: Ticket) -> dict[str, datetime | None]:
    found = told_anew(story(ticket), book().default.promises(ticket.priority)).running
    dues = {target: found[target].due if target in found else None for target in TARGETS}
    return {target: moment(due) if due is not None else None for target, due in dues.items()}


def deeds(world: World, ticket: Ticket) -> list[Callable[[datetime], Any]]:
    """Everything that people do to a ticket, each as they would; what cannot be done just then is refused."""
    lead, owner, note = world.wang_fang, world.he_jie, {"tried": "a", "found": "b", "wanted": "c"}
    return [
        lambda at: reply(actor=owner, ticket=ticket, member=owner, body="好", at=at),
        lambda at: add_note(actor=owner, ticket=ticket, member=owner, body="看", at=at),
        lambda at: receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="?", at=at),
        lambda at: receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body="?", at=at),
        lambda at: pend_ticket(actor=lead, ticket=ticket, at=at),
        lambda at: pend_ticket(actor=lead, ticket=ticket, at=at, reason="third_party"),
        lambda at: snooze_ticket(actor=lead, ticket=ticket, until=at + 600 * MINUTE, at=at),
        lambda at: wake_ticket(actor=lead, ticket=ticket, at=at),
        lambda at: resolve_ticket(actor=lead, ticket=ticket, at=at),
        lambda at: reopen_ticket(actor=lead, ticket=ticket, at=at),
        lambda at: assign_ticket(actor=lead, ticket=ticket, member=owner, at=at),
        lambda at: escalate_ticket(actor=lead, ticket=ticket, at=at, **note),
        lambda at: set_priority(
            actor=lead, ticket=ticket, priority=random.Random(str(at)).randint(1, 4), at=at
        ),
        sweep,
    ]


@pytest.mark.parametrize("seed", range(12))
def test_clocks_that_follow_every_verb_equal_clocks_told_anew_from_the_history(world: World, seed: int):
    dice = random.Random(seed)
    levels = {p: Level(p * 60, p * 45, p * 90, p * 600) for p in (1, 2, 3, 4)}
    pauses = dice.choice([("customer",), ("customer", "third_party", "snoozed"), ()])
    ownership = {1: 200, 2: 300, 3: 400}
    policy(calendar=calendar(weekend="10:00-12:00"), levels=levels, pauses=pauses, ownership=ownership)
    ticket, at, done = world.ticket(), world.now, 0
    for _ in range(40):
        at += timedelta(seconds=dice.randint(60, 20_000))
        try:
            dice.choice(deeds(world, ticket))(at)
            done += 1
        except Refused:
            continue
        stands = fresh(ticket)
        found, meant = deadlines(stands), expected(stands)
        if stands.first_responded_at:  # what was promised for it then stays written down
            meant["first_response"] = found["first_response"]
        assert found == meant
    assert done > 15


def test_a_sweep_that_finds_nothing_new_changes_nothing(world: World):
    policy(first_response=60, update=30, resolution=600, ownership={1: 100})
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好", at=world.now + MINUTE)
    before = fresh(ticket)
    Ticket.objects.update(next_step_at=world.now)
    sweep(world.now + 2 * MINUTE)
    after = fresh(ticket)
    assert [getattr(after, name) for name in clocks.CLOCKED] == [
        getattr(before, name) for name in clocks.CLOCKED
    ]


def test_a_tier_may_hold_a_ticket_only_so_long_and_the_next_one_starts_anew(world: World):
    policy(resolution=6000, ownership={1: 60, 2: 120})
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    assert fresh(ticket).ownership_due == world.now + 60 * MINUTE
    sweep(world.now + 60 * MINUTE)
    assert told(ticket) == [("breached", "ownership", 0)]
    up = world.now + 70 * MINUTE
    escalate_ticket(actor=world.li_na, ticket=ticket, tried="a", found="b", wanted="c", at=up)
    assert (fresh(ticket).ownership_due, fresh(ticket).ownership_broken) == (up + 120 * MINUTE, False)
    escalate_ticket(actor=world.wang_fang, ticket=ticket, tried="a", found="b", wanted="c", at=up + MINUTE)
    assert fresh(ticket).ownership_due is None  # nothing is promised for tier 3


def test_a_ladder_has_five_steps_each_done_once(world: World):
    rungs = (
        *(Rung("resolution", percent=p) for p in (50, 75, 90)),
        Rung("resolution", minutes=0),
        Rung("resolution", minutes=60),
    )
    policy(resolution=600, rungs=rungs)
    ticket = world.ticket()
    for minute in range(0, 700, 10):
        sweep(world.now + minute * MINUTE)
    assert told(ticket) == [
        ("promise_near", "resolution", 1),
        ("promise_near", "resolution", 2),
        ("promise_near", "resolution", 3),
        ("breached", "resolution", 0),
        ("breached", "resolution", 4),
        ("breached", "resolution", 5),
    ]


def test_a_step_that_is_added_later_is_not_done_for_moments_before_it(world: World):
    standing = policy(resolution=600)
    ticket = world.ticket()
    later = world.now + 400 * MINUTE
    rungs = (Rung("resolution", percent=50), Rung("resolution", percent=80))
    policy(resolution=600, rungs=rungs, standing=standing, at=later)
    sweep(later)
    sweep(world.now + 480 * MINUTE)
    assert told(ticket) == [("promise_near", "resolution", 2)]


def test_a_changed_policy_reaches_open_tickets_at_the_next_sweep_however_many_there_are(world: World):
    policy(first_response=60)
    matters = [Matter(world.customer, "忘记密码", "请看", topic=world.topics["accounts"])] * (BATCH + 30)
    open_tickets(actor=SYSTEM, matters=matters, at=world.now)
    policy(first_response=30, at=world.now + MINUTE)
    sweep(world.now + MINUTE)
    assert set(Ticket.objects.values_list("first_response_due", flat=True)) == {world.now + 30 * MINUTE}


def test_a_calendar_that_changes_reaches_open_tickets_too(world: World):
    office = calendar("09:00-18:00")
    policy(calendar=office, first_response=60)
    ticket = world.ticket(at=when("2026-03-02 17:30"))
    calendar("09:00-18:00", name="Office", calendar=office, weekend="", region="CN", zone="Asia/Tokyo")
    sweep(when("2026-03-02 17:31"))
    assert fresh(ticket).first_response_due == when("2026-03-03 10:00", "Asia/Tokyo")


def test_a_promise_that_is_made_longer_is_no_longer_broken(world: World):
    policy(resolution=60)
    ticket = world.ticket()
    sweep(world.now + 61 * MINUTE)
    assert fresh(ticket).resolution_broken
    policy(resolution=600, at=world.now + 62 * MINUTE)
    sweep(world.now + 62 * MINUTE)
    assert not fresh(ticket).resolution_broken
    assert fresh(ticket).next_due_at == world.now + 600 * MINUTE


def test_tickets_of_a_removed_policy_get_the_default_one(world: World):
    policy(first_response=60)
    special = policy(name="Mail", condition="channel:mail", first_response=5)
    ticket = world.ticket(channel="mail")
    assert fresh(ticket).first_response_due == world.now + 5 * MINUTE
    remove_policy(actor=world.admin, policy=special, at=world.now)
    sweep(world.now + MINUTE)
    assert fresh(ticket).first_response_due == world.now + 60 * MINUTE


def test_the_first_policy_whose_condition_a_ticket_meets_counts_also_for_many_at_once(world: World):
    policy(first_response=60)
    policy(name="Second", condition="priority>=normal", first_response=20, position=1)
    policy(name="First", condition="channel:mail", first_response=10, position=0)
    kinds = [("mail", 2), ("web", 2), ("web", 1)]
    matters = [Matter(world.customer, "a", "b", channel=channel, priority=p) for channel, p in kinds]
    opened = [one.ticket for one in open_tickets(actor=SYSTEM, matters=matters, at=world.now)]
    waits = [(fresh(ticket).first_response_due - world.now) / MINUTE for ticket in opened if ticket]
    assert waits == [10, 20, 60]


def test_conditions_cost_two_statements_however_many_policies_and_tickets(world: World):
    def cost(count: int) -> int:
        matters = [Matter(world.customer, "a", "b", channel="mail")] * count
        book()
        with CaptureQueriesContext(connection) as captured:
            open_tickets(actor=SYSTEM, matters=matters, at=world.now)
        return sum(not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE")) for query in captured)

    plain = cost(10)
    for number in range(4):
        policy(name=f"P{number}", condition="channel:mail", first_response=number + 1, position=number)
    assert cost(10) <= plain + 2
