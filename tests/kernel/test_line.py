"""A thread's line: checked seldom, and at once after an error."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from fengong.kernel import line
from fengong.kernel.line import EVERY, Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Told at each look that Django takes."""
    taken: list[float] = []
    monkeypatch.setattr(line, "close_old_connections", lambda: taken.append(1))
    return taken


def test_a_busy_thread_checks_its_line_every_few_seconds(looks: list[float]):
    times = iter([0.0, 0.1, EVERY - 0.1, EVERY, EVERY + 0.1])
    mine = Line(clock=lambda: next(times))
    for _ in range(5):
        mine.look_after()
    assert len(looks) == 2


def test_after_an_error_the_line_is_checked_at_once(looks: list[float]):
    mine = Line(clock=lambda: 0.0)
    mine.look_after()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    try:
        mine.look_after()
    finally:
        connection.errors_occurred = False
    assert len(looks) == 2
