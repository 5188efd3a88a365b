"""The product's own worker on the week's clock; what it does every so many seconds it does every so many real ones."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from typing import Any

from benchmarks.week.pace import Week
from fengong.config.serving import worker
from fengong.config.sweeps import LANES
from fengong.dispatch.actions.matching import match_waiting
from fengong.engine.warm import warm
from fengong.kernel.actor import MATCHER
from fengong.kernel.jobs import sweeper

OURS = "fengong"
NOT_OF_RIVALS = {"balance"}


def play(week: Week, policy: str) -> dict[str, Any]:
    """Work until told to stop."""
    os.environ["WEEK_POLICY"] = policy
    warm()
    week.ready()
    sweeper.LEASE_SECONDS *= week.scene.speed
    worker.LANES = {
        lane: tuple(
            replace(
                sweep,
                every=sweep.every * week.scene.speed,
                run=f"{__name__}.match" if sweep.name == "match" else sweep.run,
            )
            for sweep in sweeps
            if policy == OURS or sweep.name not in NOT_OF_RIVALS
        )
        for lane, sweeps in LANES.items()
    }
    return {"status": worker.Worker().run()}


def match(*, at: datetime) -> int:
    """One round by the policy of this week."""
    return len(match_waiting(actor=MATCHER, at=at, policy=os.environ["WEEK_POLICY"]))
