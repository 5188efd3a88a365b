"""Who competes, and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from benchmarks.routing import contestants as who
from benchmarks.routing.contestants import AS_IT_COMES, OURS, Contestant
from benchmarks.routing.scenarios import days, published
from benchmarks.routing.scenarios.scenario import Scenario
from fengong.engine.routing.kernels import codes

CONTESTANTS = {
    each.name: each
    for each in (
        Contestant(OURS, codes.FENGONG, who.our_dials, who.ours),
        Contestant(AS_IT_COMES, codes.FENGONG, who.none, who.ours),
        Contestant("FCFS-ALIS", codes.ALIS, who.none, who.plain),
        Contestant("priority, longest idle", codes.LONGEST_IDLE, who.none, who.plain),
        Contestant("least loaded", codes.LEAST_LOADED, who.none, who.plain),
        Contestant("round robin", codes.ROUND_ROBIN, who.none, who.plain),
        Contestant("static tiers", codes.STATIC_TIERS, who.none, who.plain),
        Contestant("static priority", codes.STATIC_PRIORITY, who.none, who.plain),
        Contestant("FQR-T", codes.FIXED_RATIO, who.ratio_dials, who.fixed_ratio),
        Contestant("Gc-mu", codes.GENERALIZED_CMU, who.cost_dials, who.generalized),
        Contestant("c-mu/theta", codes.CMU_THETA, who.theta_dials, who.generalized),
        Contestant("overflow + reserve", codes.OVERFLOW, who.overflow_dials, who.overflow),
        Contestant("longest cumulative idle", codes.FAIR_IDLE, who.none, who.plain),
        Contestant("bullseye", codes.BULLSEYE, who.ring_dials, who.bullseye),
    )
}

SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "simple-msk": cache(published.simple_msk),
    "six-types": cache(published.six_types),
    "surge": cache(days.surge),
    "absence": cache(days.absence),
    "newcomers": cache(days.newcomers),
    "chats": cache(days.chats),
    "two-tiers": cache(days.two_tiers),
}
