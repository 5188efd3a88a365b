"""Wake-ups of planning. Each may be lost or come twice: what is to be run stands in its table."""

from __future__ import annotations

from datetime import datetime

from fengong.planning.actions import skills
from fengong.planning.actions.carrying import carry_out_next


def carry_out(*, at: datetime) -> int:
    """Carry out what-ifs that wait; returns how many were."""
    return carry_out_next(at=at)


def learn_skills(*, at: datetime) -> int:
    """Learn from outcomes what members can do; returns how many levels."""
    return skills.learn(at=at)


def widen_ramps(*, at: datetime) -> int:
    """Take the next step of newcomers' ramps; returns how many."""
    return skills.widen_ramps(at=at)


def stand_by(*, at: datetime) -> int:
    """Draw mentors into stretch work; returns on how many tickets."""
    return skills.stand_by(at=at)
