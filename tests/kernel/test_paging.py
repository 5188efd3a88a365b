"""Pages join up to the whole list, whatever its order, ties and length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengong.kernel.models import Event
from fengong.kernel.paging import page

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ORDERS = (("at", "seq"), ("-at", "-seq"), ("at", "-seq"), ("verb", "-at", "seq"), ("seq",))


@pytest.mark.parametrize("order", ORDERS)
def test_pages_join_up_to_the_list(order: tuple[str, ...], db: None):
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab")), max_size=12),
        limit=st.integers(1, 5),
    )
    def check(rows: list[tuple[int, str]], limit: int) -> None:
        Event.objects.all().delete()
        Event.objects.bulk_create(
            Event(at=START + timedelta(minutes=minute), actor="x", verb=verb) for minute, verb in rows
        )
        read, after, pages = [], None, 0
        while pages == 0 or after is not None:
            found = page(Event.objects.all(), by=order, limit=limit, after=after)
            assert len(found.rows) <= limit
            read += [event.pk for event in found.rows]
            after, pages = found.after, pages + 1
        assert read == list(Event.objects.order_by(*order).values_list("pk", flat=True))
        assert pages == max(1, -(-len(rows) // limit))

    check()


def test_a_place_must_name_every_field(db: None):
    with pytest.raises(ValueError, match="shorter"):
        page(Event.objects.all(), by=("at", "seq"), limit=1, after=(START,))
