"""A widget on a shop's site, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from fengong.integrations.widget.actions.visitors import greet_visitor
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.integrations.widget.models import Visitor, Widget
from fengong.kernel.actor import SYSTEM
from tests.world import World


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def widget(world: World) -> Widget:
    return add_widget(
        actor=world.admin,
        values={
            "name": "Shop",
            "origins": ["https://shop.example"],
            "greeting_zh": "您好",
            "greeting_en": "Hello",
            "away_en": "Nobody is here now.",
        },
        at=world.now,
    )


@pytest.fixture
def visitor(world: World, widget: Widget) -> Visitor:
    return greet_visitor(actor=SYSTEM, widget=widget, at=world.now)[0]


@pytest.fixture
def visit(world: World, widget: Widget) -> Callable[..., Visitor]:
    """Somebody else, or the same person with another browser."""

    def come(**more: Any) -> Visitor:
        return greet_visitor(actor=SYSTEM, widget=widget, **{"at": world.now, **more})[0]

    return come
