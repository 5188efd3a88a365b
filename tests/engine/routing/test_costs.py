"""When help from higher tiers is due, and the finer parts of the prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from tests.engine.routing.scenes import arrays_of

EVERYTHING = dict.fromkeys(range(6), 3.0)
TWO = tuple(Candidate(i, 1, EVERYTHING, load=100.0, capacity=100.0) for i in (1, 2))


def prices(tickets: list[WaitingTicket], members: tuple[Candidate, ...], **rules: object) -> Prices:
    return Prices(Scene(*arrays_of(Situation(0.0, tuple(tickets), members)), 0.0, Rules(**rules)))


def tickets(*topics: int, **changes: object) -> list[WaitingTicket]:
    plain = WaitingTicket(0, 0, 1, priority=2, tier=1, effort=20.0, waiting_since=0.0)
    return [replace(plain, id=number, topic=topic, **changes) for number, topic in enumerate(topics)]


@pytest.mark.parametrize(("waiting", "due"), [((0, 1), False), ((0, 1, 2), True)])
def test_pressure_on_a_tier_counts_its_whole_queue_per_head(waiting, due):
    assert prices(tickets(*waiting), TWO).relief.tolist() == [due] * len(waiting)


def test_free_room_of_the_tier_takes_pressure_off():
    roomy = (replace(TWO[0], load=60.0), TWO[1])
    assert prices(tickets(0, 1, 2, 3), TWO).relief.all()
    assert not prices(tickets(0, 1, 2, 3), roomy).relief.any()
    assert prices(tickets(0, 1, 2, 3), roomy, overflow=0.5).relief.all()


def test_pressure_on_one_topic_counts_those_who_know_it():
    narrow = (replace(TWO[0], load=0.0), replace(TWO[1], load=0.0, proficiency={5: 3.0}))
    assert prices(tickets(5, 5, 0), narrow).relief.tolist() == [False, False, False]
    assert prices(tickets(5, 0, 0), narrow).relief.tolist() == [False, True, True]


def test_whoever_was_given_most_lately_pays_for_it():
    lately = (replace(TWO[0], load=0.0, given=90.0), replace(TWO[1], load=0.0, given=45.0))
    spread = prices(tickets(0), lately).terms(np.array([0, 0]), np.array([0, 1]))["load_spread"]
    assert spread.tolist() == pytest.approx([30 * 0.04 + 36.0, 30 * 0.04 + 18.0])  # parts of one full load
    longer = (replace(lately[0], given=450.0), replace(lately[1], given=225.0))
    spread = prices(tickets(0), longer).terms(np.array([0, 0]), np.array([0, 1]))["load_spread"]
    assert spread.tolist() == pytest.approx([30 * 0.04 + 40.0, 30 * 0.04 + 20.0])  # parts of the most given


@pytest.mark.parametrize(
    ("changes", "load", "reward"),
    [
        ({}, 50.0, -4.0),
        ({}, 50.1, 0.0),  # not a calm day
        ({"priority": 3}, 0.0, 0.0),
        ({"due_at": 79.0}, 0.0, 0.0),  # 60 minutes of patience and 20 of work
        ({"due_at": 80.0}, 0.0, -4.0),
        ({"difficulty": 2}, 0.0, 0.0),  # beyond the learner's reach altogether
    ],
)
def test_a_learner_is_stretched_only_where_it_is_safe(changes, load, reward):
    learner = (replace(TWO[0], load=load, proficiency={0: 1.5}),)
    growth = prices(tickets(0, **changes), learner).terms(np.array([0]), np.array([0]))["growth"]
    assert growth.tolist() == [reward]


def test_a_weight_of_zero_switches_its_term_off():
    weights = replace(
        Rules().weights, lateness=0, skill_fit=0, load_spread=0, given=0, continuity=0, growth=0
    )
    plain = prices(tickets(0, due_at=10.0), TWO, weights=weights)
    assert plain.cost(np.array([0]), np.array([0])).tolist() == [0.0]
