"""One batch: which waiting ticket goes to which member now, the best that can be found for all of them together.

Where each member has room for one ticket, or all tickets are the same work and nobody has room for more than
`max_slots`, this is an assignment problem and the answer its exact optimum over the pairs looked at (`pairs`): at given
prices more room never makes it worth less. Where capacity is in minutes and efforts differ, it is a generalised
assignment problem (NP-hard): an assignment over estimated slots is solved, what really fits is kept, and what did not
fit and the room that is left go through the next pass. As the slots are an estimate, the greedy batch is made as well,
and the better of the two is the answer: never less than greed, never more than where tickets may be split.
"""

from __future__ import annotations

from math import floor, inf

import numpy as np

from fengong.engine.compiled import compiled, inner, making
from fengong.engine.routing.arrays import Ints
from fengong.engine.routing.kernels.assignment import (
    Market,
    Standing,
    assign_all,
    search_of,
    standing_of,
)
from fengong.engine.routing.kernels.book import Book, book_of, empty_again, fits, give, room_in_all, surcharge
from fengong.engine.routing.kernels.lending import note_lending
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.order import put_in_order
from fengong.engine.routing.kernels.pairs import Pairs, pairs_of
from fengong.engine.routing.kernels.pricing import LOAD_SPREAD
from fengong.engine.routing.kernels.saving import POINTS

NEGLIGIBLE = 1e-6  # points; less than this is rounding, which must not decide


@compiled
def match(moment: Moment) -> Ints:
    """For each place in `waiting` the member who gets the ticket, or -1: i64[length]."""
    book, pairs = look(moment)
    return finish(moment, book, pairs, solve(market_of(moment, book, pairs)).match)


@making
def look(moment: Moment) -> tuple[Book, Pairs]:
    """An empty batch and all pairs for it."""
    note_lending(moment)
    book = book_of(moment)
    return book, pairs_of(moment, book)


@making
def market_of(moment: Moment, book: Book, pairs: Pairs) -> Market:
    """The assignment problem over `pairs` where the batch stands."""
    slots = np.empty(len(book.people), dtype=np.int64)
    rise = np.empty(len(book.people), dtype=np.int64)
    _count_slots(moment, book, pairs, slots, rise)
    return Market(pairs.first, pairs.member, pairs.gain, slots, rise)


@making
def solve(market: Market) -> Standing:
    """The optimum of this problem; the tickets with most to gain are let in first."""
    greatest = np.zeros(len(market.first) - 1, dtype=np.int64)
    for ticket in range(len(greatest)):
        for arc in range(market.first[ticket], market.first[ticket + 1]):
            greatest[ticket] = max(greatest[ticket], market.gain[arc])
    people = len(market.slots)
    standing = standing_of(len(greatest), people)
    assign_all(market, standing, search_of(people), _falling(greatest))
    return standing


@making
def finish(moment: Moment, book: Book, pairs: Pairs, chosen: Ints) -> Ints:
    """The batch that begins with an optimal assignment over `pairs`: chosen[i], the pair of book.asked[i], or -1."""
    exact = _is_exact(moment, book, pairs)
    _give_fitting(moment, book, pairs, chosen)
    _fill_up(moment, book)
    if exact:
        return book.winner
    plain = empty_again(moment, book)
    _take_greedily(moment, plain, pairs, _falling(pairs.gain))
    if plain.worth[0] <= book.worth[0] + NEGLIGIBLE:
        return book.winner
    _fill_up(moment, plain)
    return plain.winner


@making
def _fill_up(moment: Moment, book: Book) -> None:
    """Further passes over what is left, until nothing more fits or pays."""
    given = 1
    while given > 0:
        pairs = pairs_of(moment, book)
        if len(pairs.member) == 0:
            return
        given = _give_fitting(moment, book, pairs, solve(market_of(moment, book, pairs)).match)


@making
def _falling(keys: Ints) -> Ints:
    """Positions in order of falling keys."""
    order = np.arange(len(keys))
    put_in_order(order, keys, -1, np.empty(len(keys), dtype=np.int64))
    return order


@making
def _give_fitting(moment: Moment, book: Book, pairs: Pairs, chosen: Ints) -> int:
    """Gives what was chosen as far as it fits, greatest gain first: at least one match. Returns how many."""
    won, given = np.zeros(len(chosen), dtype=np.int64), 0
    for i in range(len(chosen)):
        won[i] = pairs.gain[chosen[i]] if chosen[i] >= 0 else 0
    for i in _falling(won):
        if won[i] == 0:
            break
        place, member = book.asked[i], book.people[pairs.member[chosen[i]]]
        if fits(moment, book, moment.waiting[place], member):
            give(moment, book, place, member, pairs.saving[chosen[i]])
            given += 1
    return given


@inner
def _count_slots(moment: Moment, book: Book, pairs: Pairs, slots: Ints, rise: Ints) -> None:
    """For each of `people` the unit slots there is room for, and what each costs more than the one before, in units:
    slot j costs 2 w (j - 1) (mean effort / capacity)^2 more than the first, the rise of the convex load spread.
    """
    mean = _efforts(moment, book, pairs)[1]
    for person in range(len(slots)):
        member = book.people[person]
        capacity = moment.crew.capacity[member]
        room = floor((capacity - book.load[member]) / mean)
        slots[person] = max(1, min(room, moment.dials.max_slots, room_in_all(moment, book, member)))
        share = mean / capacity
        rise[person] = int(np.rint(2.0 * moment.dials.weights[LOAD_SPREAD] * share * share * POINTS))


@inner
def _efforts(moment: Moment, book: Book, pairs: Pairs) -> tuple[float, float, float]:
    """The least, mean and greatest effort of the tickets in `pairs`, minutes; 1 if there are none."""
    least, total, most, count = inf, 0.0, 0.0, 0
    for i in range(moment.length):
        if pairs.first[i + 1] > pairs.first[i]:
            effort = moment.line.effort[moment.waiting[book.asked[i]]]
            least, total, most, count = min(least, effort), total + effort, max(most, effort), count + 1
    if count == 0:
        return 1.0, 1.0, 1.0
    return least, max(least, min(most, total / count)), most


@inner
def _is_exact(moment: Moment, book: Book, pairs: Pairs) -> bool:
    """The optimum over slots is the optimum: all tickets are the same work, and no limit but that of minutes and
    `max_slots` can bind, or everybody has room for one only.
    """
    least, _, most = _efforts(moment, book, pairs)
    for person in range(len(book.people)):
        member = book.people[person]
        room = moment.crew.capacity[member] - moment.crew.load[member]
        limit = room_in_all(moment, book, member)
        if limit == 1 or room < 2.0 * least:
            continue
        if least < most or room >= (moment.dials.max_slots + 1) * most or limit <= room / most:
            return False
    return True


@inner
def _take_greedily(moment: Moment, book: Book, pairs: Pairs, order: Ints) -> None:
    """The greatest gain first, then the next that still fits and saves something: quick, some per cent off."""
    owner = 0
    for pair in order:
        owner = _owner(pairs, pair)
        place, member = book.asked[owner], book.people[pairs.member[pair]]
        ticket = moment.waiting[place]
        if book.winner[place] >= 0 or not fits(moment, book, ticket, member):
            continue
        if pairs.saving[pair] > surcharge(moment, book, ticket, member):
            give(moment, book, place, member, pairs.saving[pair])


@inner
def _owner(pairs: Pairs, pair: int) -> int:
    """Whose pair this is: the last ticket that begins at or before it."""
    low, high = 0, len(pairs.first) - 1
    while high - low > 1:
        middle = (low + high) >> 1
        if pairs.first[middle] <= pair:
            low = middle
        else:
            high = middle
    return low
