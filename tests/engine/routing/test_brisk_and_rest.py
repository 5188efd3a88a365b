"""Two considerations that are off unless asked for: short work first, and who was idle most."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.routing.arrays import Pool, Queue
from fengong.engine.routing.policies import policy
from fengong.engine.routing.rules import Rules, Weights

NOW = 100.0


def pool(members: int) -> Pool:
    crew = Pool.of(range(members), [1] * members, np.full((members, 1), 3.0, dtype=np.float32))
    crew.capacity[:] = 60.0
    crew.present[:] = True
    crew.idle_since[:] = NOW
    return crew


def queue(*efforts: float) -> Queue:
    count = len(efforts)
    ones = np.ones(count, dtype=np.int8)
    return Queue(
        ids=np.arange(count),
        topic=np.zeros(count, dtype=np.int64),
        difficulty=ones,
        priority=2 * ones,
        tier=ones,
        effort=np.array(efforts),
        waiting_since=np.full(count, NOW - 5.0),
        due_at=np.full(count, NOW + 500.0),
        last_member=np.full(count, -1),
    )


def given(crew: Pool, line: Queue, rules: Rules) -> dict[int, int]:
    tickets, members = policy("fengong").assign(crew, line, NOW, rules)
    return dict(zip(tickets.tolist(), members.tolist(), strict=True))


def test_who_was_idle_most_takes_it_when_that_counts():
    crew = pool(3)
    crew.idled[:] = 5.0, 50.0, 20.0
    crew.given[:] = 10.0, 12.0, 10.0
    assert given(crew, queue(10.0), Rules()) == {0: 0}
    assert given(crew, queue(10.0), Rules(rest=50.0)) == {0: 1}


def test_short_work_goes_first_when_that_counts():
    crew = pool(1)
    crew.capacity[:] = 40.0
    line = queue(40.0, 10.0)
    line.waiting_since[:] = NOW - 60.0, NOW - 5.0
    weights = Weights(load_spread=0.0)
    assert list(given(crew, line, Rules(weights=weights))) == [0]
    assert list(given(crew, line, Rules(weights=weights, brisk=1.0))) == [1]


def test_brisk_is_not_negative():
    with pytest.raises(ValueError, match="brisk"):
        Rules(brisk=-1.0)
