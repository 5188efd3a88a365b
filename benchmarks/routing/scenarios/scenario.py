"""A desk, how often it is run, and what is special about it."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.engine.simulation.centre.model import Model


@dataclass(frozen=True)
class Scenario:
    """`runs` test seeds; `scale` minutes: the promise most tickets have, from which time dials start; `pooled`: whether
    one queue for everybody is a `proven` bound of its mean wait, and why (not); `weighs`: considerations of ours that
    matter here beside the usual ones; `by_topic`: tickets differ in nothing but their topic; `budget`,
    `search`: runs to find each policy's dials with, and the seeds they meet.
    """

    name: str
    title: str
    tells: str
    model: Model
    runs: int
    scale: float
    pooled: str
    proven: bool = False
    weighs: tuple[str, ...] = ()
    by_topic: bool = False
    budget: int = 1500
    search: int = 36
