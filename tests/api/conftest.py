"""Programs that act for three of the shared cast."""

from __future__ import annotations

import pytest

from tests.api.program import Program, as_member
from tests.world import World


@pytest.fixture
def agent(world: World) -> Program:
    """李娜, on the first tier."""
    return as_member(world, "li_na")


@pytest.fixture
def lead(world: World) -> Program:
    """王芳, who leads the northern team."""
    return as_member(world, "wang_fang")


@pytest.fixture
def admin(world: World) -> Program:
    return as_member(world, "admin")
