"""Calibration finds the scales that made a history."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.simulation.calibrate import Minutes, calibrate
from fengong.engine.simulation.desk import Behaviour, Desk, plain_tickets
from fengong.engine.simulation.recorded import Routes
from fengong.engine.simulation.run import Work, simulate_recorded
from fengong.engine.simulation.shifts import Shifts
from tests.engine.simulation.desks import DAY, staff

TICKETS = 800
TAKEUP, DORMANT = np.array([0.6, 1.5, 1.0]), np.array([1.4, 0.5, 1.0])


def desk_with(takeup, dormant):
    dice = np.random.default_rng(2)
    spans = [[(d * DAY + 480.0, d * DAY + 1020.0) for d in range(80)] for _ in range(10)]
    people = staff([1] * 6 + [2] * 4, capacity=1e6, shifts=Shifts.of(spans))
    arrival = np.sort(dice.uniform(0.0, 20 * DAY, TICKETS) // DAY * DAY + dice.uniform(480.0, 900.0, TICKETS))
    flat = np.zeros((3, 2, 2, 2))
    flat[..., 1] = 3000.0
    behaviour = Behaviour(
        takeup=np.tile([0.0, 2000.0], (3, 2, 1)), dormant=flat, takeup_scale=takeup, dormant_scale=dormant
    )
    return Desk(people, plain_tickets(np.sort(arrival), np.full(TICKETS, 10.0)), behaviour)


def routes():
    """Every ticket goes from the first team, by a queue, to the second."""
    return Routes(
        bounds=np.arange(0, 2 * TICKETS + 1, 2),
        team=np.tile([0, 1], TICKETS),
        effort=np.full(2 * TICKETS, 10.0),
        customer=np.zeros(2 * TICKETS),
        queued=np.ones(2 * TICKETS, dtype=bool),
        resolved=np.tile([False, True], TICKETS),
        person=np.tile([0, 1], TICKETS),
    )


def test_it_recovers_the_scales_a_history_was_made_with():
    truth, work = desk_with(TAKEUP, DORMANT), Work()
    simulate_recorded(truth, routes(), seed=99, work=work)
    rows = np.array(work.rows)
    tier = truth.staff.tier[rows[:, 1].astype(int)]
    recorded = Minutes(rows[:, 0].astype(int), tier, rows[:, 2], rows[:, 6] - rows[:, 3])
    start = replace(truth, behaviour=desk_with(np.ones(3), np.ones(3)).behaviour)
    fit = np.arange(TICKETS) % 2 == 0
    found = calibrate(start, routes(), recorded, fit, seeds=(1, 2), steps=6)
    assert found.takeup_scale[:2] == pytest.approx(TAKEUP[:2], rel=0.12)
    assert found.dormant_scale[:2] == pytest.approx(DORMANT[:2], rel=0.12)
    assert found.takeup_scale[2] == found.dormant_scale[2] == 1.0  # nothing was seen of the third tier


def test_the_recorded_way_is_followed_and_ends_once():
    desk, work = desk_with(TAKEUP, DORMANT), Work()
    outcome = simulate_recorded(desk, routes(), seed=3, work=work)
    assert not np.isnan(outcome.resolved).any()
    assert (outcome.stints == 2).all() and (outcome.handovers == 1).all() and (outcome.returns == 0).all()
    rows = np.array(work.rows)
    assert (
        desk.staff.team[rows[np.lexsort((rows[:, 3], rows[:, 0])), 1].astype(int)].tolist()
        == [0, 1] * TICKETS
    )
