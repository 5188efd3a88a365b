"""Our own policy against other ways to the same end: greedy, and the assignment solver of scipy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linear_sum_assignment

from fengong.engine.routing.arrays import Pool, Queue, Scene
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.policies import policy
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from tests.engine.routing.scenes import RULES, UNHURRIED, arrays_of, in_one_slot, scenes
from tests.engine.routing.worth import greedy, ours, savings, worth

FENGONG = policy("fengong")
ROUNDING = 0.04  # each of up to some dozen matches is priced in whole units, thousandths of a point


@UNHURRIED
@given(situation=scenes)
def test_never_worse_than_greedy(situation):
    scene = Scene(*arrays_of(situation), situation.now, RULES)
    assert worth(scene, ours(scene)) >= worth(scene, greedy(scene)) - ROUNDING


@UNHURRIED
@given(situation=scenes.map(in_one_slot))
def test_with_one_ticket_per_member_it_is_the_optimum_that_scipy_finds(situation):
    scene = Scene(*arrays_of(situation), situation.now, RULES)
    saving = savings(scene)
    best = saving[linear_sum_assignment(saving, maximize=True)].sum()
    assert worth(scene, ours(scene)) == pytest.approx(best, abs=ROUNDING)


def team(*loads: float, **changes: object) -> tuple[Candidate, ...]:
    return tuple(
        replace(Candidate(id=i, tier=1, proficiency={0: 3.0}, load=load, capacity=100.0), **changes)
        for i, load in enumerate(loads, start=1)
    )


def asked(number: int, effort: float = 10.0, **changes: object) -> WaitingTicket:
    ticket = WaitingTicket(number, 0, difficulty=1, priority=2, tier=1, effort=effort, waiting_since=0.0)
    return replace(ticket, **changes)


def won(members: tuple[Candidate, ...], *tickets: WaitingTicket, **rules: object) -> list[tuple[int, int]]:
    pool, queue = arrays_of(Situation(0.0, tickets, members))
    who = FENGONG.assign(pool, queue, 0.0, replace(RULES, **rules))
    return sorted(zip(queue.ids[who[0]].tolist(), pool.ids[who[1]].tolist(), strict=True))


def test_one_batch_evens_out_the_load():
    matches = won(team(0.0, 40.0, 80.0), *[asked(number) for number in range(1, 9)])
    assert [sum(member == each for _, member in matches) for each in (1, 2, 3)] == [6, 2, 0]


def test_equal_members_go_by_idleness_then_by_id():
    twins = team(0.0, 0.0, 0.0)
    assert won(twins, asked(7)) == [(7, 1)]
    assert won((twins[2], twins[0], twins[1]), asked(7)) == [(7, 1)]
    rested = tuple(replace(each, idle_since=-10.0 * each.id) for each in twins)
    assert won(rested, asked(7)) == [(7, 3)]
    assert {member for _, member in won(rested, asked(7), asked(8))} == {2, 3}


def test_scarce_minutes_go_to_what_matters_most():
    full = team(90.0)
    assert won(full, asked(1), asked(2, priority=4)) == [(2, 1)]
    assert won(full, asked(1), asked(2, waiting_since=-30.0)) == [(2, 1)]
    assert won(full, asked(1), asked(2, due_at=20.0)) == [(2, 1)]


def test_efforts_that_do_not_fit_together_are_not_given_together():
    matches = won(team(0.0), asked(1, effort=60.0), asked(2, effort=60.0), asked(3, effort=40.0))
    assert matches in ([(1, 1), (3, 1)], [(2, 1), (3, 1)])


def test_with_the_spread_switched_off_the_nearest_skill_takes_it_all():
    expert = replace(team(0.0)[0], id=5, proficiency={0: 3.0})
    novice = replace(expert, id=6, proficiency={0: 1.0})
    flat = replace(RULES.weights, load_spread=0.0, growth=0.0)
    assert won((expert, novice), asked(1), asked(2), weights=flat) == [(1, 5), (2, 5)]
    assert won((expert, novice), asked(1), asked(2)) == [(1, 5), (2, 5)]
    steep = replace(RULES.weights, load_spread=1000.0, waiting=1e6)
    assert [member for _, member in won((expert, novice), asked(1), asked(2), weights=steep)] in (
        [5, 6],
        [6, 5],
    )


def test_alike_tickets_do_not_all_ask_for_the_same_few():
    crowd = team(*[90.0] * 60)
    matches = won(crowd, *[asked(number) for number in range(1, 61)], top_n=4, prune_above=0)
    assert len({member for _, member in matches}) == 60


@pytest.mark.parametrize(
    ("tickets", "members", "topics"), [(10_000, 2_000, 30), (3, 4_000, 2), (2_000, 3, 40)]
)
def test_sizes_far_beyond_a_real_team_come_out_full_and_within_bounds(tickets, members, topics):
    dice = np.random.default_rng(5)
    proficiency = dice.integers(1, 6, (members, topics)) * (dice.random((members, topics)) < 3 / topics)
    pool = Pool.of(np.arange(members), dice.integers(1, 4, members), proficiency.astype(np.float32))
    pool.capacity[:] = 60.0
    pool.present[:] = True
    queue = Queue(
        ids=np.arange(tickets),
        topic=dice.integers(0, topics, tickets),
        difficulty=np.ones(tickets, dtype=np.int8),
        priority=dice.integers(1, 5, tickets).astype(np.int8),
        tier=dice.integers(1, 4, tickets).astype(np.int8),
        effort=dice.uniform(20.0, 60.0, tickets),
        waiting_since=dice.uniform(-300.0, 0.0, tickets),
        due_at=dice.uniform(0.0, 600.0, tickets),
        last_member=np.full(tickets, -1),
    )
    given_tickets, given_members = FENGONG.assign(pool, queue, 0.0, RULES)
    held = np.bincount(given_members, weights=queue.effort[given_tickets], minlength=members)
    assert (held <= pool.capacity + 1e-9).all()
    np.add.at(pool.load, given_members, queue.effort[given_tickets])
    left = queue.take(np.setdiff1d(np.arange(tickets), given_tickets))
    still, who = eligible_pairs(Scene(pool, left, 0.0, RULES))
    assert not (left.tier[still] == pool.tier[who]).any()
