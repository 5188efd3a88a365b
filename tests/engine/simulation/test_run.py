"""What must hold in every run, whatever the policy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.simulation.changes import Change, changed
from fengong.engine.simulation.desk import Desk, plain_tickets
from fengong.engine.simulation.run import Work, simulate
from tests.engine.simulation.desks import staff, tiered_desk

POLICIES = ("fengong", "round-robin", "least-loaded", "longest-idle", "static-tiers")


@pytest.fixture(scope="module", params=POLICIES)
def ran(request):
    desk, work = tiered_desk(), Work()
    return desk, simulate(desk, policy=request.param, seed=4, work=work), np.array(work.rows)


def test_every_ticket_ends_resolved_once(ran):
    desk, outcome, rows = ran
    assert not np.isnan(outcome.resolved).any()
    assert (outcome.resolved >= outcome.begun).all() and (outcome.begun >= outcome.assigned).all()
    assert (outcome.assigned >= outcome.arrival).all()
    assert (
        np.bincount(rows[:, 0].astype(int), minlength=len(desk.tickets)).tolist() == outcome.stints.tolist()
    )
    assert outcome.taken.sum() == outcome.stints.sum()


def test_nobody_is_ever_over_capacity(ran):
    desk, _, rows = ran
    for member in range(len(desk.staff)):
        mine = rows[rows[:, 1] == member]
        planned = desk.tickets.planned[mine[:, 0].astype(int)]
        moments = np.concatenate([mine[:, 3], mine[:, 6]])
        steps = np.concatenate([planned, -planned])
        order = np.lexsort((steps, moments))  # at one moment, what is let go goes first
        assert np.cumsum(steps[order]).max(initial=0.0) <= desk.staff.capacity[member] + 1e-6


def test_work_lies_within_shifts_but_for_what_is_finished(ran):
    desk, _, rows = ran
    for _, member, _, _, begun, until, _ in rows.tolist():
        start, end = desk.staff.shifts.shift_at(int(member), begun)
        assert start <= begun <= end
        start, _ = desk.staff.shifts.shift_at(int(member), until - 1e-6)
        last = until - desk.behaviour.allowance
        assert start <= until or desk.staff.shifts.next_work(int(member), last - 1e-6) <= last


def test_work_done_is_the_effort_on_record(ran):
    _, outcome, _ = ran
    assert outcome.effort.sum() > 0
    assert outcome.handovers.sum() <= (outcome.stints - 1).sum()


def test_the_same_seed_gives_the_same_run_and_another_one_another():
    desk = tiered_desk()
    first, second, other = (simulate(desk, policy="fengong", seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.resolved, second.resolved) and np.array_equal(first.effort, second.effort)
    assert not np.array_equal(first.resolved, other.resolved)


def test_a_hard_ticket_graded_easy_climbs_and_counts_as_not_right_first():
    people = staff([1, 2, 3], capacity=10.0)
    hard = plain_tickets(np.array([0.0]), np.array([10.0]), difficulty=np.array([3]))
    outcome = simulate(Desk(people, hard), policy="static-tiers", seed=0)
    assert outcome.stints.tolist() == [3] and outcome.handovers.tolist() == [2]
    assert outcome.taken.tolist() == [1, 1, 1]
    assert not outcome.right_first[0]
    assert outcome.effort.tolist() == pytest.approx([5.0, 5.0, 10.0])  # two of them gave up half-way


def test_luck_belongs_to_tickets_so_a_change_elsewhere_leaves_it_alone():
    desk = tiered_desk()
    everyone = simulate(desk, policy="longest-idle", seed=1)
    without_limits = changed(desk.staff, [Change(m, capacity=1e6) for m in range(12)], only=False)
    roomy = simulate(replace(desk, staff=without_limits), policy="longest-idle", seed=1)
    alone = everyone.stints == 1
    assert (roomy.stints[alone] == 1).mean() > 0.8


def test_a_ticket_nobody_may_take_is_an_error_not_a_loop():
    people = replace(staff([1], capacity=10.0), proficiency=np.zeros((1, 1)))
    ticket = plain_tickets(np.array([0.0]), np.array([10.0]))
    with pytest.raises(ValueError, match="nobody may ever take"):
        simulate(Desk(people, ticket), policy="longest-idle", seed=0)


def test_a_changed_team():
    people = staff([1, 1, 2], topics=2)
    bigger = changed(
        people, [Change(0, skills={1: 5}), Change(None, tier=2, spans=((0.0, 9.0),))], only=False
    )
    assert len(bigger) == 4 and bigger.proficiency[0].tolist() == [3.0, 5.0]
    assert bigger.tier.tolist() == [1, 1, 2, 2] and bigger.shifts.starts[3] == (0.0,)
    assert len(changed(people, [Change(0), Change(None, tier=2)], only=True)) == 2
