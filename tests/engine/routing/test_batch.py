"""What every batch of the matching keeps to, whatever the desk looks like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.decide import decide
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.rematching import Rematching
from fengong.engine.routing.rules import Weights
from fengong.engine.routing.situation import Situation
from tests.engine.routing.scenes import RULES, UNHURRIED, arrays_of, in_one_slot, scenes
from tests.engine.routing.worth import greedy, ours, savings, worth

FEW = replace(RULES, top_n=4, prune_above=0)  # four candidates per ticket
EITHER = pytest.mark.parametrize("rules", [RULES, FEW], ids=["all", "few"])
ROUNDING = 0.04  # points: units are thousandths, and a batch has some dozens of matches
# Prices that no load, room or pressure changes: what is left is who can take how much.
FIXED = replace(
    RULES, weights=Weights(lateness=0.0, load_spread=0.0, given=0.0, growth=0.0, reserve=15.0), urgent=1
)


def scene_of(situation: Situation, rules=RULES) -> Scene:
    return Scene(*arrays_of(situation), situation.now, rules)


def by_ids(situation: Situation, rules=RULES) -> dict[int, int]:
    scene = scene_of(situation, rules)
    return {int(scene.queue.ids[t]): int(scene.pool.ids[m]) for t, m in ours(scene)}


@EITHER
@UNHURRIED
@given(situation=scenes)
def test_capacity_is_never_exceeded(rules, situation):
    scene = scene_of(situation, rules)
    matches = ours(scene)
    held = scene.pool.load.copy()
    for ticket, member in matches:
        held[member] += scene.queue.effort[ticket]
    taken = [member for _, member in matches]
    assert (held[taken] <= scene.pool.capacity[taken]).all()
    assert len({ticket for ticket, _ in matches}) == len(matches)


@EITHER
@UNHURRIED
@given(situation=scenes)
def test_nothing_waits_that_fits_unless_a_reserve_holds_the_room(rules, situation):
    scene = scene_of(situation, rules)
    prices, matches = Prices(scene), ours(scene)
    after = replace(scene, pool=replace(scene.pool, load=scene.pool.load.copy()))
    for ticket, member in matches:
        after.pool.load[member] += scene.queue.effort[ticket]
    said = {d.ticket: d for d in decide(situation, policy="fengong", rules=rules)}
    given_away = {ticket for ticket, _ in matches}
    for ticket, member in zip(*eligible_pairs(after), strict=True):
        if ticket in given_away:
            continue
        one, other = np.array([ticket]), np.array([member])
        grown = (after.pool.load - scene.pool.load)[member] / scene.pool.capacity[member]
        share = scene.queue.effort[ticket] / scene.pool.capacity[member]
        surcharge = 2 * rules.weights.load_spread * grown * share
        assert (prices.waiting(one) - prices.cost(one, other))[0] <= surcharge + 0.001
        assert scene.pool.tier[member] > scene.queue.tier[ticket]
        assert said[int(scene.queue.ids[ticket])].waits == "held_back"


@UNHURRIED
@given(situation=scenes, order=st.randoms(use_true_random=False))
def test_other_names_in_the_same_order_change_nothing(situation, order):
    """Ids only break ties, by their order; here all are renamed, and people and tickets are stored anew."""
    named = {each.id: 1000 + 7 * each.id for each in (*situation.members, *situation.tickets)}
    renamed = replace(
        situation,
        members=tuple(replace(m, id=named[m.id]) for m in situation.members),
        tickets=tuple(
            replace(
                t,
                id=named[t.id],
                last_member=named.get(t.last_member),
                barred=frozenset(named[m] for m in t.barred if m in named),
            )
            for t in situation.tickets
        ),
    )
    shuffled = replace(
        renamed,
        members=tuple(order.sample(renamed.members, len(renamed.members))),
        tickets=tuple(order.sample(renamed.tickets, len(renamed.tickets))),
    )
    assert by_ids(shuffled) == {named[t]: named[m] for t, m in by_ids(situation).items()}


@UNHURRIED
@given(situation=scenes.map(in_one_slot), order=st.randoms(use_true_random=False))
def test_names_in_another_order_change_only_which_of_equal_batches_it_is(situation, order):
    ids = [ticket.id for ticket in situation.tickets]
    mixed = dict(zip(ids, order.sample(ids, len(ids)), strict=True))
    other = replace(situation, tickets=tuple(replace(t, id=mixed[t.id]) for t in situation.tickets))
    first, second = scene_of(situation), scene_of(other)
    assert worth(first, ours(first)) == pytest.approx(worth(second, ours(second)), abs=ROUNDING)


@UNHURRIED
@given(situation=scenes, data=st.data())
def test_more_room_never_makes_a_batch_of_like_tickets_worth_less(situation, data):
    """Guaranteed where all tickets are the same work and nobody has room for more than `max_slots`, at fixed prices."""
    alike = replace(situation, tickets=tuple(replace(t, effort=30.0) for t in situation.tickets))
    more = [data.draw(st.sampled_from([0, 0, 30, 60])) for _ in alike.members]
    roomier = replace(
        alike,
        members=tuple(
            replace(m, capacity=m.capacity + extra) for m, extra in zip(alike.members, more, strict=True)
        ),
    )
    before, after = scene_of(alike, FIXED), scene_of(roomier, FIXED)
    assert worth(after, ours(after)) >= worth(before, ours(before)) - ROUNDING


@UNHURRIED
@given(situation=scenes)
def test_where_efforts_differ_it_lies_between_greed_and_tickets_that_may_be_split(situation):
    scene = scene_of(situation, FIXED)
    value = worth(scene, ours(scene))
    assert worth(scene, greedy(scene)) - ROUNDING <= value <= _split(scene) + ROUNDING


@EITHER
@UNHURRIED
@given(situation=scenes)
def test_the_same_desk_gets_the_same_batch(rules, situation):
    first, second = scene_of(situation, rules), scene_of(situation, rules)
    assert ours(first) == ours(second) == ours(first)


@EITHER
@UNHURRIED
@given(situations=st.lists(scenes, min_size=1, max_size=4))
def test_with_a_memory_of_other_batches_it_is_worth_the_same(rules, situations):
    memory = Rematching()
    for situation in situations:
        scene = scene_of(in_one_slot(situation), rules)
        again = memory.assign(scene.pool, scene.queue, scene.now, scene.rules)
        matches = list(zip(again[0].tolist(), again[1].tolist(), strict=True))
        assert worth(scene, matches) == pytest.approx(worth(scene, ours(scene)), abs=ROUNDING)


def _split(scene: Scene) -> float:
    """The most that could be saved if tickets could be split between members: a linear programme."""
    saving = savings(scene)
    tickets, members = np.nonzero(saving)
    if not len(tickets):
        return 0.0
    effort, room = scene.queue.effort[tickets], np.maximum(0.0, scene.pool.capacity - scene.pool.load)
    once = (tickets == np.arange(len(scene.queue))[:, None]).astype(float)
    fits = (members == np.arange(len(scene.pool))[:, None]) * effort
    limits = np.concatenate((np.ones(len(scene.queue)), room))
    best = linprog(-saving[tickets, members], np.vstack((once, fits)), limits, bounds=(0, 1))
    return float(-best.fun)
