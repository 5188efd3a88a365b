"""Wake-ups of dispatch. Each may be lost or come twice: the waiting queue is the truth."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from fengong.dispatch import bridge, queries
from fengong.dispatch.actions import answers, handing_over, ladders, offers, rebalancing, silence, triage
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, System

LADDER, MOVER = System("tiers"), System("mover")


def warm_up(*, at: datetime) -> None:
    """Have everything at hand that a round computes with, unless that is to wait for the first round."""
    if settings.WARM_UP:
        bridge.warm_up()


def match(*, at: datetime) -> int:
    """Run one round; returns how many tickets found an owner."""
    return len(match_waiting(actor=MATCHER, at=at))


def expire_offers(*, at: datetime) -> int:
    """Take back what was offered and not taken; returns how much."""
    return offers.expire_offers(actor=MATCHER, at=at)


def learn_grading(*, at: datetime) -> int:
    """Learn to grade from the desk's own past; returns from how many tickets."""
    return triage.learn_grading(at=at)


def climb_tiers(*, at: datetime) -> int:
    """Move up what has been on its tier for too long."""
    return ladders.climb_overdue(actor=LADDER, at=at, rules=queries.rules_in_force()[1].moves)


def tell_answers(*, at: datetime) -> int:
    """Tell those who handed tickets up what became of them."""
    return answers.answer_resolved(actor=LADDER, at=at)


def hand_over(*, at: datetime) -> int:
    """Move what cannot wait for owners who have gone."""
    return handing_over.hand_over_work(actor=MOVER, at=at, rules=queries.rules_in_force()[1].moves)


def move_on(*, at: datetime) -> int:
    """Move what waits for silent owners."""
    return silence.move_on_from_silent(actor=MOVER, at=at, rules=queries.rules_in_force()[1].moves)


def even_out(*, at: datetime) -> int:
    """Move untouched work from the loaded to the free."""
    return rebalancing.even_out(actor=MOVER, at=at, rules=queries.rules_in_force()[1].moves)
