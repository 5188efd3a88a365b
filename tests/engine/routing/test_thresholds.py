"""Help for another side: how much must wait before it begins, when it ends, one direction at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.routing.kernels.choose import best_member, best_pair, best_ticket
from fengong.engine.routing.kernels.tally import count_member, recount
from fengong.engine.routing.policies import policy
from fengong.engine.routing.policies.classical import Overflow
from tests.engine.routing.moments import asks, batch, moment, person, served, winner
from tests.engine.routing.scenes import UNHURRIED

FIRST, SECOND = person(1, 1, capacity=0.0), person(2, 2)  # the first line has no room left


def common(count: int):
    """Tickets 1, 2, ... for the first line, the oldest first."""
    return [asks(number, waiting_since=-10.0 + number) for number in range(1, count + 1)]


def with_waiting(made, count: int):
    """The same moment, memory and all, when only the first `count` tickets wait."""
    made = made._replace(length=count)
    recount(made.tally, made.crew, made.line, made.waiting, count)
    return made


@pytest.mark.parametrize(("waiting", "taken"), [(4, None), (5, 1)])
def test_overflow_begins_above_the_threshold_with_who_has_waited_longest(waiting, taken):
    assert served([SECOND, FIRST], common(waiting), policy("overflow", threshold=4)) == taken


def test_own_hard_work_goes_before_any_overflow():
    tickets = [*common(9), asks(50, tier=2, priority=1, waiting_since=0.0)]
    assert served([SECOND], tickets, policy("overflow", threshold=2)) == 50


def test_help_goes_on_down_to_the_release_threshold_and_not_below():
    how = policy("overflow", threshold=4, release=1)
    made = moment([FIRST, SECOND], common(6), how)
    helped = [
        best_ticket(how.code, with_waiting(made, count), 1) >= 0 for count in (4, 5, 4, 3, 2, 1, 2, 4, 5)
    ]
    assert helped == [False, True, True, True, True, False, False, False, True]


def test_memory_moves_even_when_nobody_could_help_just_then():
    how = policy("overflow", threshold=4, release=1)
    made = moment([FIRST, person(2, 2, capacity=0.0)], common(6), how)
    assert best_member(how.code, with_waiting(made, 5), 4) == -1  # too many wait: from here on help is due
    made.crew.capacity[1] = 100.0
    assert best_ticket(how.code, with_waiting(made, 3), 1) >= 0


def test_the_one_too_many_brings_help_to_the_one_that_waits_longest():
    how = policy("overflow", threshold=4)
    made = moment([FIRST, SECOND], common(5), how)
    assert best_pair(how.code, made, 4) == (1, 0)
    assert best_pair(how.code, with_waiting(made, 4), 3)[0] == -1


@pytest.mark.parametrize(
    ("reserve", "free", "helps"), [(0, 1, True), (1, 1, False), (1, 2, True), (2, 2, False)]
)
def test_so_many_of_the_higher_tier_stay_free(reserve, free, helps):
    people = [FIRST, *(person(10 + i, 2) for i in range(free)), person(30, 2, capacity=0.0)]
    found = winner(people, common(3), policy("overflow", threshold=0, reserve=reserve))
    assert (found is not None) == helps
    own = [asks(1, tier=2)]
    assert winner(people, own, policy("overflow", threshold=0, reserve=reserve)) == 10


def test_the_own_tier_is_asked_first_and_the_nearest_next():
    people = [person(3, 3), person(2, 2, idle_since=-9.0), person(1, 1, idle_since=-1.0)]
    how = policy("overflow", threshold=0)
    assert winner(people, common(1), how) == 1
    assert winner(people[:2], common(1), how) == 2


def test_a_round_of_overflow_stops_at_the_threshold():
    assert batch([SECOND], common(7), "overflow", threshold=4) == [(1, 2), (2, 2), (3, 2)]
    assert batch([SECOND], common(7), "overflow", threshold=4, release=0) == [(n, 2) for n in range(1, 8)]


@pytest.mark.parametrize(
    ("mine", "theirs", "helps"), [(5, 0, True), (4, 0, False), (7, 3, False), (8, 3, True)]
)
def test_help_between_teams_weighs_both_queues(mine, theirs, helps):
    how = policy("fixed-ratio", activate=4, release=2, ratio=1.0)
    tickets = [asks(n, team=1) for n in range(mine)] + [asks(50 + n, team=2, topic=1) for n in range(theirs)]
    made = moment([person(1, team=2), person(2, team=1, capacity=0.0)], tickets, how)
    best_ticket(how.code, made, 0)
    assert bool(made.tally.helping[5, 9]) == helps  # side 4 x 1 + 1 helped by side 4 x 2 + 1
    assert not made.tally.helping[9, 5]


def test_only_one_of_two_teams_helps_the_other():
    how = policy("fixed-ratio", activate=2, release=0, ratio=0.0)
    tickets = [asks(n, team=1) for n in range(6)] + [asks(50 + n, team=2) for n in range(6)]
    made = moment([person(1, team=2), person(2, team=1)], tickets, how)
    best_ticket(how.code, made, 0)
    assert (made.tally.helping[5, 9], made.tally.helping[9, 5]) == (0, 0)  # both need it equally
    best_ticket(how.code, with_waiting(made, 11), 0)
    assert made.tally.helping[5, 9] == 1
    best_ticket(how.code, with_waiting(made._replace(waiting=made.waiting[::-1].copy()), 9), 0)
    assert (made.tally.helping[5, 9], made.tally.helping[9, 5]) == (
        1,
        0,
    )  # now the other is worse off, and waits


def test_without_a_threshold_everybody_helps_everybody():
    tickets = [asks(1, team=2, waiting_since=-9.0), asks(2, team=1), asks(3, team=1)]
    for team, tier in ((1, 1), (2, 1), (1, 3)):
        assert served([person(1, tier, team=team)], tickets, policy("fixed-ratio")) == 1
        assert len(batch([person(1, tier, team=team)], tickets, "fixed-ratio")) == 3


@UNHURRIED
@given(st.lists(st.integers(0, 12), min_size=1, max_size=30), st.integers(0, 8), st.integers(0, 8))
def test_help_is_on_as_hysteresis_says_for_any_course_of_the_queue(course, one, other):
    how = policy("overflow", threshold=max(one, other), release=min(one, other))
    made, on = moment([FIRST, SECOND], common(12), how), False
    for count in course:
        on = count > max(one, other) if not on else count > min(one, other)
        assert (best_ticket(how.code, with_waiting(made, count), 1) >= 0) == on


def test_what_is_free_is_counted_as_members_fill():
    made = moment([person(1, 2), person(2, 2)], common(1), Overflow())
    assert made.tally.open.tolist() == [0, 0, 2, 0]
    count_member(made.tally, made.crew, 0, -1)
    made.crew.load[0] = made.crew.capacity[0]
    count_member(made.tally, made.crew, 0, 1)
    assert made.tally.open.tolist() == [0, 0, 1, 0]
    assert np.array_equal(made.tally.free, [1])


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("overflow", {"threshold": 2, "release": 3}),
        ("overflow", {"reserve": -1}),
        ("fixed-ratio", {"activate": 1, "release": 2}),
        ("cmu-theta", {"overload": 1.0, "relieved": 2.0}),
        ("generalized-cmu", {"shape": "square"}),
        ("bullseye", {"minutes": -1.0}),
        ("longest-idle", {"threshold": 2}),
        ("overflow", {"code": 3}),
    ],
)
def test_parameters_that_make_no_sense_are_refused(name, parameters):
    with pytest.raises(ValueError, match=r"must|no shape|no such parameters"):
        policy(name, **parameters)
