"""The arrays that simulations keep up to date: what they count must stay true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.routing.arrays import Pool
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from tests.engine.routing.scenes import UNHURRIED, arrays_of, scenes

PROFICIENCY = np.array([[1, 0], [0, 2], [3, 4], [0, 0]], dtype=np.float32)


def pool() -> Pool:
    return Pool.of([11, 12, 13, 14], [1, 1, 2, 3], PROFICIENCY)


def test_a_new_pool_is_absent_and_has_no_room():
    people = pool()
    assert not people.present.any()
    assert not people.capacity.any()
    assert people.proficiency.flags.f_contiguous


def test_giving_and_finishing_move_load_and_idleness():
    people = pool()
    people.give(np.array([2, 2, 0]), np.array([10.0, 5.0, 7.0]), now=3.0)
    assert people.load.tolist() == people.given.tolist() == [7.0, 0.0, 15.0, 0.0]
    assert people.last_given[[0, 2]].tolist() == [3.0, 3.0]
    people.finish(2, 10.0, now=8.0)
    people.finish(0, 9.0, now=9.0)
    assert people.load.tolist() == [0.0, 0.0, 5.0, 0.0]
    assert people.given[2] == 15.0
    assert people.idle_since[[0, 2]].tolist() == [9.0, 8.0]
    assert people.last_given[2] == 3.0


@UNHURRIED
@given(situation=scenes, order=st.randoms(use_true_random=False))
def test_a_part_of_the_queue_keeps_its_rows_together(situation, order):
    _, queue = arrays_of(situation)
    positions = order.sample(range(len(queue)), order.randint(0, len(queue)))
    part = queue.take(np.array(positions, dtype=np.int64))
    assert part.ids.tolist() == [situation.tickets[i].id for i in positions]
    assert part.effort.tolist() == [situation.tickets[i].effort for i in positions]
    known = {member.id: place for place, member in enumerate(situation.members)}
    expected = {
        (new, known[member])
        for new, old in enumerate(positions)
        for member in situation.tickets[old].barred
        if member in known
    }
    assert set(map(tuple, part.barred.tolist())) == expected


@pytest.mark.parametrize(
    "wrong", [{"difficulty": 4}, {"priority": 0}, {"tier": 0}, {"effort": 0.0}, {"effort": np.inf}]
)
def test_a_ticket_outside_its_scales_is_refused(wrong):
    plain = {
        "id": 1,
        "topic": 1,
        "difficulty": 1,
        "priority": 1,
        "tier": 1,
        "effort": 1.0,
        "waiting_since": 0.0,
    }
    with pytest.raises(ValueError, match="ticket 1"):
        WaitingTicket(**{**plain, **wrong})


def test_a_member_outside_the_tiers_and_double_ids_are_refused():
    with pytest.raises(ValueError, match="member 3: tier"):
        Candidate(3, 4)
    with pytest.raises(ValueError, match="same member id"):
        Situation(0.0, (), (Candidate(1, 1), Candidate(1, 2)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"top_n": 1},
        {"max_slots": 0},
        {"reach": -1},
        {"lateness_scale": 0.0},
        {"guard": -1.0},
        {"need": (0, 1, 2)},
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        Rules(**wrong)
