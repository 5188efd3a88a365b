"""The product's own worker: its machinery keeps real time, what it calls is told the week's."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

from benchmarks.week.pace import Week
from fengong.config.serving import worker
from fengong.config.sweeps import LANES
from fengong.dispatch.actions.matching import match_waiting
from fengong.engine.warm import warm
from fengong.kernel.actor import MATCHER
from fengong.kernel.jobs import sweeper

OURS = "fengong"
NOT_OF_RIVALS = {"balance"}
OF_THE_MACHINE = {"reaper", "heartbeats"}
"""Sweeps that look after processes, whose signs of life are in real time."""


def play(week: Week, policy: str) -> dict[str, Any]:
    """Work until told to stop."""
    os.environ["WEEK_POLICY"] = policy
    warm()
    week.ready()
    machinery = {sweep.run for lane in LANES.values() for sweep in lane if sweep.name in OF_THE_MACHINE}

    def told_the_week(path: str) -> Callable[..., object]:
        function: Callable[..., object] = import_string(path)
        return function if path in machinery else lambda at: function(at=week.now())

    vars(sweeper).update(clock=timezone, import_string=told_the_week)
    vars(worker).update(clock=timezone)
    worker.LANES = {
        lane: tuple(
            replace(sweep, run=f"{__name__}.match" if sweep.name == "match" else sweep.run)
            for sweep in sweeps
            if policy == OURS or sweep.name not in NOT_OF_RIVALS
        )
        for lane, sweeps in LANES.items()
    }
    return {"status": worker.Worker().run()}


def match(*, at: datetime) -> int:
    """One round by the policy of this week."""
    return len(match_waiting(actor=MATCHER, at=at, policy=os.environ["WEEK_POLICY"]))
