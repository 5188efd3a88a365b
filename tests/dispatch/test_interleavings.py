"""Any order of any steps of dispatch keeps the books: capacity, ownership, clocks and events."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from fengong.desk.actions import clocks
from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision, Wait
from fengong.kernel.models import Event
from tests.dispatch import writers
from tests.dispatch.interleaved import STEPS, Slow, interrupted, start
from tests.dispatch.interleaved_moves import MOVES
from tests.dispatch.ledger import broken_histories, broken_now
from tests.world import World

ORDERS = int(os.environ.get("FENGONG_INTERLEAVINGS", "6"))
"""How many orders are tried each time; a night's run tries thousands."""

numbers = st.integers(0, 2**32)
others = st.tuples(st.sampled_from(STEPS), numbers) | st.tuples(st.sampled_from(MOVES), numbers)
rounds = st.just((writers.match, 0)) | st.lists(others, min_size=1, max_size=3).map(
    lambda between: (interrupted(*between), 0)
)
moments = st.sampled_from([0, 0, 1, 20, 300, 4000])
orders = st.lists(st.tuples(others | rounds, moments), min_size=8, max_size=40)


@settings(
    max_examples=ORDERS,
    phases=[Phase.reuse, Phase.generate],  # to shrink a long order takes minutes
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(order=orders)
def test_in_any_order_of_steps_the_books_are_right_after_each_of_them(world: World, order: list[Any]):
    with transaction.atomic():
        crew = start(world)
        for (step, number), seconds in order:
            crew.act(step, number, seconds)
            note(f"{step.__name__} {number} after {seconds} s")
            assert broken_now() == []
        assert broken_histories() == []
        _clocks_are_what_they_would_be_anew()
        _facts_are_whole(crew)
        transaction.set_rollback(True)


def _clocks_are_what_they_would_be_anew() -> None:
    """No clock runs on a resolved ticket, and the next moment due is the first of those that still run."""
    for ticket in Ticket.objects.all():
        ends = [getattr(ticket, f"{name}_due") for name in clocks.TARGETS]
        if ticket.status == "resolved":
            assert ticket.next_due_at is None, f"a promise runs on after #{ticket.pk} was resolved"
        elif ticket.next_due_at is not None:
            assert ticket.next_due_at in ends, f"#{ticket.pk} is due when nothing is promised"


def _facts_are_whole(crew: Slow) -> None:
    """Numbers rise with time, somebody did each thing, and whoever owns a ticket was decided on with a reason."""
    events = list(Event.objects.order_by("seq").values_list("at", "actor"))
    assert all(earlier[0] <= later[0] for earlier, later in pairwise(events))
    assert all(actor for _, actor in events)
    for decision in Decision.objects.all():
        assert decision.by
        assert decision.kind != "matched" or (decision.round_id and decision.terms)
    waiting = set(Ticket.objects.filter(status="waiting").values_list("pk", flat=True))
    reasons = set(Wait.objects.filter(ticket__status="waiting").values_list("ticket", flat=True))
    assert reasons <= waiting
