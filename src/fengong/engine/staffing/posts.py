"""Who fills which post: an assignment by integer programming that moves at most so many people.

Each member holds at most one post and each post has so many seats. The value of a member at a post is its fit, once
more where the post is a key one, and the wish; an empty seat costs more than any fit brings. Solved to optimality by
CP-SAT (OR-Tools), one worker and a fixed seed, so that the same question has the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

SCALE = 1000
WISH = 0.3
"""What a wish weighs beside a perfect fit."""
EMPTY = 4.0
"""What an empty seat costs; more than a perfect fit at a key post with a wish brings."""


@dataclass(frozen=True, eq=False)
class Filling:
    """M members, P posts. `fit` f[M, P] from 0 to 1; `wish` f[M, P] from -1 to 1; `seats` int[P]; `key` bool[P];
    `now` int[M]: the post each holds, -1 for none; `changes`: how many may change at the most.
    """

    fit: npt.NDArray[np.float64]
    wish: npt.NDArray[np.float64]
    seats: npt.NDArray[np.int64]
    key: npt.NDArray[np.bool_]
    now: npt.NDArray[np.int64]
    changes: int

    @property
    def worth(self) -> npt.NDArray[np.float64]:
        """f[M, P]: what a member at a post is worth."""
        return np.asarray(self.fit * np.where(self.key, 2.0, 1.0) + WISH * self.wish)


@dataclass(frozen=True, slots=True)
class Filled:
    """`post` of each member, -1 for none; `worth` of it all, empty seats taken off."""

    post: tuple[int, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A member who changes post; `instead`: the best filling without this, by the members that it moves, and how much
    less it is worth.
    """

    member: int
    before: int
    after: int
    instead: tuple[tuple[int, int], ...]
    less: float


def fill(given: Filling, forbidden: tuple[tuple[int, int], ...] = ()) -> Filled:
    """The filling that is worth most. ValueError where shapes do not fit."""
    members, posts = given.fit.shape
    if given.wish.shape != given.fit.shape or len(given.seats) != posts or len(given.now) != members:
        raise ValueError("fit and wish are [members, posts], seats [posts], now [members]")
    model = cp_model.CpModel()
    at = [[model.new_bool_var("") for _ in range(posts)] for _ in range(members)]
    empty = [model.new_int_var(0, int(seats), "") for seats in given.seats]
    for row in at:
        model.add_at_most_one(row)
    for post in range(posts):
        model.add(sum(at[m][post] for m in range(members)) + empty[post] == int(given.seats[post]))
    for member, post in forbidden:
        model.add(at[member][post] == 0)
    kept = [at[m][now] if now >= 0 else 1 - sum(at[m]) for m, now in enumerate(given.now.tolist())]
    model.add(members - sum(kept) <= given.changes)
    worth = np.rint(given.worth * SCALE).astype(int).tolist()
    gain = sum(worth[m][p] * at[m][p] for m in range(members) for p in range(posts))
    model.maximize(gain - int(EMPTY * SCALE) * sum(empty) + sum(kept))  # of equals, who stays
    return _solved(model, at, given)


def moves(given: Filling, found: Filled) -> tuple[Moved, ...]:
    """Who changes, each with the best that could be done instead."""
    told = []
    for member, (before, after) in enumerate(zip(given.now.tolist(), found.post, strict=True)):
        if before == after:
            continue
        other = fill(given, ((member, after),)) if after >= 0 else found
        pairs = zip(given.now.tolist(), other.post, strict=True)
        instead = tuple((m, new) for m, (old, new) in enumerate(pairs) if old != new)
        told.append(Moved(member, before, after, instead, found.worth - other.worth))
    return tuple(sorted(told, key=lambda one: -one.less))


def _solved(model: cp_model.CpModel, at: list[list[cp_model.IntVar]], given: Filling) -> Filled:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 10.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Filled(tuple(given.now.tolist()), float("-inf"))
    post = tuple(next((p for p, held in enumerate(row) if solver.value(held)), -1) for row in at)
    filled = np.bincount([p for p in post if p >= 0], minlength=len(given.seats))
    worth = sum(given.worth[m, p] for m, p in enumerate(post) if p >= 0)
    return Filled(post, float(worth - EMPTY * (given.seats - filled).sum()))
