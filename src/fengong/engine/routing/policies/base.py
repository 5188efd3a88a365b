"""What every policy can do."""

from __future__ import annotations

from typing import Protocol

from fengong.engine.routing.arrays import Assignment, Pool, Queue
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.rules import Rules


class Policy(Protocol):
    """One batch: which waiting ticket goes to which member now.

    The answer names ticket and member positions side by side. A member may appear several times as long as
    the efforts fit the capacity left; a ticket appears at most once. The arrays are read, never changed.

    A simulation asks `kernels.choose` instead, by `code` and with `dials`, which are those of the rules with the
    policy's own parameters.
    """

    @property
    def name(self) -> str: ...

    @property
    def code(self) -> int: ...

    def dials(self, rules: Rules, topics: int) -> Dials: ...

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment: ...
