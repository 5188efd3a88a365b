from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.simulation.measure import FIGURES, interval, paired
from fengong.engine.simulation.outcome import Trail, gini


def test_gini_by_hand():
    assert gini(np.array([1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 3.0])) == pytest.approx(2 / 3)
    assert gini(np.array([1.0, 3.0])) == pytest.approx(0.25)
    assert gini(np.zeros(2)) == 0.0


def test_interval_is_students():
    found = interval([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.high - found.mean == pytest.approx(4.302653 / 3**0.5, rel=1e-6)
    assert interval([5.0]).low == 5.0


def test_shared_luck_cancels_in_differences():
    base = [{"gini": value} for value in (1.0, 9.0, 4.0)]
    more = [{"gini": value + 1.0} for value in (1.0, 9.0, 4.0)]
    whole = [{**dict.fromkeys(FIGURES, 0.0), **row} for row in base]
    other = [{**dict.fromkeys(FIGURES, 0.0), **row} for row in more]
    assert paired(other, whole)["gini"].low == pytest.approx(1.0)


def test_a_trail_counts_persons_returns_and_tiers():
    trail = Trail()
    for member, team, tier in ((1, 1, 1), (1, 1, 1), (2, 5, 2), (3, 1, 1)):
        trail.goes_to(member, team, tier)
    assert (trail.handovers, trail.returns, trail.first_tier) == (2, 1, 1)
    assert not trail.right_first(1)
