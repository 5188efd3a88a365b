"""One fixture: how large a table may be before pairs are found topic by topic."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest


@pytest.fixture(scope="session")
def tables_up_to() -> Callable[[int], AbstractContextManager[object]]:
    return lambda cells: patch("fengong.engine.routing.eligibility.DENSE_CELLS", cells)
