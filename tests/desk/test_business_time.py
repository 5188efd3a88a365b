"""Ten thousand random calendars, pauses, zones and targets, against a list of all minutes."""

from __future__ import annotations

import random
from datetime import timedelta

from fengong.desk.bridge import stamp, working_time
from fengong.engine.timeline.working import SECOND, after_rests, between_rests
from tests.desk.business_time import FIRST, YEARS, ZONES, Case, counted, deadline

CASES = 10_000
ORIGIN = stamp(FIRST)


def hours(dice: random.Random) -> list[tuple[int, int]]:
    """A day's intervals: none, one, with a lunch, a night, around the clock, or anything."""
    kind = dice.randrange(7)
    if kind == 0:
        return []
    if kind == 1:
        return [(540, 1080)]
    if kind == 2:
        return [(9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)]
    if kind == 3:
        return [(22 * 60, 30 * 60)]
    if kind == 4:
        return [(0, 1440)]
    edges = sorted(dice.sample(range(1440), 2 * dice.randint(1, 4)))
    found = list(zip(edges[::2], edges[1::2], strict=True))
    begins = found[-1][0]
    return [*found[:-1], (begins, begins + dice.randint(1, 1440))] if kind == 6 else found


def pauses(dice: random.Random, start: int, window: int) -> list[tuple[int, int]]:
    edges = sorted(dice.sample(range(start, start + window * 60), 2 * dice.choice((0, 0, 1, 2, 4))))
    return list(zip(edges[::2], edges[1::2], strict=True))


def random_case(dice: random.Random) -> Case:
    window = dice.randint(3, 24) * 1440
    start = dice.randrange(10 * 86400, (YEARS - 40) * 86400)
    days = {
        FIRST.date() + timedelta(days=start // 86400 + dice.randint(-2, 20)): hours(dice)
        for _ in range(dice.randint(0, 4))
    }
    target = dice.choice((dice.randint(1, 3600), dice.randint(1, 60) * 60, dice.randint(1, 4 * 86400)))
    week = [hours(dice) for _ in range(7)]
    return Case(dice.choice(ZONES), week, days, start, target, pauses(dice, start, window), window)


def found(case: Case) -> tuple[int | None, int]:
    """What the product says: the deadline, and what was worked in the window."""
    time = working_time(case.week, case.days, case.zone)
    rests = [(ORIGIN + low * SECOND, ORIGIN + high * SECOND) for low, high in case.pauses]
    start = ORIGIN + case.start * SECOND
    end = ORIGIN + (case.start // 60 + case.window) * 60 * SECOND
    due = after_rests(time, start, case.target * SECOND, rests)
    if due is None or due > end:
        return None, between_rests(time, start, end, rests)
    return (due - ORIGIN) // SECOND, between_rests(time, start, end, rests)


def test_ten_thousand_random_calendars_agree_to_the_second_with_a_list_of_all_minutes():
    dice = random.Random(20261123)
    reached = 0
    for number in range(CASES):
        case = random_case(dice)
        expected = deadline(case), int(counted(case).sum()) * SECOND
        assert found(case) == expected, f"case {number}: {case}"
        reached += expected[0] is not None
    assert reached > CASES / 2
