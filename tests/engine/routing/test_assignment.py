"""The exact assignment: as good as independent solvers, from nothing and from whatever went before."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.routing.kernels.incremental import solve_fresh, solve_from
from tests.engine.routing.markets import by_flow, by_scipy, market, problems, value

OFTEN = settings(max_examples=100, deadline=None)


@OFTEN
@given(problem=problems().map(lambda facts: market(*facts)))
def test_it_is_the_optimum_that_others_find(problem):
    standing = solve_fresh(problem)
    assert value(problem, standing) == by_flow(problem) == by_scipy(problem)


@OFTEN
@given(problem=problems().map(lambda facts: market(*facts)))
def test_prices_prove_it(problem):
    """Complementary slackness: nobody would rather be elsewhere, and no slot is left below its price."""
    standing = solve_fresh(problem)
    for ticket, arc in enumerate(standing.match.tolist()):
        arcs = slice(problem.first[ticket], problem.first[ticket + 1])
        profits = problem.gain[arcs] - standing.price[problem.member[arcs]]
        mine = 0 if arc < 0 else problem.gain[arc] - standing.price[problem.member[arc]]
        assert mine == max([0, *profits.tolist()])
    left = standing.used < problem.slots
    assert (standing.price[left] <= (standing.used * problem.rise)[left]).all()
    busy = standing.used > 0
    assert (standing.price[busy] >= ((standing.used - 1) * problem.rise)[busy]).all()


@OFTEN
@given(facts=problems(), data=st.data())
def test_another_slot_never_makes_it_worth_less(facts, data):
    rows, slots, rise = facts
    member = data.draw(st.integers(0, len(slots) - 1))
    more = [each + (place == member) for place, each in enumerate(slots)]
    before, after = market(rows, slots, rise), market(rows, more, rise)
    assert value(after, solve_fresh(after)) >= value(before, solve_fresh(before))


@settings(max_examples=60, deadline=None)
@given(facts=problems(), data=st.data())
def test_from_what_went_before_it_is_worth_the_same_as_from_nothing(facts, data):
    rows, slots, rise = facts
    names, prices, held = list(range(len(rows))), np.zeros(len(slots), dtype=np.int64), {}
    for step in range(8):
        problem = market(rows, slots, rise)
        hint = np.array([_arc(problem, place, held.get(name, -1)) for place, name in enumerate(names)])
        standing = solve_from(problem, prices, hint.astype(np.int64))
        assert value(problem, standing) == value(problem, solve_fresh(problem)) == by_flow(problem)
        prices = standing.price.copy()
        held = {n: int(problem.member[a]) for n, a in zip(names, standing.match, strict=True) if a >= 0}
        _edit(facts, names, data, 1000 + step)


def test_any_prices_and_matches_will_do_to_begin_with():
    problem = market([{0: 5, 1: 4}, {0: 5}, {1: 1}], [1, 1], [0, 0])
    for prices in ([0, 0], [100, 100], [-7, 3], [5, 0]):
        for hint in ([-1, -1, -1], [0, -1, 3], [1, 2, -1]):
            standing = solve_from(problem, np.array(prices), np.array(hint))
            assert value(problem, standing) == 9


def _arc(problem, ticket: int, member: int) -> int:
    for arc in range(problem.first[ticket], problem.first[ticket + 1]):
        if problem.member[arc] == member:
            return arc
    return -1


def _edit(facts, names, data, fresh: int) -> None:
    """One small change: a ticket goes, comes or looks elsewhere, a member has other room or other costs."""
    rows, slots, rise = facts
    what, member = data.draw(st.integers(0, 4)), data.draw(st.integers(0, len(slots) - 1))
    row = data.draw(st.dictionaries(st.integers(0, len(slots) - 1), st.integers(1, 50), max_size=4))
    place = data.draw(st.integers(0, max(0, len(rows) - 1)))
    if what == 0 and rows:
        del rows[place], names[place]
    elif what == 1:
        rows.insert(place, row)
        names.insert(place, fresh)
    elif what == 2 and rows:
        rows[place] = row
    elif what == 3:
        slots[member] = data.draw(st.integers(0, 3))
    else:
        rise[member] = data.draw(st.integers(0, 30))
