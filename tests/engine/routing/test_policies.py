"""What holds for every policy, whatever it prefers: nobody over capacity, nobody who may not, no ticket twice."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.policies import POLICIES, policy
from tests.engine.routing.scenes import RULES, UNHURRIED, arrays_of, reason_against, scenes

EVERY = pytest.mark.parametrize("name", list(POLICIES))
reaches = st.integers(0, 2)


def test_the_names_are_fixed():
    desks_use = [
        "round-robin",
        "least-loaded",
        "longest-idle",
        "static-tiers",
        "first-come",
        "static-priority",
    ]
    theory = ["fixed-ratio", "generalized-cmu", "cmu-theta", "overflow", "fair-idle", "bullseye"]
    assert list(POLICIES) == ["fengong", *desks_use, *theory]
    assert all(policy(name).name == name for name in POLICIES)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match="no policy 'best'; there are fengong, round-robin"):
        policy("best")


@EVERY
@UNHURRIED
@given(situation=scenes, reach=reaches)
def test_only_members_who_may_and_never_over_capacity(name, situation, reach):
    rules = replace(RULES, reach=reach)
    pool, queue = arrays_of(situation)
    tickets, members = policy(name).assign(pool, queue, situation.now, rules)
    assert len(set(tickets.tolist())) == len(tickets) == len(members)
    held = Counter()
    for ticket, member in zip(tickets, members, strict=True):
        asked, given_to = situation.tickets[ticket], situation.members[member]
        assert reason_against(given_to, asked, situation.now, rules) is None
        held[given_to.id] += asked.effort
        assert given_to.load + held[given_to.id] <= given_to.capacity


@EVERY
@UNHURRIED
@given(situation=scenes)
def test_the_arrays_are_read_and_never_changed_and_the_answer_repeats(name, situation):
    pool, queue = arrays_of(situation)
    before = deepcopy((pool, queue))
    first = policy(name).assign(pool, queue, situation.now, RULES)
    second = policy(name).assign(pool, queue, situation.now, RULES)
    assert np.array_equal(first, second)
    for mine, kept in zip((pool, queue), before, strict=True):
        fields = [field for field in mine.__slots__ if not field.startswith("_")]
        assert all(np.array_equal(getattr(mine, field), getattr(kept, field)) for field in fields)


@EVERY
@UNHURRIED
@given(situation=scenes, order=st.randoms(use_true_random=False))
def test_the_order_in_which_people_and_tickets_are_listed_does_not_matter(name, situation, order):
    shuffled = replace(
        situation,
        members=tuple(order.sample(situation.members, len(situation.members))),
        tickets=tuple(order.sample(situation.tickets, len(situation.tickets))),
    )
    assert matches(name, shuffled) == matches(name, situation)


def matches(name, situation) -> set[tuple[int, int]]:
    pool, queue = arrays_of(situation)
    tickets, members = policy(name).assign(pool, queue, situation.now, RULES)
    return set(zip(queue.ids[tickets].tolist(), pool.ids[members].tolist(), strict=True))


@pytest.mark.parametrize("name", [name for name in POLICIES if name != "bullseye"])  # it holds back by design
@UNHURRIED
@given(situation=scenes)
def test_nobody_waits_while_somebody_of_the_own_tier_still_could(name, situation):
    pool, queue = arrays_of(situation)
    tickets, members = policy(name).assign(pool, queue, situation.now, RULES)
    np.add.at(pool.load, members, queue.effort[tickets])
    left = queue.take(np.setdiff1d(np.arange(len(queue)), tickets))
    still, who = eligible_pairs(Scene(pool, left, situation.now, RULES))
    assert not (left.tier[still] == pool.tier[who]).any()


@UNHURRIED
@given(situation=scenes)
def test_eligible_pairs_are_exactly_those_the_rule_book_allows(situation):
    pool, queue = arrays_of(situation)
    tickets, members = eligible_pairs(Scene(pool, queue, situation.now, RULES))
    expected = [
        (t, m)
        for t, ticket in enumerate(situation.tickets)
        for m, member in enumerate(situation.members)
        if reason_against(member, ticket, situation.now, RULES) is None
    ]
    assert list(zip(tickets.tolist(), members.tolist(), strict=True)) == expected


@UNHURRIED
@given(situation=scenes)
def test_walking_topic_by_topic_finds_the_same_pairs(situation, tables_up_to):
    pool, queue = arrays_of(situation)
    scene = Scene(pool, queue, situation.now, RULES)
    dense = eligible_pairs(scene)
    with tables_up_to(1):
        assert np.array_equal(eligible_pairs(scene), dense)
