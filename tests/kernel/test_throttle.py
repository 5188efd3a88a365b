"""Wrong passwords cost a growing pause, to those who typed them and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from fengong.kernel.throttle import FREE, LONGEST, Throttle

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _fail(throttle: Throttle, times: int) -> None:
    for _ in range(times):
        throttle.note(success=False, at=NOW)


def test_the_first_mistakes_are_free():
    throttle = Throttle("10.0.0.1", "a@b.test")
    _fail(throttle, FREE - 1)
    assert throttle.wait(NOW) == 0


def test_the_pause_doubles_up_to_a_limit():
    throttle = Throttle("10.0.0.1", "a@b.test")
    _fail(throttle, FREE - 1)
    pauses = []
    for _ in range(9):
        _fail(throttle, 1)
        pauses.append(throttle.wait(NOW))
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST, LONGEST]
    assert throttle.wait(NOW + timedelta(seconds=LONGEST)) == 0


def test_only_that_address_from_that_place_waits():
    _fail(Throttle("10.0.0.1", "a@b.test"), FREE)
    assert Throttle("10.0.0.1", "A@B.test ").wait(NOW) > 0
    assert Throttle("10.0.0.2", "a@b.test").wait(NOW) == 0
    assert Throttle("10.0.0.1", "c@d.test").wait(NOW) == 0


def test_the_right_password_forgets():
    throttle = Throttle("10.0.0.1", "a\x00@\ud800b" * 50)
    _fail(throttle, FREE)
    throttle.note(success=True, at=NOW)
    assert throttle.wait(NOW) == 0
