"""Who may take what, by teams, channels, open tickets and easing needs: words, arrays and kernels say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.routing.decide import decide
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.exclusions import sifted
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.lending import note_lending
from fengong.engine.routing.policies import POLICIES, policy
from fengong.engine.routing.rules import Easing, Interrupting, Lending, Rules
from fengong.engine.routing.situation import Candidate, Situation
from fengong.engine.routing.view import moment_of
from tests.engine.routing.rich import plain_reason, rich_rules, rich_scenes, scene_of
from tests.engine.routing.scenes import UNHURRIED
from tests.engine.routing.team import BILLING, CHEN, LIN, NETWORK, NOW, WANG, ZHAO, decided, team, ticket


@UNHURRIED
@given(rich_scenes(), rich_rules)
def test_words_arrays_and_kernels_agree_on_every_pair(situation, rules):
    scene = scene_of(situation, rules)
    allowed = set(zip(*(each.tolist() for each in eligible_pairs(scene)), strict=True))
    moment = moment_of(scene) if situation.tickets and situation.members else None
    for place, asked in enumerate(situation.tickets):
        reasons = {each.member: each.reason for each in sifted(scene, place)[1]}
        for position, member in enumerate(situation.members):
            reason = plain_reason(situation, asked, member, rules)
            assert reasons.get(member.id) == reason
            assert ((place, position) in allowed) == (reason is None)
            assert may_take(moment, place, position) == (reason is None)


@settings(UNHURRIED, max_examples=150)
@given(rich_scenes(), rich_rules)
def test_kernels_count_for_themselves_which_teams_can_lend(situation, rules):
    if situation.tickets and situation.members:
        scene = scene_of(situation, rules)
        moment = moment_of(scene)
        moment.tally.lends[:] = 7  # whatever was found before
        note_lending(moment)
        if rules.lending != Lending():
            assert moment.tally.lends[1:].tolist() == scene.lends[1:].tolist()  # team 0 is none


@pytest.mark.parametrize("name", list(POLICIES))
@UNHURRIED
@given(rich_scenes(), rich_rules)
def test_every_policy_keeps_to_all_of_it_and_fills_no_hands_twice(name, situation, rules):
    scene = scene_of(situation, rules)
    tickets, members = policy(name).assign(scene.pool, scene.queue, scene.now, rules)
    load, held, total = Counter(), Counter(), Counter()
    for ticket_at, member_at in zip(tickets.tolist(), members.tolist(), strict=True):
        asked, member = situation.tickets[ticket_at], situation.members[member_at]
        assert plain_reason(situation, asked, member, rules) is None
        load[member.id] += asked.effort
        held[member.id, asked.channel] += 1
        total[member.id] += 1
        assert member.load + load[member.id] <= member.capacity
        limit = member.slots.get(asked.channel, inf)
        assert member.held.get(asked.channel, 0) + held[member.id, asked.channel] <= limit
        assert sum(member.held.values()) + total[member.id] <= (inf if member.most is None else member.most)


@UNHURRIED
@given(rich_scenes(), rich_rules)
def test_a_decision_names_whom_the_policy_chose(situation, rules):
    scene = scene_of(situation, rules)
    for name in ("overflow", "longest-idle"):
        pairs = (
            policy(name).assign(scene.pool, scene.queue, scene.now, rules) if situation.tickets else ((), ())
        )
        chosen = {situation.tickets[t].id: situation.members[m].id for t, m in zip(*pairs, strict=True)}
        decisions = decide(situation, policy=name, rules=rules)
        assert {each.ticket: each.member for each in decisions if each.member is not None} == chosen


def taken_by(asked, *members: Candidate, now: float = NOW, **rules: object) -> int | None:
    (decision,) = decide(Situation(now, (asked,), members), policy="first-come", rules=Rules(**rules))
    return decision.member


def test_a_need_falls_by_the_minute_and_never_below_its_floor():
    hard = ticket(difficulty=3, topic=NETWORK)  # needs 3, waits since NOW
    novice = Candidate(WANG, 1, {NETWORK: 2}, capacity=60)
    easing = Easing(every=10.0, step=0.5, floor=2.0)
    waits = [NOW, NOW + 10, NOW + 19.99, NOW + 20]
    assert [taken_by(hard, novice, now=now, easing=easing) for now in waits] == [None, None, None, WANG]
    at_once = Easing(every=20.0)
    assert [taken_by(hard, novice, now=now, easing=at_once) for now in waits] == [None, None, None, WANG]
    beginner = replace(novice, proficiency={NETWORK: 1.9})
    assert taken_by(hard, beginner, now=NOW + 9999, easing=easing) is None
    easy = replace(hard, difficulty=1)  # its need is below the floor already: it stays
    assert taken_by(easy, replace(novice, proficiency={NETWORK: 0.9}), now=NOW + 9999, easing=easing) is None
    assert taken_by(replace(hard, waiting_since=-inf), novice, easing=easing) == WANG


def test_the_explanation_says_what_was_asked_at_first():
    hard = ticket(difficulty=3, topic=NETWORK, waiting_since=NOW - 25)
    (decision,) = decided(hard, easing=Easing(every=10.0, step=0.5), policy="first-come")
    assert (decision.member, decision.eased) == (CHEN, 1.0)
    figures = {each.member: each.detail for each in decision.exclusions if each.reason == "no_skill"}
    assert figures[WANG] == {"proficiency": 1.0, "need": 2.0, "at_first": 3.0}
    fresh = replace(hard, id=2, waiting_since=NOW)  # alike in all but age
    _, second = decided(hard, fresh, easing=Easing(every=10.0, step=0.5), policy="first-come")
    assert {each.member: dict(each.detail) for each in second.exclusions}[WANG]["need"] == 3.0
    (plain,) = decided(hard, policy="first-come")
    assert plain.eased == 0.0
    assert {each.member: dict(each.detail) for each in plain.exclusions}[WANG] == {
        "proficiency": 1.0,
        "need": 3.0,
    }


def test_open_tickets_are_limited_per_channel_and_in_all():
    phone, mail = 5, 6
    full = team(
        lin={"slots": {phone: 1}, "held": {phone: 1}},
        wang={"most": 2, "held": {mail: 2}},
        zhao={"present": False},
        chen={"present": False},
    )
    (call,) = decided(ticket(channel=phone), members=full)
    assert [tuple(each) for each in call.exclusions if each.reason == "no_slot"] == [
        (LIN, "no_slot", {"open": 1, "most": 1}),
        (WANG, "no_slot", {"open": 2, "most": 2}),
    ]
    (letter,) = decided(ticket(channel=mail), members=full)
    assert letter.member == LIN
    only_lin = team(
        lin={"slots": {mail: 1}}, wang={"present": False}, zhao={"present": False}, chen={"present": False}
    )
    for name in ("fengong", "longest-idle", "overflow"):
        both = (ticket(1, channel=mail), ticket(2, channel=mail))
        first, second = decided(*both, members=only_lin, policy=name)
        assert (first.member, second.member, second.waits) == (LIN, None, "outbid")


@pytest.mark.parametrize(
    ("own_waiting", "due_at", "lent"),
    [(0, inf, True), (2, inf, True), (3, inf, False), (1, NOW + 80, False), (1, NOW + 100, True)],
)
def test_a_team_lends_only_while_its_own_figures_hold(own_waiting, due_at, lent):
    mine, theirs = 1, 2
    people = (
        Candidate(LIN, 1, {BILLING: 3}, capacity=120, team=mine, present=False),
        Candidate(ZHAO, 1, {BILLING: 3}, capacity=60, load=30, team=theirs),
    )
    guest = ticket(1, team=mine, priority=4)
    own = [ticket(10 + i, team=theirs, due_at=due_at) for i in range(own_waiting)]
    rules = Rules(lending=Lending(waiting=2.0, at_risk=0))
    decision = decide(Situation(NOW, (guest, *own), people), policy="longest-idle", rules=rules)[0]
    assert (decision.member == ZHAO) == lent
    reasons = {each.member: each.reason for each in decision.exclusions}
    assert reasons == {LIN: "absent"} | ({} if lent else {ZHAO: "not_lent"})


def test_without_teams_or_limits_lending_changes_nothing():
    rules = Rules(lending=Lending(waiting=0.0, at_risk=0.0))
    crowd = tuple(ticket(number, due_at=NOW) for number in range(1, 9))
    assert decide(Situation(NOW, crowd, team()), policy="longest-idle", rules=rules)[0].member is not None
    assert np.array_equal(scene_of(Situation(NOW, crowd, team()), rules).lends, [True])


def test_a_decision_says_whether_the_ticket_may_interrupt():
    rules = {"interrupting": Interrupting(over=(0, 0, 0, 2)), "policy": "first-come"}
    assert [decided(ticket(priority=p), **rules)[0].interrupts for p in (3, 4)] == [False, True]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Easing(every=0.0),
        lambda: Easing(floor=0.0),
        lambda: Easing(step=-1.0),
        lambda: Lending(waiting=-1.0),
        lambda: Lending(at_risk=-1.0),
        lambda: Interrupting(over=(0, 0, 0, 4)),
        lambda: Interrupting(sheltered=frozenset({63})),
    ],
)
def test_finer_rules_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must (not )?be"):
        wrong()


TUNED = (
    ("overflow", {"threshold": 1, "release": 0, "reserve": 1}),
    ("fixed-ratio", {"activate": 1, "release": 0, "ratio": 0.5}),
    ("bullseye", {"minutes": 40.0}),
    ("cmu-theta", {"overload": 1.0, "relieved": 0.5}),
    ("fair-idle", {}),
    ("generalized-cmu", {"shape": "promised"}),
)


@pytest.mark.parametrize(("name", "parameters"), TUNED)
@UNHURRIED
@given(rich_scenes(), rich_rules, st.randoms(use_true_random=False))
def test_the_order_of_people_teams_and_tickets_does_not_matter(name, parameters, situation, rules, order):
    other = replace(
        situation,
        members=tuple(order.sample(situation.members, len(situation.members))),
        tickets=tuple(order.sample(situation.tickets, len(situation.tickets))),
    )
    found = []
    for each in (situation, other, situation):
        scene = scene_of(each, rules)
        tickets, members = policy(name, **parameters).assign(scene.pool, scene.queue, scene.now, rules)
        found.append(
            {(each.tickets[t].id, each.members[m].id) for t, m in zip(tickets, members, strict=True)}
        )
    assert found[0] == found[1] == found[2]
