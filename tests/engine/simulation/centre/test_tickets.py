"""Tickets: customers who must be asked, come back or give up, attempts that fail, urgent work that breaks in."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.routing.rules import Interrupting, Rules
from fengong.engine.simulation.centre.people import Behaviour, Group, Shift
from fengong.engine.simulation.centre.streams import Stream, Trace
from tests.engine.simulation.centre.models import constant, difference, exponential, model, run, stream
from tests.engine.simulation.centre.test_people import at, begun, ended, one

DAY = 1440.0
BREAKS_IN = Rules(interrupting=Interrupting(over=(0, 0, 0, 2)))


def test_while_its_customer_is_asked_a_ticket_holds_its_room():
    asking = at(0.0, 1.0, awaits=1.0, halt=0.4, answer_after=constant(30.0))
    held = run(model(asking, one(), DAY), records=9)
    assert (begun(held), ended(held)) == ([0.0, 40.0], [40.0, 80.0])
    assert held.people.busy[0] == pytest.approx(20.0)


def test_or_gives_it_to_others_and_goes_on_when_there_is_room_again():
    asking = at(0.0, 1.0, awaits=1.0, halt=0.4, answer_after=constant(5.0))
    free = run(model(asking, one(), DAY, behaviour=Behaviour(hold=0.0)), records=9)
    # Work 0-4, the second 4-8, the answer at 9 and work 9-15, the second's answer at 13 must wait until 15.
    assert (begun(free), ended(free)) == ([0.0, 4.0], [15.0, 21.0])


def test_half_its_room_lets_half_a_ticket_in():
    asking = at(0.0, awaits=1.0, answer_after=constant(30.0))
    crew = (Group(1, {0: 3.0}, slots=9, capacity=10.0),)
    small = at(6.0, effort=5.0)
    result = run(model((asking, small), crew, DAY, behaviour=Behaviour(hold=0.5)), records=9)
    assert begun(result) == [0.0, 6.0]
    assert begun(run(model((asking, small), crew, DAY), records=9)) == [0.0, 40.0]


def test_what_is_answered_after_the_shift_goes_to_somebody_else():
    asking = at(0.0, awaits=1.0, answer_after=constant(60.0))
    crew = (
        Group(1, {0: 3.0}, shifts=(Shift(0.0, 30.0),)),
        Group(1, {0: 3.0}, pace=2.0, shifts=(Shift(40.0, 480.0),)),
    )
    result = run(model(asking, crew, DAY), records=9)
    # The second half, five minutes for the first person, takes the second one ten.
    assert ended(result) == [75.0]
    assert result.counts.handovers.sum() == 1
    assert result.people.worked.tolist() == [5.0, 10.0]


def test_some_solutions_do_not_hold():
    given = model(stream(0.2, reopening=0.25, reopening_after=constant(30.0)), 1, 60_000.0)
    result = run(given)
    counts = result.counts
    fresh = counts.offered.sum() - counts.reopened.sum()
    assert counts.offered.sum() / fresh == pytest.approx(1 / 0.75, rel=0.02)
    assert difference(result) == 0
    assert run(model(stream(0.2), 1, 2000.0)).counts.reopened.sum() == 0


def test_a_reopened_ticket_takes_its_share_of_the_work():
    ten = at(*(100.0 * n for n in range(10)), reopening=0.5, reopened_effort=0.2)
    result = run(model(ten, one(), DAY))
    again = result.counts.reopened.sum()
    assert again > 0
    assert result.people.worked[0] == pytest.approx(100.0 + 2.0 * again)


def test_who_gave_up_contacts_again():
    given = model(stream(2.0, patience=exponential(1.0), retry=0.5, retry_after=constant(20.0)), 1, 20_000.0)
    counts = run(given).counts
    assert counts.followups.sum() / counts.abandoned.sum() == pytest.approx(0.5, rel=0.03)
    assert difference(run(given)) == 0


def test_who_was_turned_away_contacts_again():
    counts = run(model(stream(2.0, retry=0.5, retry_after=constant(5.0)), 1, 5000.0, places=1)).counts
    assert counts.followups.sum() / counts.blocked.sum() == pytest.approx(0.5, rel=0.03)


def test_who_is_below_the_difficulty_fails_and_the_next_tier_gets_it():
    crew = (Group(1, {0: 3.0}), Group(1, {0: 3.0}, tier=2))
    failing = Behaviour(failure=(0.0, 1.0, 1.0), tried=0.3)
    hard = at(0.0, difficulty=2, graded=1)
    result = run(model(hard, crew, DAY, behaviour=failing), records=9)
    counts = result.counts
    assert ended(result) == [13.0]
    assert (counts.failed.sum(), counts.handovers.sum(), counts.right_first.sum()) == (1, 1, 0)
    assert counts.solved_by[0, 0].tolist() == [0, 0, 1, 0]
    right = run(model(at(0.0, difficulty=2), crew, DAY, behaviour=failing)).counts
    assert (right.failed.sum(), right.right_first.sum()) == (0, 1)
    assert run(model(hard, crew, DAY)).counts.failed.sum() == 0


def test_little_proficiency_fails_more_often():
    crew = (Group(1, {0: 2.0}), Group(1, {0: 5.0}, tier=2))
    weak = Behaviour(failure_at=(1.0, 1.0, 0.5, 0.0, 0.0, 0.0))
    counts = run(model(stream(0.1), crew, 40_000.0, behaviour=weak), "static-tiers").counts
    assert counts.failed.sum() / counts.offered.sum() == pytest.approx(0.5, rel=0.05)
    assert counts.solved_by.sum(axis=(0, 1)).tolist()[2] == counts.failed.sum()


def test_nobody_fails_where_nobody_is_above():
    failing = Behaviour(failure=(1.0, 1.0, 1.0))
    assert run(model(at(0.0, difficulty=2, graded=1), one(), DAY, behaviour=failing)).counts.failed.sum() == 0


def test_urgent_work_breaks_in_and_what_was_put_down_is_gone_on_with():
    usual, urgent = at(0.0, 1.0), at(4.0, priority=4)
    result = run(model((usual, urgent), one(), DAY), rules=BREAKS_IN, records=9)
    assert (begun(result), ended(result)) == ([0.0, 20.0, 4.0], [20.0, 30.0, 14.0])
    assert result.people.interrupted.tolist() == [1]
    patient = run(model((usual, urgent), one(), DAY), records=9)
    assert patient.people.interrupted.tolist() == [0]
    assert begun(patient) == [0.0, 10.0, 20.0]


def test_urgent_work_does_not_notice_the_rest():
    # Preemptive priority: the urgent see a queue of their own, M/M/1 at 0.4 (wait 2/3).
    streams = stream(0.4, priority=4), stream(0.4)
    result = run(model(streams, 1, 100_000.0, warmup=500.0), "static-priority", rules=BREAKS_IN)
    assert result.mean_wait(0) == pytest.approx(2.0 / 3.0, rel=0.06)


def test_recorded_tickets_bring_their_own_work():
    known = Stream(Trace(np.array([0.0, 20.0]), np.array([3.0, 4.5])), constant(1.0))
    assert ended(run(model(known, one(), DAY), records=9)) == [3.0, 24.5]
