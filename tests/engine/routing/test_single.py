"""A ticket on its own is checked, priced and matched as in any batch, only quicker."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.routing import single
from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.costs import Prices
from fengong.engine.routing.eligibility import eligible_pairs
from fengong.engine.routing.rules import Rules
from tests.engine.routing.scenes import RULES, arrays_of, crowds, situations

ALONE = situations(min_tickets=1, max_tickets=1) | crowds.filter(lambda scene: scene.tickets).map(
    lambda scene: replace(scene, tickets=scene.tickets[:1])
)
OVERFLOWS = st.sampled_from([RULES, Rules(overflow=0.3), Rules(overflow=3.0)])
OFTEN = settings(max_examples=300, deadline=None)


@OFTEN
@given(ALONE, OVERFLOWS)
def test_the_same_members_may_take_it(situation, rules):
    scene = Scene(*arrays_of(situation), situation.now, rules)
    _, members = eligible_pairs(scene)
    assert sorted(single.able(scene).tolist()) == sorted(members.tolist())


@OFTEN
@given(ALONE, OVERFLOWS)
def test_it_costs_the_same(situation, rules):
    scene = Scene(*arrays_of(situation), situation.now, rules)
    members, prices = single.able(scene), Prices(scene)
    tickets = np.zeros(len(members), dtype=np.int64)
    if len(members):
        assert single.cost(scene, members) == pytest.approx(
            prices.cost(tickets, members), rel=1e-12, abs=1e-9
        )
    assert single.waiting(scene) == pytest.approx(float(prices.waiting(np.array([0]))[0]), rel=1e-12)
