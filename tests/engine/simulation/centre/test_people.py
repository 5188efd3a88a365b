"""People: when they are there, how they tire, learn and forget, what happens to what they hold. Each by one figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.simulation.centre.people import Behaviour, Group, Headcount, Shift
from fengong.engine.simulation.centre.result import Result
from fengong.engine.simulation.centre.streams import Stream, Trace
from tests.engine.simulation.centre.models import DAY, constant, exponential, model, run, stream

NINE_TO_FIVE = Shift(540.0, 1020.0)


def at(*times: float, effort: float = 10.0, **facts: object) -> Stream:
    """Tickets that come at these minutes, each so much work."""
    return Stream(Trace(np.array(times)), constant(effort), **facts)


def begun(result: Result) -> list[float]:
    assert result.records is not None
    order = np.lexsort((result.records.number, result.records.stream))
    return [round(float(value), 6) for value in result.records.begun[order]]


def ended(result: Result) -> list[float]:
    assert result.records is not None
    order = np.lexsort((result.records.number, result.records.stream))
    return [round(float(value), 6) for value in result.records.ended[order]]


def one(**facts: object) -> tuple[Group, ...]:
    return (Group(1, {0: 3.0}, **facts),)


def test_work_waits_for_the_shift_and_comes_back_every_day():
    given = model(at(100.0, 1100.0, 1990.0), one(shifts=(NINE_TO_FIVE,)), 3 * DAY)
    assert begun(run(given, records=9)) == [540.0, DAY + 540.0, 1990.0]
    once = run(replace(given, cycle=3 * DAY), records=9)
    assert begun(once) == [540.0]
    assert once.people.present[0] == 480.0


def test_a_shift_over_midnight_is_one_shift():
    given = model(at(0.0, 200.0, 1430.0), one(shifts=(Shift(1320.0, 1560.0),)), 2 * DAY)
    assert begun(run(given, records=9)) == [0.0, 1320.0, 1430.0]


def test_nothing_new_in_a_break_but_what_is_in_hand_is_finished():
    shift = Shift(540.0, 1020.0, ((600.0, 630.0),))
    given = model(at(595.0, 601.0), one(shifts=(shift,)), DAY)
    assert ended(run(given, records=9)) == [605.0, 640.0]


def test_with_pausing_the_work_in_hand_rests_in_the_break():
    shift = Shift(540.0, 1020.0, ((600.0, 630.0),))
    given = model(at(595.0, 601.0), one(shifts=(shift,)), DAY, behaviour=Behaviour(pausing=True))
    result = run(given, records=9)
    assert ended(result) == [635.0, 645.0]
    assert result.people.busy[0] == pytest.approx(20.0)


def test_dispatch_knows_when_a_shift_ends():
    late = at(1012.0)
    given = model(late, one(shifts=(NINE_TO_FIVE,)), 2 * DAY)
    assert begun(run(given, records=9)) == [DAY + 540.0]
    unguarded = replace(given, behaviour=Behaviour(guarded=False))
    assert (begun(run(unguarded, records=9)), ended(run(unguarded, records=9))) == ([1012.0], [1022.0])


def test_absence_keeps_people_away_and_hits_others_the_same_days():
    crew = (Group(100, {0: 3.0}, shifts=(NINE_TO_FIVE,), absence=(0.0, 0.5)),)
    result = run(model(stream(0.01), crew, 2 * DAY))
    days = result.people.present / 480.0
    assert set(days.tolist()) == {1.0, 2.0}
    assert 30 < (days == 1.0).sum() < 70
    assert (run(model(stream(3.0), crew, 2 * DAY), seed=3).people.present == result.people.present).all()
    assert (run(model(stream(0.01), crew, 2 * DAY), seed=4).people.present != result.people.present).any()


def test_where_a_headcount_falls_the_idle_go_and_then_who_finishes():
    crew = (Group(3, {0: 3.0}, headcount=Headcount((3, 1), 60.0)),)
    result = run(model(at(50.0, 51.0, 52.0, 53.0, effort=20.0), crew, 120.0), records=9)
    # Of three at work two go when they are done; the fourth ticket waits for the third.
    assert begun(result) == [50.0, 51.0, 52.0, 72.0]
    assert result.people.present.tolist() == [70.0, 71.0, 120.0]
    idle = run(model(at(50.0, 61.0, effort=20.0), crew, 120.0), records=9)
    assert sorted(idle.people.present.tolist()) == [60.0, 60.0, 120.0]


def test_work_takes_longer_the_longer_since_the_last_break():
    tired = Behaviour(fatigue=0.6)
    shift = Shift(0.0, 480.0, ((100.0, 110.0),))
    result = run(
        model(at(0.0, 50.0, 120.0, effort=20.0), one(shifts=(shift,)), DAY, behaviour=tired), records=9
    )
    assert ended(result) == [20.0, 74.0, 140.0]


def test_practice_makes_better_and_faster():
    learning = Behaviour(growth=0.5, speed=(5.0, 4.0, 3.0, 2.0, 1.5, 1.0))
    result = run(model(at(0.0, 100.0), one(), DAY, behaviour=learning), records=9)
    assert result.people.proficiency[0, 0] == pytest.approx(4.5)
    # From 3 the first ticket brings 4, where minutes are 1.5 beside 2.
    assert ended(result) == [10.0, 107.5]
    assert run(model(at(0.0, 100.0), one(), DAY)).people.proficiency[0, 0] == 3.0


def test_what_is_not_practised_fades_towards_where_it_began():
    fading = Behaviour(growth=0.5, fading=0.5)
    result = run(model(at(0.0), one(), 2 * DAY + 1.0, behaviour=fading))
    assert result.people.proficiency[0, 0] == pytest.approx(3.25)


def test_whose_hands_are_slow_or_strained_takes_longer():
    crew = (Group(1, {0: 3.0, 1: 3.0}, tier=2, pace={0: 2.0}, strain=(1.0, 1.5, 1.0)),)
    given = model((at(0.0), at(100.0, topic=1), at(200.0, difficulty=2)), crew, DAY)
    assert ended(run(given, records=9)) == [20.0, 110.0, 230.0]


def test_tickets_open_at_once_share_the_attention():
    both = at(0.0, 0.0)
    crew = one(slots=2)
    assert ended(run(model(both, crew, DAY), records=9)) == [10.0, 10.0]
    sharing = Behaviour(slowdown=1.0)
    assert ended(run(model(both, crew, DAY, behaviour=sharing), records=9)) == [20.0, 20.0]
    later = run(model(at(0.0, 5.0), crew, DAY, behaviour=sharing), records=9)
    assert ended(later) == [15.0, 20.0]
    half = run(model(both, crew, DAY, behaviour=Behaviour(slowdown=0.25)), records=9)
    assert ended(half) == [12.5, 12.5]


def test_processor_sharing_has_the_mean_stay_of_one_server():
    crew = (Group(1, {0: 3.0}, slots=200),)
    result = run(model(stream(0.7, exponential(1.0)), crew, 50_000.0, behaviour=Behaviour(slowdown=1.0)))
    stay = result.counts.stay_sum.sum() / result.counts.served.sum()
    assert stay == pytest.approx(1.0 / 0.3, rel=0.06)


def test_channels_have_slots_of_their_own_and_together():
    chat, mail = at(0.0, 0.0, 0.0), at(0.0, channel=1)
    both = run(model((chat, mail), (Group(1, {0: 3.0}, slots=(2, 1)),), DAY), records=9)
    assert begun(both) == [0.0, 0.0, 10.0, 0.0]
    together = run(model((chat, mail), (Group(1, {0: 3.0}, slots=(2, 1), most=2),), DAY), records=9)
    assert sorted(begun(together)) == [0.0, 0.0, 10.0, 10.0]


def test_capacity_in_minutes_holds_what_fits():
    crew = (Group(1, {0: 3.0}, slots=9, capacity=25.0),)
    result = run(model(at(0.0, 0.0, 0.0), crew, DAY), records=9)
    assert begun(result) == [0.0, 0.0, 10.0]
