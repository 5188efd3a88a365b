"""A round of matching: who gets what, why, and that nothing is given that no longer holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions import matching
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.models import Decision, Round, Wait
from fengong.dispatch.models.round import packed, unpacked
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.errors import Denied
from fengong.kernel.models import Event
from fengong.kernel.spine import history, last_seq
from fengong.rota.actions.presence import set_presence
from tests.world import World

NOTE = {"tried": "重置", "found": "403", "wanted": "日志"}
TERMS = {"lateness", "skill_fit", "over_qualification", "load_spread", "continuity", "growth"}


def test_a_round_gives_each_ticket_to_the_lowest_tier_that_can(world: World):
    world.go_online()
    tickets = [world.ticket(difficulty=difficulty) for difficulty in (1, 2, 3)]
    match_waiting(actor=MATCHER, at=world.now)
    owners = [Ticket.objects.select_related("owner__position").get(pk=t.pk).owner for t in tickets]
    assert [owner.position.tier for owner in owners if owner] == [1, 2, 3]


def test_the_decision_keeps_the_winners_terms_and_the_three_best_others_with_theirs(world: World):
    world.go_online()
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    why = queries.why(ticket)
    assert why is not None
    assert set(why.winner.terms) == TERMS
    assert why.winner.cost == pytest.approx(sum(why.winner.terms.values()), abs=0.05)
    assert [other.member for other in why.alternatives] == [
        {world.li_na, world.sun_hao}.difference({why.winner.member}).pop(),
        world.zhou_min,
        world.he_jie,
    ]
    costs = [other.cost for other in why.alternatives]
    assert costs == sorted(costs)
    assert all(set(other.terms) == TERMS for other in why.alternatives)


def test_winner_others_and_excluded_make_up_everybody(world: World):
    world.go_online("li_na", "zhou_min", "chen_li")
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    why = queries.why(ticket)
    assert why is not None
    reasons = {group.reason: {member for member, _ in group.members} for group in why.excluded}
    assert reasons == {"absent": {world.sun_hao, world.he_jie}, "no_skill": {world.chen_li}}
    assert why.decision.eligible + why.excluded_count == why.decision.considered == 5


def test_an_exclusion_keeps_the_figures_behind_it(world: World):
    world.go_online("li_na", "zhou_min")
    set_capacity(actor=SYSTEM, member=world.li_na, capacity=5, at=world.now)
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    why = queries.why(ticket)
    assert why is not None
    figures = {group.reason: group.members for group in why.excluded}
    assert figures["no_capacity"] == [(world.li_na, [0.0, 5.0, 10.0])]


def test_tickets_of_one_class_share_their_exclusions_in_the_round(world: World):
    world.go_online("li_na", "sun_hao")
    for _ in range(4):
        world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    stored = Round.objects.get()
    assert stored.decisions.count() == 4
    assert len(stored.excluded) == 1


@pytest.mark.parametrize("ids", [[], [4], [1, 2, 3], [1, 3, 4, 5, 9], [7, 8, 20]])
def test_members_are_packed_without_loss(ids: list[int]):
    assert unpacked(packed(ids)) == ids


def test_a_ticket_that_nobody_can_take_waits_and_says_why(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = world.ticket(difficulty=3)
    assert match_waiting(actor=MATCHER, at=world.now) == []
    wait = queries.wait_of(ticket)
    assert wait is not None
    assert (wait.reason, wait.eligible, wait.excluded) == (
        "nobody_eligible",
        0,
        {"absent": 3, "below_tier": 2},
    )
    assert not Round.objects.exists(), "a round that gives nothing leaves no row"


def test_the_reason_for_waiting_goes_when_the_ticket_finds_its_owner(world: World):
    world.go_online("li_na")
    ticket = world.ticket(difficulty=3)
    match_waiting(actor=MATCHER, at=world.now)
    world.go_online("he_jie")
    match_waiting(actor=MATCHER, at=world.now)
    assert queries.wait_of(ticket) is None
    assert not Wait.objects.exists()


def test_a_ticket_resolved_from_the_queue_says_no_longer_why_it_waits(world: World):
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    assert queries.wait_of(ticket) is None
    assert queries.waits() == {}


def test_counts_of_a_busy_desk_are_written_now_and_then(world: World):
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    for seconds, absent in ((1, 5), (4, 4)):
        world.go_online("chen_li")
        match_waiting(actor=MATCHER, at=world.now + timedelta(seconds=seconds))
        wait = queries.wait_of(ticket)
        assert wait is not None
        assert wait.excluded["absent"] == absent


def lose_presence(world: World, ticket: Ticket) -> None:
    set_presence(actor=world.zhou_min, member=world.zhou_min, status="away", at=world.now)


def lose_room(world: World, ticket: Ticket) -> None:
    set_capacity(actor=SYSTEM, member=world.zhou_min, capacity=20, at=world.now)


def be_taken(world: World, ticket: Ticket) -> None:
    assign_ticket(actor=world.he_jie, ticket=ticket, member=world.he_jie, at=world.now)


def be_resolved(world: World, ticket: Ticket) -> None:
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)


def be_handed_up(world: World, ticket: Ticket) -> None:
    escalate_ticket(actor=world.wang_fang, ticket=ticket, at=world.now, **NOTE)


def hear_more(world: World, ticket: Ticket) -> None:
    receive_message(actor=world.customer, ticket=ticket, contact=world.customer, body="急", at=world.now)


@pytest.mark.parametrize("step", [lose_presence, lose_room, be_taken, be_resolved, be_handed_up, hear_more])
def test_what_changes_between_look_and_claim_is_not_given(
    world: World, monkeypatch: pytest.MonkeyPatch, step: Callable[[World, Ticket], None]
):
    world.go_online("zhou_min")
    ticket = world.ticket(topic="api", difficulty=2)
    planned = matching.plan

    def plan_then_change(**given: object) -> object:
        found = planned(**given)
        assert [decision.winner_id for decision in found.decisions] == [world.zhou_min.pk]
        step(world, ticket)
        return found

    monkeypatch.setattr(matching, "plan", plan_then_change)
    assert match_waiting(actor=MATCHER, at=world.now) == []
    ticket.refresh_from_db()
    assert ticket.owner != world.zhou_min
    assert Load.objects.get(member=world.zhou_min).effort == 0
    assert not Round.objects.exists()


def test_the_next_round_takes_up_what_the_last_one_left(world: World, monkeypatch: pytest.MonkeyPatch):
    world.go_online("zhou_min")
    ticket = world.ticket(topic="api", difficulty=2)
    planned = matching.plan
    with monkeypatch.context() as patched:
        patched.setattr(matching, "plan", lambda **given: (planned(**given), hear_more(world, ticket))[0])
        match_waiting(actor=MATCHER, at=world.now)
    assert [decision.ticket_id for decision in match_waiting(actor=MATCHER, at=world.now)] == [ticket.pk]


def test_one_fact_tells_of_each_match_and_names_ticket_and_member(world: World):
    world.go_online()
    tickets, seq = [world.ticket() for _ in range(3)], last_seq()
    seq = last_seq()
    decisions = match_waiting(actor=MATCHER, at=world.now)
    told = Event.objects.filter(seq__gt=seq)
    assert {event.verb for event in told} == {"ticket.dispatched"}
    assert sorted(event.data["ticket"] for event in told) == sorted(t.pk for t in tickets)
    for decision in decisions:
        event = history("ticket", decision.ticket_id).last()
        assert event is not None
        assert (event.actor, event.data["decision"]) == ("system:matcher", decision.pk)
        assert ("member", decision.winner_id) in event.subjects.values_list("kind", "ref")


def test_the_customers_last_member_is_preferred(world: World):
    world.go_online()
    assign_ticket(actor=world.li_na, ticket=world.ticket(), member=world.li_na, at=world.now)
    resolve_ticket(actor=world.li_na, ticket=Ticket.objects.get(), at=world.now)
    [decision] = _matched(world, world.ticket())
    assert decision.winner == world.li_na
    assert decision.terms["continuity"] < 0


def test_ungraded_tickets_are_graded_in_the_same_round(world: World):
    world.go_online()
    ticket = world.ticket("发票抬头写错了", topic=None)
    [decision] = _matched(world, ticket)
    ticket.refresh_from_db()
    assert ticket.topic == world.topics["invoices"]
    assert decision.winner is not None


@pytest.mark.parametrize("name", ["li_na", "qian_wei", "tang_yun"])
def test_only_those_who_give_tickets_run_a_round(world: World, name: str):
    with pytest.raises(Denied):
        match_waiting(actor=world.members[name], at=world.now)


def test_ten_tickets_take_no_more_statements_than_two(world: World):
    world.go_online()
    counts = []
    for more in (2, 10):
        for _ in range(more):
            world.ticket()
        with CaptureQueriesContext(connection) as captured:
            assert len(match_waiting(actor=MATCHER, at=world.now)) == more
        counts.append(len(captured))
    assert counts[0] == counts[1]


def _matched(world: World, ticket: Ticket) -> list[Decision]:
    match_waiting(actor=MATCHER, at=world.now)
    return list(Decision.objects.filter(ticket=ticket).select_related("winner"))


@pytest.mark.parametrize(("minutes_left", "given"), [(40, True), (12, False)])
def test_nobody_is_given_what_they_cannot_finish_before_they_leave(
    world: World, minutes_left: int, given: bool
):
    world.go_online("li_na")
    at = world.now + timedelta(hours=4, minutes=-minutes_left)
    ticket = world.ticket(at=at)
    assert bool(match_waiting(actor=MATCHER, at=at)) == given
    wait = queries.wait_of(ticket)
    assert (wait is None) == given
    if wait:
        assert wait.excluded == {"absent": 4, "shift_ending": 1}
