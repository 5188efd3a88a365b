"""The simulator against queueing theory."""

from __future__ import annotations

from math import factorial

import numpy as np
import pytest

from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.measure import interval
from fengong.engine.simulation.run import simulate
from tests.engine.simulation.desks import queueing_desk

CUSTOMERS, WARM = 3000, 300
AT_ONCE = Rules(guard=0.0)


def erlang_c_wait(servers: int, load: float) -> float:
    """Mean wait in M/M/c with mean service 1 (Erlang 1917): C(c, a) / (c - a)."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    delayed = last / (sum(load**k / factorial(k) for k in range(servers)) + last)
    return delayed / (servers - load)


@pytest.mark.parametrize(("servers", "load", "policy"), [(1, 0.5, "longest-idle"), (3, 1.8, "round-robin")])
def test_waits_are_those_of_erlang_c(servers, load, policy):
    means = []
    for seed in range(10):
        outcome = simulate(
            queueing_desk(servers, load, CUSTOMERS, seed), policy=policy, seed=seed, rules=AT_ONCE
        )
        means.append(float((outcome.assigned - outcome.arrival)[WARM:].mean()))
    found = interval(means)
    half = 1.5 * (found.high - found.mean)  # 99.9 % rather than 95 %, so that luck does not break a build
    assert abs(found.mean - erlang_c_wait(servers, load)) < half + 0.005
    assert half < 0.15 * found.mean + 0.05


def test_all_policies_agree_when_all_members_are_alike():
    desk = queueing_desk(2, 1.2, 1500, 1)
    waits = {
        policy: float(np.mean(simulate(desk, policy=policy, seed=1, rules=AT_ONCE).queued))
        for policy in ("longest-idle", "round-robin", "least-loaded", "static-tiers")
    }
    assert max(waits.values()) == pytest.approx(min(waits.values()))


@pytest.mark.parametrize("policy", ["longest-idle", "least-loaded"])
def test_one_more_server_never_lengthens_a_wait(policy):
    few = simulate(queueing_desk(2, 1.7, 1500, 5), policy=policy, seed=1, rules=AT_ONCE)
    more = simulate(queueing_desk(3, 1.7, 1500, 5), policy=policy, seed=1, rules=AT_ONCE)
    assert (more.assigned <= few.assigned + 1e-9).all()
    assert more.queued.mean() < few.queued.mean()
