"""How often one place may do what anybody may do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from fengong.kernel.allowance import Allowance
from tests.world import NOW


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def test_an_allowance_is_used_up_and_comes_back():
    takes = [Allowance("chat", "1.2.3.4", most=3, seconds=60).take(NOW) for _ in range(5)]
    assert takes == [True, True, True, False, False]
    assert not Allowance("chat", "1.2.3.4", most=3, seconds=60).take(NOW + timedelta(seconds=29))
    assert Allowance("chat", "1.2.3.4", most=3, seconds=60).take(NOW + timedelta(seconds=60))


def test_one_place_does_not_use_up_the_allowance_of_another():
    for _ in range(3):
        Allowance("chat", "1.2.3.4", most=3, seconds=60).take(NOW)
    assert Allowance("chat", "5.6.7.8", most=3, seconds=60).take(NOW)
    assert Allowance("form", "1.2.3.4", most=3, seconds=60).take(NOW)
