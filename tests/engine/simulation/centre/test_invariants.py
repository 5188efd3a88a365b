"""What holds at every moment of every model: nobody holds too much, nothing is lost, counts are true."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.routing.kernels.dials import dials_of
from fengong.engine.routing.kernels.tally import empty_tally, recount
from fengong.engine.routing.rules import Interrupting, Rules
from fengong.engine.simulation.centre.build import build, roomier
from fengong.engine.simulation.centre.loop import FULL, advance
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group, Shift
from fengong.engine.simulation.centre.state import FREE, HELD, SLOTS, WAITING, World, sight_of
from tests.engine.simulation.centre.models import constant, difference, exponential, model, run, stream

SHIFTS = ((), (Shift(0.0, 240.0, ((100.0, 130.0),)), Shift(300.0, 600.0)))
share = st.sampled_from((0.0, 0.4, 1.0))


@st.composite
def streams(draw: st.DrawFn) -> Any:
    return stream(
        draw(st.sampled_from((0.2, 1.0))),
        draw(st.sampled_from((exponential(3.0), constant(1.5)))),
        topic=draw(st.integers(0, 1)),
        difficulty=draw(st.integers(1, 2)),
        graded=1,
        priority=draw(st.integers(1, 4)),
        channel=draw(st.integers(0, 1)),
        patience=draw(st.sampled_from((exponential(5.0), constant(np.inf)))),
        retry=draw(st.sampled_from((0.0, 0.5))),
        retry_after=constant(7.0),
        reopening=draw(st.sampled_from((0.0, 0.3))),
        reopening_after=constant(30.0),
        awaits=draw(share),
        answer_after=exponential(10.0),
    )


@st.composite
def groups(draw: st.DrawFn) -> Group:
    return Group(
        draw(st.integers(1, 3)),
        draw(st.sampled_from(({0: 3.0}, {0: 4.0, 1: 2.0}, {1: 5.0}))),
        tier=draw(st.integers(1, 2)),
        slots=draw(st.sampled_from((1, 3, (2, 1)))),
        most=draw(st.sampled_from((None, 2))),
        capacity=draw(st.sampled_from((None, 4.7, 12.0))),
        shifts=draw(st.sampled_from(SHIFTS)),
        absence=draw(st.sampled_from((0.0, 0.5))),
    )


@st.composite
def models(draw: st.DrawFn) -> Model:
    behaviour = Behaviour(
        slowdown=draw(share),
        hold=draw(share),
        failure=(0.0, draw(share), 1.0),
        growth=draw(st.sampled_from((0.0, 0.05))),
        fading=0.1,
        speed=(3.0, 2.0, 1.5, 1.2, 1.0, 0.9),
        fatigue=draw(st.sampled_from((0.0, 0.2))),
        pausing=draw(st.booleans()),
        guarded=draw(st.booleans()),
    )
    crew = tuple(draw(st.lists(groups(), min_size=1, max_size=3)))
    ours = tuple(draw(st.lists(streams(), min_size=1, max_size=3)))
    places = draw(st.sampled_from((np.inf, 5.0)))
    return model(ours, crew, 900.0, cycle=720.0, places=places, behaviour=behaviour)


policies = st.integers(0, 12)
rules = st.sampled_from((Rules(), Rules(interrupting=Interrupting(over=(0, 0, 0, 2)))))


@settings(max_examples=30, deadline=None)
@given(models(), policies, rules, st.integers(0, 99))
def test_at_every_moment_room_is_kept_and_counts_are_true(made: Model, policy: int, ruled: Rules, seed: int):
    dials = dials_of(ruled, made.topics)
    world = build(made, policy, dials, seed, 0)
    for until in np.linspace(20.0, made.horizon, 30):
        while advance(world, sight_of(world, dials), until) == FULL:
            world = roomier(world)
        check(world)


def check(world: World) -> None:
    people, tickets, marks = world.people, world.tickets, world.marks[0]
    assert (people["load"] <= people["capacity"]).all()
    assert (world.room[HELD] <= world.room[SLOTS]).all()
    assert (world.room[HELD].sum(axis=1) <= people["most"]).all()
    used = tickets[tickets["state"] != FREE]
    mine = used[used["booked"] > 0]
    booked = np.bincount(mine["member"], mine["booked"], minlength=len(people))
    np.testing.assert_array_equal(booked, people["load"])
    assert len(used) == len(tickets) - marks["spare"]
    waiting = np.sort(world.waiting[: marks["length"]])
    np.testing.assert_array_equal(waiting, np.flatnonzero(tickets["state"] == WAITING))
    sight = sight_of(world, dials_of(Rules(), world.skill.shape[2]))
    groups, teams = 1 + int(people["group"].max()), len(world.tally.staff)
    counted = empty_tally(world.skill.shape[2], groups, len(people), teams)
    recount(counted, sight.crew, sight.line, world.waiting, int(marks["length"]))
    for name in ("waiting", "here", "knowing", "free", "queued", "staff", "open", "roomy"):
        np.testing.assert_array_equal(getattr(world.tally, name), getattr(counted, name), err_msg=name)


@settings(max_examples=30, deadline=None)
@given(models(), policies, rules, st.integers(0, 99))
def test_nothing_is_lost_and_the_same_seed_gives_the_same(made: Model, policy: int, ruled: Rules, seed: int):
    result = run(made, policy, seed, rules=ruled)
    again = run(made, policy, seed, rules=ruled)
    assert difference(result) == 0
    assert (result.people.busy <= result.minutes + 1e-6).all()
    for name in result.counts.__slots__:
        np.testing.assert_array_equal(getattr(result.counts, name), getattr(again.counts, name))
    np.testing.assert_array_equal(result.people.proficiency, again.people.proficiency)


def test_slots_are_used_again():
    given = model(stream(0.8), 1, 2000.0)
    short, long = run(given), run(model(stream(0.8), 1, 100_000.0))
    assert long.counts.offered.sum() > 70_000
    assert long.slots <= 2 * short.slots <= 512


def test_a_line_that_grows_finds_room():
    result = run(model(stream(3.0), 1, 2000.0))
    assert result.slots >= 4000
    assert difference(result) == 0
    assert result.counts.left.sum() == result.counts.offered.sum() - result.counts.served.sum() > 3000


def test_policies_meet_the_same_customers():
    usual, urgent = (stream(0.9, topic=t, priority=2 + t, patience=exponential(4.0)) for t in (0, 1))
    crew = (Group(1, {0: 3.0, 1: 3.0}), Group(1, {0: 3.0, 1: 4.0}, pace=1.5))
    given = model((usual, urgent), crew, 500.0, drain=500.0)
    one, other = (run(given, name, records=5000) for name in ("alis", "static-priority"))
    assert one.records is not None and other.records is not None
    arrivals = [sorted(zip(r.stream, r.number, r.arrival, strict=True)) for r in (one.records, other.records)]
    assert arrivals[0] == arrivals[1]
    assert one.counts.wait_sum.sum() != other.counts.wait_sum.sum()
