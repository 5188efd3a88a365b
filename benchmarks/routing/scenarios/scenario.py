"""A desk, how often it is run, and what is special about it."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.engine.simulation.centre.model import Model


@dataclass(frozen=True)
class Scenario:
    """`runs` test seeds; `scale` minutes: the promise most tickets have, from which time dials start; `pooled`: whether
    one queue for everybody is a `proven` bound of its mean wait, and why (not); `relaxed`: whether the clairvoyant
    relaxation holds there.
    """

    name: str
    title: str
    tells: str
    model: Model
    runs: int
    scale: float
    pooled: str
    proven: bool = False
    relaxed: bool = False
