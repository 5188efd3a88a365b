"""What is wrong with the coverage of one topic, as findings: cells, hours and the demand behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from fengong.engine.coverage.blocks import ABSENT, NOBODY, UNASSIGNED, UNSKILLED, Block
from fengong.engine.coverage.spans import Span, readable
from fengong.engine.coverage.team import Flags, Ints


class Kind(StrEnum):
    """Four kinds of gap, then what is covered but not well."""

    NOBODY = "nobody"  # no holder of the duty, and nobody skilled is there
    UNASSIGNED = "unassigned"  # no holder of the duty, though somebody skilled is there
    UNSKILLED = "unskilled"  # there are holders of the duty, none of whom is skilled enough
    ABSENT = "absent"  # holders of the duty are skilled, none of whom is there
    ACCOUNTABLE = "accountable"  # more positions accountable than allowed
    RESPONSIBLE = "responsible"  # more positions responsible than allowed
    SINGLE = "single"  # exactly one member covers
    DEPENDENCE = "dependence"  # one member carries more than the allowed share of the topic


GAPS = {NOBODY: Kind.NOBODY, UNASSIGNED: Kind.UNASSIGNED, UNSKILLED: Kind.UNSKILLED, ABSENT: Kind.ABSENT}


@dataclass(frozen=True, eq=False)
class Finding:
    """One thing found: in these `cells` (difficulty 1 to 3, channel) of a topic at these `hours` int[n] of the horizon.

    `demand`: effort expected in these cells and hours, cell-hours where no demand is known; for a dependence that which
    the member carries. `member`: who covers alone or carries too much, else -1. `positions`: those of an overlap.
    `share`: the part of the topic's covered demand that the member carries (dependence only).
    """

    kind: Kind
    topic: int
    cells: tuple[tuple[int, int], ...]
    hours: Ints
    demand: float
    start: int
    horizon: int
    member: int = -1
    positions: tuple[int, ...] = ()
    share: float = 0.0

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The hours as spans one can read."""
        return readable(self.hours, self.start, self.horizon)

    @property
    def is_gap(self) -> bool:
        """Whether nobody covers."""
        return self.kind in GAPS.values()


Who = tuple[Kind, int, tuple[int, ...]]  # kind, member, positions
Piece = tuple[Who, int, Ints]  # of one class, at these hours


def findings(block: Block) -> tuple[Finding, ...]:
    """All findings of one topic. Cells with the same thing wrong at the very same hours are one finding."""
    merged = gathered(block, (*_gaps(block), *_overlaps(block), *_singles(block)))
    return (*merged, *_dependences(block))


def gathered(block: Block, pieces: Iterable[Piece]) -> Iterator[Finding]:
    """Classes of which the same is true at the same hours, together."""
    kinds: dict[tuple[Who, bytes], list[int]] = defaultdict(list)
    hours: dict[bytes, Ints] = {}
    for who, kind, when in pieces:
        name = when.tobytes()
        hours[name] = when
        kinds[who, name].append(kind)
    cells_of = [cells(block, kind) for kind in range(len(block.row))]
    team = block.ground.team
    for (who, name), classes in kinds.items():
        when = hours[name]
        demand = sum(float(block.demand[kind].take(when).sum()) for kind in classes)
        where = cells_of[classes[0]] if len(classes) == 1 else sorted(c for k in classes for c in cells_of[k])
        yield Finding(who[0], block.topic, tuple(where), when, demand, team.start, team.hours, who[1], who[2])


def cells(block: Block, kind: int) -> tuple[tuple[int, int], ...]:
    """The (difficulty, channel) of a class."""
    channels = block.ground.team.channels
    return tuple(
        (cell // channels + 1, cell % channels) for cell in np.flatnonzero(block.of == kind).tolist()
    )


def ranked(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Most demand first, then most hours of most cells."""
    return tuple(sorted(found, key=lambda one: (-one.demand, -len(one.hours) * len(one.cells), one.topic)))


def _gaps(block: Block) -> Iterator[Piece]:
    for code in np.flatnonzero(np.bincount(block.state.ravel(), minlength=5)[1:]) + 1:
        who = (GAPS[int(code)], -1, ())
        yield from _by_class(who, block.state == code)


def _by_class(who: Who, where: Flags) -> Iterator[Piece]:
    for kind in np.flatnonzero(where.any(axis=1)).tolist():
        yield who, kind, np.flatnonzero(where[kind])


def _singles(block: Block) -> Iterator[Piece]:
    """By class and member; in one sort, as there may be many of them."""
    kinds, hours = np.nonzero(block.single >= 0)
    if not len(kinds):
        return
    keys = kinds * block.ground.team.members + block.single[kinds, hours]
    order = np.argsort(keys, kind="stable")
    firsts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    for key, when in zip(keys[order[firsts]].tolist(), np.split(hours[order], firsts[1:]), strict=True):
        kind, member = divmod(key, block.ground.team.members)
        yield (Kind.SINGLE, member, ()), kind, when


def _overlaps(block: Block) -> Iterator[Piece]:
    rules = block.ground.team.rules
    for name, parts, most in (
        (Kind.ACCOUNTABLE, block.answering, rules.most_accountable),
        (Kind.RESPONSIBLE, block.responsible, rules.most_responsible),
    ):
        if most is not None:
            yield from _too_many(block, name, parts, most)


def _too_many(block: Block, name: Kind, parts: Flags, most: int) -> Iterator[Piece]:
    """By class and set of positions."""
    time = block.ground.time
    for kind in np.flatnonzero((parts.sum(axis=1) > most).any(axis=1)).tolist():
        times: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number in np.flatnonzero(parts[kind].sum(axis=0) > most).tolist():
            times[tuple(np.flatnonzero(parts[kind][:, number]).tolist())].append(number)
        for positions, numbers in times.items():
            when = np.flatnonzero(np.isin(time, numbers) & block.served[kind])
            if len(when):
                yield (name, -1, positions), kind, when


def _dependences(block: Block) -> Iterator[Finding]:
    """Members who carry more than their most: there may be several where that is less than a half."""
    team, carried = block.ground.team, block.carried
    total = float(block.by_row.sum())
    for member in np.flatnonzero(carried > team.rules.most_share * total * (1 + 1e-12)).tolist():
        mine = carrying(block, member)
        where = np.flatnonzero(mine.any(axis=0))
        which = sorted(
            cell for kind in np.flatnonzero(mine.any(axis=1)).tolist() for cell in cells(block, kind)
        )
        demand = float(carried[member])
        yield Finding(
            Kind.DEPENDENCE, block.topic, tuple(which), where, demand, team.start, team.hours, member,
            share=demand / total,
        )  # fmt: skip


def carrying(block: Block, member: int) -> Flags:
    """bool[K, H]: where a member covers something that is expected."""
    there: Flags = block.may[:, member][block.row] & block.ground.team.present[member] & block.served
    return np.asarray(there & (block.demand > 0))
