"""A promise passes while `fengong serve` runs: the worker notices by itself and does what the ladder's step says."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from fengong.automation.models import LadderRun
from fengong.desk.actions.service_policies import Rung
from fengong.desk.models import Ticket
from fengong.kernel.clock import now
from tests.config.tree import healthy
from tests.desk.promised import policy, told
from tests.serving import free_port, start, wait_for
from tests.world import build_world

GENEROUS = 120.0
"""Seconds; on an idle machine it is done within two."""
RAISE = {"deed": "set_priority", "priority": 4}


def test_a_ladders_step_is_done_by_the_running_worker_soon_after_the_promise_has_passed(
    transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = build_world()
    policy(first_response=1, rungs=(Rung("first_response", minutes=0, deeds=[RAISE]),), at=now())
    server = start(tmp_path / "serve.log", port=free_port())
    try:
        wait_for(lambda: healthy(server), seconds=GENEROUS)
        ticket = world.ticket(at=now() - timedelta(seconds=55), priority=2)
        due = Ticket.objects.get(pk=ticket.pk).first_response_due
        assert due is not None and due > now() and not LadderRun.objects.exists()
        wait_for(lambda: Ticket.objects.get(pk=ticket.pk).priority == 4, seconds=GENEROUS)
        seen = now()
    finally:
        server.kill_group()
    run = LadderRun.objects.get()
    assert run.at >= due and [one["done"] for one in run.outcomes] == [True]
    assert ("breached", "first_response", 1) in told(ticket)
    acted, noticed = ((at - due).total_seconds() for at in (run.at, seen))
    with capsys.disabled():
        sys.stdout.write(
            f"\nladder: acted {acted:.1f} s after the promise had passed, seen after {noticed:.1f} s\n"
        )
