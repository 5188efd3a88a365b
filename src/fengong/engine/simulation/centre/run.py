"""The way in: a model, a policy and a seed give a result."""

from __future__ import annotations

from fengong.engine.routing.kernels import codes
from fengong.engine.routing.kernels.dials import Dials, dials_of
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.centre.build import build, roomier
from fengong.engine.simulation.centre.loop import FULL, advance
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.reading import result_of
from fengong.engine.simulation.centre.recursion import all_free, is_plain, recur
from fengong.engine.simulation.centre.result import Result
from fengong.engine.simulation.centre.state import sight_of

EVENTS, RECURSION = "events", "recursion"


def simulate(
    model: Model,
    *,
    policy: str | int,
    seed: int,
    rules: Rules | None = None,
    dials: Dials | None = None,
    records: int = 0,
) -> Result:
    """Run the model once under the policy of this name, or of this code of `routing.kernels.codes`.

    `dials`, if given, stand instead of those `rules` make. `records`: so many tickets are recorded one by one. The
    same model, policy, dials and seed give the same result; under other policies the same tickets arrive at the same
    times with the same work and patience. One pool of people who are alike, served first come first served, is computed
    by `recursion` unless tickets are recorded. Raises ValueError for an unknown policy.
    """
    code, dials = code_of(policy), dials or dials_of(rules or Rules(), model.topics)
    world = build(model, code, dials, seed, records)
    if not records and is_plain(model, code, dials):
        recur(world, all_free(model.members))
        return result_of(model, world, RECURSION)
    while advance(world, sight_of(world, dials), model.horizon + model.drain) == FULL:
        world = roomier(world)
    return result_of(model, world, EVENTS)


def code_of(policy: str | int) -> int:
    """The number by which kernels know the policy of this name."""
    if isinstance(policy, int):
        return policy
    known = {name.lower().replace("_", "-"): value for name, value in vars(codes).items() if name.isupper()}
    if policy not in known:
        raise ValueError(f"there is no policy {policy!r}; there are {', '.join(known)}")
    return int(known[policy])
