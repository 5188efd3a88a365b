"""A real log: will the person who takes a ticket pass it up to a higher line? Learned on the past, asked of the rest.

Every stint of a first or second line is a question, asked when the stint begins; it is answered when the next stint
begins or, without one, when this one ends. Products with few stints in the past are one topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.shape import Options
from fengong.engine.process.stints import Stints
from fengong.engine.rating.outcomes import Bools, Floats, Ints, Members, Outcomes
from fengong.planning.replay.assemble import Assembler, columns_of
from fengong.planning.replay.bridge import understand
from fengong.planning.replay.mapping import load_mapping
from fengong.planning.replay.readers.source import read_log

FILE = "bpic2013/incidents_flat.csv.gz"
_MAPPING = Path(__file__).parents[2] / "examples" / "replay" / "bpic2013.toml"
_PAST = 0.7  # share of the stints that are the past
_COMMON = 100  # stints in the past that make a product a topic of its own
_KNOWN = 3  # … and a kind of its own
_TEAM = 10  # stints in the past that make a team a group of its own


@dataclass(frozen=True)
class Questions:
    """q stints in order of their start: outcomes, product, line 0 or 1, when each was `asked` and `answered`.

    `past` bool[q]: answered before the split; `asked_after` bool[q]: begun after it; `first` bool[q]: the first stint
    of its case.
    """

    outcomes: Outcomes
    members: Members
    product: Ints
    line: Ints
    asked: Floats
    answered: Floats
    past: Bools
    asked_after: Bools
    first: Bools


def questions(options: Options) -> Questions:
    """Read the log. Raises MissingData."""
    mapping = load_mapping(_MAPPING)
    table = read_log(
        options.file(FILE),
        mapping.wanted(),
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        advance=lambda _: None,
    )
    assembled = Assembler(mapping, columns_of(table, mapping)).read(table)
    reading = understand(assembled, mapping, rest="other").inferred.reading
    stints, line = reading.stints, reading.tier - 1
    higher, answered = _next(stints, line)
    order = np.argsort(stints.start, kind="stable")
    order = order[line[order] < 2]
    split = float(np.quantile(stints.start[order], _PAST))
    past = answered[order] <= split
    product = reading.log.topic[stints.case[order]]
    counts = np.bincount(product[past], minlength=len(reading.log.topics))
    topic = np.where(counts >= _COMMON, np.cumsum(counts >= _COMMON), 0)[product]
    members = len(reading.members)
    size = np.bincount(reading.team[reading.member[order]][past], minlength=int(reading.team.max()) + 1)
    team = np.where(size >= _TEAM, np.cumsum(size >= _TEAM) - 1, -1)[reading.team]
    nothing = np.full(len(order), np.nan)
    escalated = higher[order]
    return Questions(
        outcomes=Outcomes(
            member=reading.member[order],
            topic=topic,
            ticket=stints.case[order],
            grade=np.minimum(reading.log.priority[stints.case[order]], 3),
            text_grade=np.zeros(len(order), dtype=np.int64),
            kind=np.where(counts >= _KNOWN, np.cumsum(counts >= _KNOWN), 0)[product],
            solved=~escalated,
            escalated=escalated,
            reopened=np.zeros(len(order), dtype=bool),
            satisfaction=nothing,
            minutes=nothing,
            at=answered[order],
        ),
        members=Members(
            np.zeros((members, int(topic.max()) + 1)), np.stack([reading.line - 1, team], axis=1)
        ),
        product=product,
        line=line[order],
        asked=stints.start[order],
        answered=answered[order],
        past=past,
        asked_after=stints.start[order] > split,
        first=np.r_[True, stints.case[1:] != stints.case[:-1]][order],
    )


def _next(stints: Stints, line: Ints) -> tuple[Bools, Floats]:
    """Whether the next stint of the case is of a higher line, and when that was known."""
    follows = np.r_[stints.case[1:] == stints.case[:-1], False]
    higher = follows & (np.r_[line[1:], 0] > line)
    return higher, np.where(follows, np.r_[stints.start[1:], 0.0], stints.end)


class Averages:
    """Share passed up by product and line, drawn towards that of the line by `weight` stints."""

    def __init__(self, products: int, weight: float) -> None:
        self.weight = weight
        self.counts = np.zeros((2, products, 2))

    def observe(self, line: Ints, product: Ints, escalated: Bools) -> None:
        """Count."""
        np.add.at(self.counts, (line, product, escalated.astype(np.int64)), 1.0)

    def chance(self, line: Ints, product: Ints) -> Floats:
        """P(passed up)."""
        of_line = self.counts.sum(axis=1) + 1.0
        average = (of_line[:, 1] / of_line.sum(axis=1))[line]
        mine = self.counts[line, product]
        return np.asarray((mine[:, 1] + self.weight * average) / (mine.sum(axis=1) + self.weight))
