"""The way in: a model, a policy and a seed give a result."""

from __future__ import annotations

from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.result import Result


def simulate(
    model: Model,
    *,
    policy: str | int,
    seed: int,
    rules: Rules | None = None,
    dials: Dials | None = None,
    records: int = 0,
) -> Result:
    """Run the model once under the policy of this name, or of this code of `routing.kernels.choose`.

    `dials`, if given, stand instead of those `rules` make. `records`: so many tickets are recorded one by one. The
    same model, policy, dials and seed give the same result; under other policies the same tickets arrive at the same
    times with the same work and patience. Raises ValueError for an unknown policy.
    """
    raise NotImplementedError
