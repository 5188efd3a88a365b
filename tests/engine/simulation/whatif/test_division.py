"""The people of a division, and what nobody of them may take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.changes import Change
from fengong.engine.simulation.desk import plain_tickets
from fengong.engine.simulation.shifts import Shifts
from fengong.engine.simulation.whatif.coverage import Gap, gaps
from fengong.engine.simulation.whatif.division import Absence, Division, Move, Newcomer, team
from fengong.engine.simulation.whatif.tally import scheduled
from tests.engine.simulation.desks import DAY, staff

SHIFTS = Shifts.of([[(480.0, 960.0), (DAY + 480.0, DAY + 960.0)]] * 2 + [[]])


def people():
    return staff([1, 1, 2], topics=2, shifts=SHIFTS)


def test_who_leaves_and_who_joins_keeps_the_names_of_the_others():
    division = Division(
        "round-robin",
        changes=(Change(1, tier=2),),
        newcomers=(Newcomer(7, Change(None, tier=3, spans=((0.0, 9.0),))),),
        leavers=frozenset({0}),
    )
    found = team(people(), division)
    assert found.keys.tolist() == [1, 2, 7]
    assert found.staff.tier.tolist() == [2, 2, 3]
    assert found.staff.shifts.starts[2] == (0.0,)


def test_an_absence_cuts_shifts_and_never_means_always_there():
    two_days = (0.0, 2 * DAY)
    some = team(people(), Division("round-robin", absences=(Absence(0, 600.0, 700.0),))).staff
    assert some.shifts.starts[0][:2] == (480.0, 700.0) and some.shifts.ends[0][:2] == (600.0, 960.0)
    none = team(people(), Division("round-robin", absences=(Absence(0, 0.0, 9 * DAY),))).staff
    assert scheduled(none.shifts, two_days).tolist() == [0.0, 960.0, 2 * DAY]
    always = team(people(), Division("round-robin", absences=(Absence(2, DAY, 2 * DAY),))).staff
    assert scheduled(always.shifts, two_days)[2] == DAY


def test_moved_shifts_begin_and_end_later():
    found = team(people(), Division("round-robin", moves=(Move(1, 90.0),))).staff
    assert found.shifts.starts[1] == (570.0, DAY + 570.0) and found.shifts.ends[1] == (1050.0, DAY + 1050.0)
    assert found.shifts.starts[0] == (480.0, DAY + 480.0)


@pytest.mark.parametrize(
    ("division", "words"),
    [
        (Division("x", leavers=frozenset({3})), "no member 3"),
        (Division("x", absences=(Absence(9, 0.0, 1.0),)), "no member 9"),
        (Division("x", leavers=frozenset({0, 1, 2})), "nobody is left"),
        (Division("x", newcomers=(Newcomer(2, Change(None)),)), "key"),
    ],
)
def test_a_division_that_does_not_fit_is_refused(division, words):
    with pytest.raises(ValueError, match=words):
        team(people(), division)


def test_gaps_name_topic_tier_and_how_many():
    level = np.array([[1.0, 1.0], [0.0, 1.0], [3.0, 1.0]])
    tickets = plain_tickets(
        np.arange(5.0),
        np.ones(5),
        topic=np.array([0, 0, 1, 1, 1]),
        graded=np.array([1, 1, 1, 1, 2]),
        difficulty=np.array([1, 2, 1, 3, 2]),
    )
    crew = replace(people(), proficiency=level)
    assert gaps(crew, tickets, Rules()) == (Gap(1, 2, 2), Gap(1, 3, 1))
    assert Gap(0, 1, 2) not in gaps(crew, tickets, Rules(reach=0))
    assert gaps(replace(crew, proficiency=np.full((3, 2), 5.0)), tickets, Rules()) == (Gap(1, 3, 1),)
