"""What a change of duties, skills, roster or absence opens and closes: the warning before it is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fengong.engine.coverage.blocks import Block
from fengong.engine.coverage.cover import Coverage, found
from fengong.engine.coverage.findings import Finding, Kind, Piece, gathered, ranked
from fengong.engine.coverage.team import Flags
from fengong.engine.coverage.unfolding import unfolded


@dataclass(frozen=True, eq=False)
class Change:
    """What is found after and was not before, and the reverse: cell by cell, hour by hour, most demand first.

    A gap that becomes another kind of gap is neither; a gap that one member closes is a gap closed and a single point
    of failure opened. `uncovered`, `alone`: by how much demand of these two kinds grows; below 0 where it falls.
    """

    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    uncovered: float
    alone: float

    @property
    def is_worse(self) -> bool:
        """Whether it opens a gap, with demand or without."""
        return any(one.is_gap for one in self.opened)


def compare(before: Coverage, after: Coverage) -> Change:
    """Lay two coverages of the same topics, channels and hours side by side; quick where one was made from the other.

    ValueError where topics, channels, hours or start differ. Members and positions are told by number, so a change
    that renumbers them shows dependences that are not new.
    """
    for name in ("topics", "channels", "hours", "start"):
        mine, theirs = getattr(before.team, name), getattr(after.team, name)
        if mine != theirs:
            raise ValueError(f"after must have the same {name} as before, {mine}, not {theirs}")
    pairs = [(old, new) for old, new in zip(before.blocks, after.blocks, strict=True) if old is not new]
    return Change(
        opened=ranked(one for old, new in pairs for one in _new(old, new)),
        closed=ranked(one for old, new in pairs for one in _new(new, old)),
        uncovered=after.uncovered - before.uncovered,
        alone=after.alone - before.alone,
    )


def _new(old: Block, new: Block) -> Iterator[Finding]:
    """What is found in `new` where nothing of that kind is found in `old`."""
    known = _known(old)
    laid = unfolded(new)
    yield from gathered(laid, _pieces(new, known))
    depended = {one.member for one in found(old) if one.kind is Kind.DEPENDENCE}
    for one in found(new):
        if one.kind is Kind.DEPENDENCE and one.member not in depended:
            yield one


def _pieces(new: Block, known: dict[str, Flags]) -> Iterator[Piece]:
    for one in found(new):
        if one.kind is Kind.DEPENDENCE:
            continue
        for cell in _places(new, one):
            hours = one.hours[~known[_group(one)][cell, one.hours]]
            if len(hours):
                yield (one.kind, one.member, one.positions), cell, hours


def _known(block: Block) -> dict[str, Flags]:
    """bool[3C, H] by kind: where it is found; the four kinds of gap are one."""
    shape = len(block.of), block.ground.team.hours
    made: dict[str, Flags] = defaultdict(lambda: np.zeros(shape, dtype=np.bool_))
    for one in found(block):
        made[_group(one)][np.ix_(np.array(_places(block, one)), one.hours)] = True
    return made


def _group(one: Finding) -> str:
    return "gap" if one.is_gap else one.kind


def _places(block: Block, one: Finding) -> list[int]:
    channels = block.ground.team.channels
    return [(difficulty - 1) * channels + channel for difficulty, channel in one.cells]
