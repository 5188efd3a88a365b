"""The rules that queueing theory recommends, each on cases worked by hand and by the property that defines it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.routing.kernels.choose import best_member, best_ticket
from fengong.engine.routing.kernels.interrupting import may_interrupt
from fengong.engine.routing.policies import policy
from fengong.engine.routing.rules import Interrupting, Rules
from tests.engine.routing.moments import asks, batch, moment, person, served, winner
from tests.engine.routing.scenes import UNHURRIED

RULES = Rules(guard=0.0)


def test_first_come_does_not_look_at_priority_and_longest_idle_does():
    tickets = [asks(1, waiting_since=-5.0, priority=1), asks(2, priority=4)]
    for name, first in (("first-come", 1), ("longest-idle", 2)):
        assert served([person(1)], tickets, policy(name)) == first
        assert batch([person(1)], tickets, name)[0][0] == first


def test_static_priority_goes_by_priority_then_hardness_and_by_the_nearest_tier():
    tickets = [asks(1, priority=3, waiting_since=-9.0), asks(2, priority=4), asks(3, priority=4, tier=2)]
    how = policy("static-priority")
    assert served([person(1, 3)], tickets, how) == 3
    people = [person(3, 3, idle_since=-9.0), person(2, 2, idle_since=-1.0), person(1, 2, idle_since=-5.0)]
    assert winner(people, tickets, how) == 1


queues = st.lists(st.integers(0, 6), min_size=3, max_size=3).filter(any)


@UNHURRIED
@given(queues, st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_fixed_ratio_serves_the_topic_that_most_exceeds_its_share(lengths, weights):
    topics = [topic for topic, length in enumerate(lengths) for _ in range(length)]
    tickets = [asks(number, topic=topic) for number, topic in enumerate(topics, start=1)]
    # Columns are the topics that wait, in order: shares are those of the columns.
    columns = [topic for topic in range(3) if lengths[topic]]
    share = {column: float(weights[topic]) for column, topic in enumerate(columns)}
    excess = {t: lengths[t] - weights[t] / sum(weights[c] for c in columns) * len(topics) for t in columns}
    found = served([person(1)], tickets, policy("fixed-ratio", share=share))
    assert excess[topics[found - 1]] == pytest.approx(max(excess.values()))


def test_fixed_ratio_keeps_the_queues_at_their_shares():
    tickets = [asks(n, topic=n % 2, waiting_since=float(n)) for n in range(120)]
    one = [person(1, capacity=600.0)]  # takes 60 of 120
    taken = Counter(number % 2 for number, _ in batch(one, tickets, "fixed-ratio", share={0: 1.0, 1: 3.0}))
    left = [60 - taken[0], 60 - taken[1]]
    assert left == [15, 45]


@pytest.mark.parametrize(
    ("shape", "index"),
    [
        ("linear", lambda cost, waited, late: cost),
        ("quadratic", lambda cost, waited, late: 2 * cost * waited),
        ("promised", lambda cost, waited, late: cost * (0.05 + 1 / (1 + exp(-late / 60)))),
    ],
)
@UNHURRIED
@given(data=st.data())
def test_generalized_cmu_takes_the_greatest_marginal_cost_per_minute_of_work(shape, index, data):
    count = data.draw(st.integers(1, 6))
    tickets = [
        asks(
            number,
            topic=data.draw(st.integers(0, 2)),
            priority=data.draw(st.integers(1, 4)),
            effort=data.draw(st.sampled_from([5.0, 12.0, 30.0])),
            waiting_since=-data.draw(st.sampled_from([1.0, 20.0, 300.0])),
            due_at=data.draw(st.sampled_from([-40.0, 15.0, 500.0, inf])),
        )
        for number in range(count)
    ]
    columns = sorted({each.topic for each in tickets})
    cost = {0: 1.0, 1: 2.5, 2: 0.4}
    how = policy(
        "generalized-cmu", shape=shape, cost={columns.index(topic): cost[topic] for topic in columns}
    )

    def worth(each) -> float:
        weighed = RULES.priority[each.priority - 1] * cost[each.topic]
        return index(weighed, -each.waiting_since, each.effort - each.due_at) / each.effort

    found = served([person(1)], tickets, how)
    assert worth(tickets[found]) == pytest.approx(max(map(worth, tickets)))


def test_generalized_cmu_knows_who_is_quick_at_what():
    how = policy("generalized-cmu", shape="linear")
    tickets = [asks(1, topic=0), asks(2, topic=1)]
    made = moment([person(1), person(2, idle_since=-9.0)], tickets, how)
    pace = np.array([[2.0, 1.0], [1.0, 3.0]])
    made = made._replace(crew=made.crew._replace(pace=pace))
    assert [int(made.waiting[best_ticket(how.code, made, member)]) for member in (0, 1)] == [1, 0]
    quickest = [best_member(how.code, made, ticket) for ticket in (0, 1)]
    assert quickest == [1, 0]  # though the first is idle longer


def overloaded(waiting: int, how):
    """The topic served when so many wait, half of them of each topic, beside two members."""
    tickets = [asks(n, topic=n % 2) for n in range(waiting)]
    return served([person(1), person(2)], tickets, how) % 2


def test_in_overload_the_impatient_wait_and_otherwise_the_cheap_do():
    how = policy("cmu-theta", cost={0: 1.0, 1: 2.0}, theta={0: 0.01, 1: 0.1}, overload=3.0, relieved=1.0)
    assert overloaded(6, how) == 1  # 3 per member: not yet
    assert overloaded(8, how) == 0  # index 100 against 20
    patient = policy("cmu-theta", cost={0: 1.0, 1: 2.0}, theta={0: 0.01}, overload=3.0)
    assert overloaded(8, patient) == 1  # who never leaves would wait for ever


def test_overload_lasts_until_it_is_relieved():
    how = policy("cmu-theta", theta={0: 0.01}, overload=3.0, relieved=1.0)
    made = moment([person(1)], [asks(n) for n in range(5)], how)
    seen = []
    for count in (3, 4, 3, 2, 1, 2, 3):
        best_ticket(how.code, made._replace(length=count), 0)
        seen.append(int(made.tally.overload[0]))
    assert seen == [0, 1, 1, 1, 0, 0, 0]


def test_fair_idleness_counts_all_idle_minutes_not_only_the_last():
    rested = person(1, idled=100.0, idle_since=-5.0)  # 105 in all
    waiting_long = person(2, idled=20.0, idle_since=-60.0)  # 80
    at_work = person(3, idled=104.0, load=10.0, idle_since=-500.0)
    people = [waiting_long, at_work, rested]
    assert winner(people, [asks(1)], policy("fair-idle")) == 1
    assert winner(people, [asks(1)], policy("longest-idle")) == 3
    assert winner([waiting_long, at_work], [asks(1)], policy("fair-idle")) == 3


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=8))
def test_fair_idleness_picks_the_longest_cumulative_idleness(idleness):
    people = [person(n, idled=float(a), idle_since=-float(b)) for n, (a, b) in enumerate(idleness)]
    found = winner(people, [asks(1)], policy("fair-idle"))
    assert sum(idleness[found]) == max(map(sum, idleness))


# The wanted proficiency for difficulty 1 is 3: ring 0, 1, 2 and, one tier above, 1.
RINGS = [person(4, 1, level=3.0), person(3, 1, level=2.0), person(2, 1, level=1.0), person(1, 2, level=3.0)]


@pytest.mark.parametrize(
    ("waited", "ring"), [(0.0, {4}), (2.9, {4}), (3.0, {4, 3, 1}), (5.9, {4, 3, 1}), (6.0, {4, 3, 1, 2})]
)
def test_rings_widen_at_the_minute_and_the_centre_goes_first(waited, ring):
    how, tickets = policy("bullseye", minutes=3.0), [asks(1, waiting_since=-waited)]
    allowed = {each.id for each in RINGS if winner([each], tickets, how) is not None}
    assert allowed == ring
    assert winner(RINGS, tickets, how) == 4
    taken = {each.id for each in RINGS if batch([each], tickets, "bullseye", minutes=3.0)}
    assert taken == ring


def test_with_no_minutes_to_wait_all_rings_are_open():
    assert winner([RINGS[2]], [asks(1)], policy("bullseye", minutes=0.0)) == 2


INTERRUPTING = Rules(guard=0.0, interrupting=Interrupting(over=(0, 0, 1, 2), sheltered=frozenset({1})))


def interrupts(*, priority: int, held: int, channel: int = 0, **member: object) -> bool:
    tickets = [asks(1, priority=priority, effort=10.0), asks(2, priority=held, channel=channel, effort=5.0)]
    made = moment(
        [person(1, load=95.0, capacity=100.0, **member)], tickets, policy("first-come"), rules=INTERRUPTING
    )
    return may_interrupt(made, 0, 0, 1)


@pytest.mark.parametrize(
    ("priority", "held", "may"), [(4, 2, True), (4, 3, False), (3, 2, False), (3, 1, True), (2, 1, False)]
)
def test_who_may_interrupt_whom_goes_by_priority(priority, held, may):
    assert interrupts(priority=priority, held=held) == may


def test_nothing_interrupts_a_sheltered_channel_or_somebody_who_may_not_have_it():
    assert not interrupts(priority=4, held=1, channel=1)
    assert not interrupts(priority=4, held=1, level=0.5)
    assert not interrupts(priority=4, held=1, present=False)
    assert not interrupts(priority=4, held=1, off_at=9.0)


def test_what_interrupts_must_fit_once_the_other_is_put_aside():
    tickets = [asks(1, priority=4, effort=10.0), asks(2, priority=1, effort=5.0)]
    for load, fits in ((95.0, True), (96.0, False)):
        made = moment(
            [person(1, load=load, capacity=100.0)], tickets, policy("first-come"), rules=INTERRUPTING
        )
        assert may_interrupt(made, 0, 0, 1) == fits


def test_another_channel_needs_a_free_slot_to_interrupt():
    tickets = [asks(1, priority=4, channel=2), asks(2, priority=1, channel=0)]
    for slots, fits in ((1, False), (2, True)):
        member = person(1, held={2: 1, 0: 1}, slots={2: slots})
        made = moment([member], tickets, policy("first-come"), rules=INTERRUPTING)
        assert may_interrupt(made, 0, 0, 1) == fits


def test_a_policy_keeps_its_other_parameters_and_leaves_the_named_one_alone():
    tuned = policy("overflow", threshold=7)
    assert (tuned.threshold, tuned.reserve, tuned.name) == (7, 0, "overflow")
    assert policy("overflow").threshold == 2
    assert replace(tuned, reserve=3).dials(RULES, 2).spare.tolist() == [3, 3, 3, 3]
    with pytest.raises(ValueError, match="topic 5"):
        policy("fixed-ratio", share={5: 1.0}).dials(RULES, 2)
