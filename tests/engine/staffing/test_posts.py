"""Filling posts: experienced people on key posts, at most so many changes, each with what could be done instead."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from fengong.engine.staffing.posts import EMPTY, Filling, fill, moves

FIT = np.array([[0.9, 0.8], [0.5, 0.6], [0.1, 0.7]])
BASE = Filling(
    fit=FIT, wish=np.zeros((3, 2)), seats=np.array([1, 2]), key=np.array([True, False]), now=np.array([1, 0, 1]),
    changes=3,
)  # fmt: skip


def test_the_experienced_go_to_the_key_post():
    assert fill(BASE).post == (0, 1, 1)


def test_no_more_people_change_than_may():
    assert fill(replace(BASE, changes=1)).post == (1, 0, 1)
    assert fill(replace(BASE, changes=2)).post == (0, 1, 1)


def test_an_empty_seat_is_filled_before_anything_else():
    given = replace(BASE, now=np.array([-1, 0, 1]), changes=1)
    assert fill(given).post == (1, 0, 1)


def test_a_wish_decides_between_equals():
    even = replace(BASE, fit=np.full((3, 2), 0.5), now=np.full(3, -1), key=np.zeros(2, dtype=bool))
    for member in range(3):
        wish = np.zeros((3, 2))
        wish[member, 0] = 1.0
        assert fill(replace(even, wish=wish)).post[member] == 0


def test_each_move_comes_with_the_best_that_could_be_done_instead():
    told = moves(BASE, fill(BASE))
    assert {(one.member, one.before, one.after) for one in told} == {(0, 1, 0), (1, 0, 1)}
    for one in told:
        assert one.instead == ()
        assert one.less == pytest.approx(0.9 * 2 + 0.6 + 0.7 - (0.8 + 0.5 * 2 + 0.7))


def test_nothing_is_worth_more_than_what_is_found():
    dice = np.random.default_rng(5)
    for _ in range(20):
        given = Filling(
            fit=dice.random((4, 3)), wish=dice.uniform(-1, 1, (4, 3)), seats=np.array([1, 1, 2]),
            key=dice.random(3) < 0.5, now=dice.integers(-1, 3, 4), changes=int(dice.integers(1, 5)),
        )  # fmt: skip
        assert fill(given).worth == pytest.approx(_by_hand(given), abs=0.01)


def _by_hand(given: Filling) -> float:
    best = -np.inf
    for post in product(range(-1, 3), repeat=4):
        held = np.bincount([p for p in post if p >= 0], minlength=3)
        changed = sum(old != new for old, new in zip(given.now.tolist(), post, strict=True))
        if (held <= given.seats).all() and changed <= given.changes:
            worth = sum(given.worth[m, p] for m, p in enumerate(post) if p >= 0)
            best = max(best, worth - EMPTY * (given.seats - held).sum())
    return float(best)
