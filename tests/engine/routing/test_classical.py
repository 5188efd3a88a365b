"""The rules of other desks, each on one small scene with the winner it must have."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.routing.policies import policy
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from tests.engine.routing.scenes import RULES, arrays_of

# id: load, idle since, last given
ANN, BO, CY = 1, 2, 3
PEOPLE = (
    Candidate(ANN, 1, {0: 3}, load=10, capacity=100, idle_since=-5.0, last_given=-40.0),
    Candidate(BO, 1, {0: 3}, load=30, capacity=100, idle_since=-50.0, last_given=-60.0),
    Candidate(CY, 2, {0: 3}, load=0, capacity=100, idle_since=-90.0, last_given=-50.0),
)


def ticket(number: int, **changes: object) -> WaitingTicket:
    return replace(WaitingTicket(number, 0, 1, priority=2, tier=1, effort=30.0, waiting_since=0.0), **changes)


def order_of(name: str, *tickets: WaitingTicket) -> list[tuple[int, int]]:
    pool, queue = arrays_of(Situation(0.0, tickets, PEOPLE))
    who = policy(name).assign(pool, queue, 0.0, RULES)
    return list(zip(queue.ids[who[0]].tolist(), pool.ids[who[1]].tolist(), strict=True))


@pytest.mark.parametrize(
    ("name", "winners"),
    [
        ("round-robin", [BO, CY, ANN, BO]),
        ("least-loaded", [CY, ANN, CY, BO]),  # 0, 10, then 30 against 30: the longest idle
        ("longest-idle", [CY, BO, ANN, CY]),
        ("static-tiers", [BO, ANN, BO, ANN]),
    ],
)
def test_four_alike_tickets_go_round_by_the_rule(name, winners):
    assert [member for _, member in order_of(name, *map(ticket, (1, 2, 3, 4)))] == winners


def test_the_queue_is_served_by_priority_then_wait_then_id():
    tickets = [
        ticket(5),
        ticket(4),
        ticket(3, waiting_since=-9.0),
        ticket(2, priority=1),
        ticket(6, priority=4),
    ]
    assert [number for number, _ in order_of("longest-idle", *tickets)] == [6, 3, 4, 5, 2]


def test_static_tiers_leave_other_tiers_alone():
    assert order_of("static-tiers", ticket(1, tier=3)) == []
    assert order_of("static-tiers", ticket(1, tier=2)) == [(1, CY)]


def test_a_large_ticket_that_fits_nobody_does_not_block_the_next():
    assert order_of("longest-idle", ticket(1, priority=4, effort=101.0), ticket(2)) == [(2, CY)]


def test_round_robin_goes_on_where_the_pool_says_it_stopped():
    pool, queue = arrays_of(Situation(0.0, (ticket(1),), PEOPLE))
    winners = []
    for now in (1.0, 2.0, 3.0, 4.0):
        _, members = policy("round-robin").assign(pool, queue, now, RULES)
        pool.give(members, queue.effort[:1], now)
        winners.append(int(pool.ids[members[0]]))
    assert winners == [BO, CY, ANN, BO]
    assert np.array_equal(pool.load, [40.0, 90.0, 30.0])
