"""The kernels for one ticket and for one member decide as the whole batch does; prices are the formulae of `costs`."""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf, log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.routing.arrays import Pool, Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.kernels.choose import FENGONG, best_member, best_ticket
from fengong.engine.routing.kernels.keeping import Keeping
from fengong.engine.routing.kernels.matching import match
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from fengong.engine.routing.view import moment_of
from tests.engine.routing.scenes import RULES, arrays_of, crowds, in_one_slot, situations
from tests.engine.routing.worth import savings

OVERFLOWS = st.sampled_from([RULES, Rules(overflow=0.3), Rules(overflow=3.0)])
OFTEN = settings(max_examples=100, deadline=None)
SCENES = situations(min_tickets=1) | crowds.filter(lambda scene: scene.tickets)


@OFTEN
@given(SCENES, OVERFLOWS)
def test_one_ticket_goes_where_the_batch_sends_it(situation, rules):
    scene = Scene(*arrays_of(replace(situation, tickets=situation.tickets[:1])), situation.now, rules)
    if len(scene.pool):
        moment = moment_of(scene)
        assert best_member(FENGONG, moment, 0) == match(moment)[0]


@OFTEN
@given(SCENES.map(in_one_slot), OVERFLOWS)
def test_one_member_takes_what_the_batch_gives(situation, rules):
    scene = Scene(*arrays_of(replace(situation, members=situation.members[:1])), situation.now, rules)
    if len(scene.pool):
        moment = moment_of(scene)
        won = np.flatnonzero(match(moment) == 0)
        assert best_ticket(FENGONG, moment, 0) == (won[0] if len(won) else -1)


@OFTEN
@given(SCENES, OVERFLOWS, st.data())
def test_among_many_a_ticket_takes_its_greatest_saving(situation, rules, data):
    scene = Scene(*arrays_of(situation), situation.now, rules)
    if not len(scene.pool):
        return
    ticket = data.draw(st.integers(0, len(scene.queue) - 1))
    units = np.rint(savings(scene)[ticket] * 1000)
    chosen = best_member(FENGONG, moment_of(scene), ticket)
    assert (chosen < 0) == (units.max() == 0)
    if chosen >= 0:
        assert units[chosen] == units.max()
        rivals = np.flatnonzero(units == units.max())
        order = np.lexsort((scene.pool.ids[rivals], scene.pool.idle_since[rivals]))
        assert chosen == rivals[order[0]]


@OFTEN
@given(SCENES, OVERFLOWS)
def test_prices_are_the_formulae(situation, rules):
    scene = Scene(*arrays_of(situation), situation.now, rules)
    prices, (tickets, members) = Prices(scene), eligible_pairs(scene)
    plain = [_cost(scene, prices, t, m) for t, m in zip(tickets.tolist(), members.tolist(), strict=True)]
    assert prices.cost(tickets, members) == pytest.approx(plain, rel=1e-9, abs=1e-9)
    assert sum(prices.terms(tickets, members).values()) == pytest.approx(prices.cost(tickets, members))
    for ticket in range(len(scene.queue)):
        cost = float(prices.waiting(np.array([ticket]))[0])
        assert cost == pytest.approx(_waiting(scene, ticket), rel=1e-9)


def _cost(scene: Scene, prices: Prices, ticket: int, member: int) -> float:
    pool, queue, rules, weights = scene.pool, scene.queue, scene.rules, scene.rules.weights
    effort, capacity = queue.effort[ticket], pool.capacity[member]
    share, added = pool.load[member] / capacity, effort / capacity
    level = queue.difficulty[ticket] - 1
    known = float(pool.proficiency[member, queue.topic[ticket]])
    safe = queue.priority[ticket] <= 2 and queue.due_at[ticket] >= scene.now + rules.patience + effort
    lesson = safe and 0 <= known - rules.need[level] < rules.stretch and share <= rules.calm
    each = weights.over_qualification if prices.relief[ticket] else weights.reserve
    return (
        weights.lateness * _lateness(scene, ticket, rules.patience * share)
        + weights.skill_fit * max(0.0, rules.wanted[level] - known) / 4
        + weights.surplus_skill * max(0.0, known - rules.wanted[level]) / 4
        + each * (pool.tier[member] - queue.tier[ticket])
        + weights.load_spread * ((share + added) ** 2 - share**2)
        + weights.given * pool.given[member] / _most_given(pool)
        - weights.continuity * (queue.last_member[ticket] == member)
        - weights.growth * lesson
    )


def _waiting(scene: Scene, ticket: int) -> float:
    queue, rules, weights = scene.queue, scene.rules, scene.rules.weights
    age = max(0.0, scene.now - queue.waiting_since[ticket]) + rules.patience
    aged = weights.age * rules.priority[queue.priority[ticket] - 1] * age / rules.lateness_scale
    return weights.waiting + aged + weights.lateness * _lateness(scene, ticket, rules.patience)


def _lateness(scene: Scene, ticket: int, delay: float) -> float:
    queue, rules = scene.queue, scene.rules
    late = (scene.now + delay + queue.effort[ticket] - queue.due_at[ticket]) / rules.lateness_scale
    expected = 0.0 if late == -inf else max(0.0, late) + log1p(exp(-abs(late)))
    return float(rules.priority[queue.priority[ticket] - 1] * expected)


def _most_given(pool: Pool) -> float:
    return max(1.0, pool.given.max(), pool.capacity.sum() / len(pool))


def test_the_last_free_members_are_kept_until_enough_waits():
    """Of two alike members the last one free is kept for other work unless more than two tickets wait."""
    members = tuple(Candidate(i, 1, {0: 3.0}, capacity=30.0) for i in (1, 2))
    tickets = tuple(WaitingTicket(i, 0, 1, 2, 1, effort=30.0, waiting_since=0.0) for i in (11, 12, 13))
    keeping = Keeping(
        gain=np.array([[[0.0, 1.0, 2.0, 5.0]]]),
        price=np.array([[[9.0, 3.0, 0.0]]]),
        urgency=np.ones((1, 1, 4)),
    )
    for waiting, alone in ((1, False), (2, False), (3, True)):
        scene = Scene(*arrays_of(Situation(0.0, tickets[:waiting], members)), 0.0, RULES)
        moment = moment_of(scene)
        dials = moment.dials._replace(kind=np.zeros((4, 1), dtype=np.int64), keeping=keeping)
        moment = moment._replace(dials=dials)
        assert (match(moment) >= 0).sum() == 1  # after one match too few wait for the other member
        assert best_member(FENGONG, moment, 0) == 0
        moment.tally.free[0] = 1
        assert (best_member(FENGONG, moment, 0) >= 0) == (best_ticket(FENGONG, moment, 0) >= 0) == alone
