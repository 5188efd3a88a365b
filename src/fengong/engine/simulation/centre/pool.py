"""Numbers that tables point to, one after the other in one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fengong.engine.routing.arrays import Floats


class Pool:
    """Collects them while a world is built."""

    def __init__(self) -> None:
        self._parts: list[Floats] = [np.zeros(1)]
        self._size = 1

    def add(self, values: Sequence[float] | Floats) -> int:
        """Put these in; return the place of the first."""
        part = np.asarray(values, dtype=np.float64)
        self._parts.append(part)
        self._size += len(part)
        return self._size - len(part)

    def array(self) -> Floats:
        """All of them."""
        return np.concatenate(self._parts)
