"""Whatever may let a waiting ticket find its owner wakes the matcher at once."""

from __future__ import annotations

from typing import Any

import pytest

from fengong.config.sweeps import LANES
from fengong.dispatch import tasks
from fengong.kernel.clock import now
from fengong.kernel.jobs.sweeper import Sweep

CAUSES = [
    # created, graded, back in the queue
    "ticket.opened",
    "ticket.graded",
    "ticket.reopened",
    "ticket.returned",
    "ticket.escalated",
    "ticket.tier_set",
    "ticket.offer_declined",
    "ticket.offer_missed",
    # room made
    "ticket.resolved",
    "ticket.pended",
    "ticket.snoozed",
    "ticket.merged",
    "ticket.transferred",
    "load.capacity_set",
    # people
    "presence.changed",
    "shift.planned",
    "shift.moved",
    "shift.cancelled",
    "shift.breaks_set",
    "shift.break_moved",
    "shift.standby_planned",
    "leave.approved",
    "leave.withdrawn",
    "skill.set",
    "member.joined",
    # rules
    "policy.published",
]


def _matching() -> Sweep:
    return next(sweep for sweep in LANES["matcher"] if sweep.name == "match")


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_wakes_the_matcher(cause: str):
    assert _matching().hears(cause)


def test_the_sweep_is_the_safety_net_of_one_second():
    assert _matching().every <= 1.0


def test_a_process_is_warm_before_it_asks_for_the_lease_of_matching():
    first, *others = LANES["matcher"]
    assert (first.name, first.alone) == ("warm", False)
    assert _matching() in others


@pytest.mark.django_db
def test_warming_up_decides_nothing_that_is_kept(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        tasks.warm_up(at=now())
