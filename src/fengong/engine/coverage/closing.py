"""How much of the demand at risk a move removes, exactly, and which few moves remove most together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from fengong.engine.coverage import checks
from fengong.engine.coverage.blocks import Block
from fengong.engine.coverage.cover import Coverage, cover
from fengong.engine.coverage.findings import GAPS, Kind
from fengong.engine.coverage.moves import Move, only_adds
from fengong.engine.coverage.unfolding import unfolded

SHARE = 1 - 1 / np.e


@dataclass(frozen=True, eq=False)
class Effect:
    """What a move does to the coverage before it.

    `removes`: uncovered demand it takes away, less what it opens (cell-hours where no demand is known). `secures`: by
    how much the demand falls that one member alone covers; below 0 where gaps become single points of failure. `why`:
    what the demand that is now covered was before, most first. `after`: the coverage with it.
    """

    move: Move
    removes: float
    secures: float
    why: tuple[tuple[Kind, float], ...]
    after: Coverage


@dataclass(frozen=True, eq=False)
class Plan:
    """Moves in the order chosen, each with what it adds to those before. `share`: the part of the most that as many of
    these candidates could remove which the plan is sure to remove; 0 where nothing is promised.
    """

    effects: tuple[Effect, ...]
    share: float

    @property
    def removes(self) -> float:
        """Uncovered demand that all of it takes away."""
        return sum(effect.removes for effect in self.effects)


def weigh(coverage: Coverage, move: Move) -> Effect:
    """The effect of one move; only the topics it touches are worked out again."""
    after = cover(move.applied(coverage.team), coverage)
    why: dict[Kind, float] = defaultdict(float)
    for old, new in zip(coverage.blocks, after.blocks, strict=True):
        if old is not new:
            _closed(old, new, why)
    causes = tuple(sorted(why.items(), key=lambda one: -one[1]))
    return Effect(move, coverage.uncovered - after.uncovered, coverage.alone - after.alone, causes, after)


def best(coverage: Coverage, moves: Sequence[Move]) -> tuple[Effect, ...]:
    """Each move by itself: those that remove most first, of equals the cheapest, then those that secure most."""
    return tuple(sorted((weigh(coverage, move) for move in moves), key=_order))


def plan(coverage: Coverage, moves: Sequence[Move], most: int) -> Plan:
    """Up to `most` moves, always the one that removes most of what is left, of equals the cheapest.

    Where all are of one kind and take nothing away (`only_adds`), what a set removes is monotone and submodular, and
    the choice removes at least 1 - 1/e (63 %) of what the best set of that size does (Nemhauser, Wolsey, Fisher 1978,
    Mathematical Programming 14, 265-294). Then a move whose earlier gain is below the best found needs no new look
    (Minoux 1978). Otherwise every gain is still exact, every move is looked at each time, and nothing is promised.
    """
    checks.whole("most", most, 1)
    sure, left = only_adds(tuple(moves)), dict.fromkeys(range(len(moves)), inf)
    chosen: list[Effect] = []
    while left and len(chosen) < most:
        found = _next(coverage, moves, left, lazy=sure)
        if found is None:
            break
        number, effect = found
        chosen.append(effect)
        coverage = effect.after
        del left[number]
    return Plan(tuple(chosen), float(SHARE) if sure else 0.0)


def _next(
    coverage: Coverage, moves: Sequence[Move], left: dict[int, float], *, lazy: bool
) -> tuple[int, Effect] | None:
    """The best move still left; `left` keeps what each last removed, which bounds what it can still remove."""
    found: tuple[int, Effect] | None = None
    for number in sorted(left, key=lambda one: -left[one]):
        if lazy and found and left[number] < found[1].removes * (1 - 1e-12):
            break
        effect = weigh(coverage, moves[number])
        left[number] = effect.removes
        if effect.removes > 1e-9 and (found is None or _order(effect) < _order(found[1])):
            found = number, effect
    return found


def _order(effect: Effect) -> tuple[float, float, float]:
    return -round(effect.removes, 9), effect.move.cost, -effect.secures


def _closed(old: Block, new: Block, why: dict[Kind, float]) -> None:
    before, after = unfolded(old), unfolded(new)
    for code, kind in GAPS.items():
        demand = float(after.demand[(before.state == code) & (after.count > 0)].sum())
        if demand > 0:
            why[kind] += demand
