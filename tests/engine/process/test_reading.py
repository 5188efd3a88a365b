"""What is read from events: stints, effort, difficulty, hours."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.engine.process.difficulty import graded, true_difficulty
from fengong.engine.process.effort import shared, stint_effort
from fengong.engine.process.hours import roster, usual_hours
from fengong.engine.process.log import DAY, EventLog, State, group_rare, ordered
from fengong.engine.process.people import at_least_usual, busiest_day, skills
from fengong.engine.process.stints import cut

Q, A, W, R, C = State.QUEUED, State.ACTIVE, State.CUSTOMER, State.RESOLVED, State.CLOSED


def log_of(rows, *, tiers=(1, 2, 3)):
    """Rows are (case, time, person, state); person p belongs to team p % 3, queueing rows name a team as -1 - team."""
    count = max(row[0] for row in rows) + 1
    people = max(0, *(row[2] for row in rows)) + 1
    person = np.array([row[2] for row in rows])
    return EventLog(
        case=np.array([row[0] for row in rows]),
        time=np.array([float(row[1]) for row in rows]),
        person=np.where(person < 0, -1, person),
        team=np.where(person < 0, -1 - person, person % 3),
        state=np.array([int(row[3]) for row in rows]),
        topic=np.zeros(count, dtype=np.int64),
        priority=np.full(count, 2),
        hints=np.zeros((count, 0), dtype=np.int64),
        team_tier=np.array(tiers),
        cases=tuple(str(i) for i in range(count)),
        people=tuple(f"p{i}" for i in range(people)),
        person_team=np.arange(people) % 3,
        teams=("a", "b", "c"),
        topics=("t",),
    )


def test_a_stint_is_one_person_holding_a_case():
    stints = cut(log_of([(0, 0, -1, Q), (0, 10, 0, A), (0, 30, 1, A), (0, 70, 1, R), (0, 500, -1, C)]))
    assert stints.person.tolist() == [0, 1] and stints.resolved.tolist() == [0, 1]
    assert stints.start.tolist() == [10.0, 30.0] and stints.end.tolist() == [30.0, 70.0]
    assert stints.queued[0] == 10.0 and np.isnan(stints.queued[1])
    assert (stints.opened[0], stints.assigned[0], stints.resolved_at[0]) == (0.0, 10.0, 70.0)


def test_reopening_is_told_from_a_correction():
    soon = cut(log_of([(0, 0, 0, A), (0, 10, 0, R), (0, 15, 0, A), (0, 20, 0, R)]))
    late = cut(log_of([(0, 0, 0, A), (0, 10, 0, R), (0, 90, 0, A), (0, 99, 0, R)]))
    assert soon.reopened.tolist() == [0] and late.reopened.tolist() == [1]
    assert late.resolved_at.tolist() == [99.0]


def test_a_case_closed_by_nobody_counts_as_resolved_then():
    assert cut(log_of([(0, 0, 0, A), (0, 40, -1, C)])).resolved_at.tolist() == [40.0]
    assert np.isnan(cut(log_of([(0, 0, 0, A), (0, 40, 0, W)])).resolved_at[0])


def test_effort_is_capped_and_shared():
    both = [(0, 0, 0, A), (0, 30, 0, R), (1, 10, 0, A), (1, 200, 0, R)]
    effort = stint_effort(cut(log_of(both)))
    assert effort.tolist() == pytest.approx([10 + 10, 10 + 25])  # 20 minutes at once, the second capped at 45
    none = shared(np.array([], dtype=np.int64), np.array([]), np.array([]))
    assert none.tolist() == []


def test_difficulty_is_what_was_needed_not_where_it_wandered():
    rows = [(0, 0, 0, A), (0, 40, 2, A), (0, 42, 0, A), (0, 90, 0, R)]  # the third line only looked at it
    rows += [
        (1, 0, 0, A),
        (1, 5, 1, A),
        (1, 50, 0, A),
        (1, 52, 0, R),
    ]  # the second did the work, the first closed it
    log = log_of(rows)
    stints = cut(log)
    assert true_difficulty(stints, stint_effort(stints), log.team_tier, 2).tolist() == [1, 2]


def test_grading_learns_from_the_other_cases_only():
    facts = np.array([[0], [1]] * 50)
    difficulty = np.array([1, 3] * 50)
    assert (graded(difficulty, facts) == difficulty).all()
    alone = np.arange(100)[:, None]  # nothing to learn from: everyone gets the usual grade
    assert (graded(np.array([1] * 90 + [3] * 10), alone) == 1).all()


def test_usual_hours_and_shifts_follow_the_events():
    rows = [(d, d * DAY + hour * 60, 0, A) for d in range(5) for hour in (9, 11, 13, 15, 16)]
    rows.append((4, 4 * DAY + 20 * 60, 0, R))
    log = log_of(sorted(rows))
    start, length = usual_hours(log)
    assert 8 <= start[0] <= 9 and 8 <= length[0] <= 10
    shifts = roster(log, np.array([0]))
    assert shifts.shift_at(0, 3 * DAY + 12 * 60)[0] == 3 * DAY + start[0] * 60
    assert (
        shifts.shift_at(0, 4 * DAY + 12 * 60)[1] == 4 * DAY + 20 * 60
    )  # longer, where an event lies outside


def test_order_repeats_and_rare_names():
    log = log_of([(0, 9, 0, R), (0, 5, 0, A), (0, 5, 0, A)])
    kept, late, repeats = ordered(log)
    assert (kept.time.tolist(), late, repeats) == ([5.0, 9.0], 1, 1)
    codes, names = group_rare(np.array([0, 0, 1, 2]), ("x", "y", "z"), least=2, rest="other")
    assert codes.tolist() == [0, 0, 1, 1] and names == ("x", "other")


def test_skill_is_judged_without_the_attempt_in_question():
    stints = {
        "member": np.zeros(4, dtype=int),
        "topic": np.zeros(4, dtype=int),
        "able": np.ones(4, dtype=bool),
    }
    solved = np.array([1, 1, 1, 0])
    found = skills(**stints, solved=solved, tier=np.array([1]), team=np.array([0]), topics=1)
    assert found.level[0, 0] == 3  # 3.3 credits
    assert found.before.tolist() == [3, 3, 3, 3] or found.before.max() <= 3
    once = {key: value[:1] for key, value in stints.items()}
    alone = skills(**once, solved=solved[:1], tier=np.array([1]), team=np.array([0]), topics=1)
    assert alone.level[0, 0] == 2 and alone.before.tolist() == [1]


def test_limits():
    busy = busiest_day(np.array([0, 0, 0]), np.array([10.0, 20.0, DAY + 5]), np.array([5.0, 6.0, 7.0]), 2)
    assert busy.tolist() == [11.0, 0.0]
    usual = at_least_usual(np.array([1.0, 8.0, 8.0]), np.array([1, 20, 20]), np.array([1, 1, 1]))
    assert usual.tolist() == [8.0, 8.0, 8.0]
