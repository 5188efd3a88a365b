"""Fengong's matching with a memory: the batch it would make now, from the batch it would have made a moment ago.

For plans that are looked at again and again before anybody acts on them, such as a board that shows who would get what.
Live dispatch does not need it: what one round matches is gone in the next, and there is nothing left to start from.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fengong.engine.routing.arrays import Assignment, Ints, Pool, Queue, Scene
from fengong.engine.routing.kernels.assignment import Standing
from fengong.engine.routing.kernels.book import Book
from fengong.engine.routing.kernels.incremental import close_market, open_market, solve_from
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.pairs import Pairs
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.view import moment_of

_NONE: Ints = np.empty(0, dtype=np.int64)


@dataclass(slots=True)
class Rematching:
    """Each batch is worth as much as the one `policy("fengong")` makes; only which of equal ones it is may differ.

    Tickets and members are known again by their ids, so both may come, go and change. One object belongs to one desk.
    """

    members: Ints = field(default_factory=lambda: _NONE)  # ids, rising; beside them the prices, units
    prices: Ints = field(default_factory=lambda: _NONE)
    tickets: Ints = field(
        default_factory=lambda: _NONE
    )  # ids, rising; beside them the member's id, -1 = waits
    holders: Ints = field(default_factory=lambda: _NONE)

    def assign(self, pool: Pool, queue: Queue, now: float, rules: Rules) -> Assignment:
        if not len(queue) or not len(pool):
            return _NONE, _NONE
        moment = moment_of(Scene(pool, queue, now, rules))
        book, pairs, market = open_market(moment)
        prices, hint = self.recall(moment, book, pairs)
        standing = solve_from(market, prices, hint)
        self.remember(moment, book, pairs, standing)
        winner = close_market(moment, book, pairs, standing.match)
        places = np.flatnonzero(winner >= 0)
        return places, winner[places]

    def recall(self, moment: Moment, book: Book, pairs: Pairs) -> tuple[Ints, Ints]:
        """The last price of each of `book.people`, 0 if there is none; and for each of `book.asked` the pair with the
        member it was matched to, -1 if there is none.
        """
        people, asked = moment.crew.ids[book.people], moment.line.ids[book.asked]
        held_by = np.repeat(_known(self.tickets, self.holders, asked, -1), np.diff(pairs.first))
        again = np.flatnonzero(people[pairs.member] == held_by)
        hint = np.full(len(asked), -1)
        hint[np.searchsorted(pairs.first, again, side="right") - 1] = again
        return _known(self.members, self.prices, people, 0), hint

    def remember(self, moment: Moment, book: Book, pairs: Pairs, standing: Standing) -> None:
        """Keep this solution for the next time."""
        people = moment.crew.ids[book.people]
        order = np.argsort(people)
        self.members, self.prices = people[order], standing.price[order]
        self.tickets = moment.line.ids[book.asked]  # `asked` is in order of ids
        self.holders = np.full(len(self.tickets), -1)
        won = np.flatnonzero(standing.match >= 0)
        self.holders[won] = people[pairs.member[standing.match[won]]]


def _known(ids: Ints, values: Ints, wanted: Ints, otherwise: int) -> Ints:
    """The value beside each wanted id."""
    if not len(ids):
        return np.full(len(wanted), otherwise)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[place] == wanted, values[place], otherwise)
