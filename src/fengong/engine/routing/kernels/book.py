"""One batch as it grows: who was given what, the room that is left, and what the batch is worth so far.

The worth of a batch is

    sum of savings - w * sum over members ((sum d)^2 - sum d^2),     d = effort / capacity,

with savings at the loads before the batch; the second part is the convex load spread between tickets that one batch
gives to one member. It is counted match by match, as the surcharge each pays on top of those before it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, making
from fengong.engine.routing.arrays import Flags, Floats, Ints
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.order import put_in_order
from fengong.engine.routing.kernels.pricing import LOAD_SPREAD, find_relief
from fengong.engine.routing.kernels.saving import is_kept


class Book(NamedTuple):
    """people i64[n]: open members, longest idle first, then by id · asked i64[length]: places in `waiting` by ticket
    id · helped bool[length], by place: help is due · winner i64[length], by place: a member or -1 · load f64[m],
    open i64[m, channels]: after the batch; waiting, free: as in `tally.Tally`, likewise · worth f64[1] points.
    """

    people: Ints
    asked: Ints
    helped: Flags
    winner: Ints
    load: Floats
    open: Ints
    waiting: Ints
    free: Ints
    worth: Floats


@making
def book_of(moment: Moment) -> Book:
    """An empty batch. The order of people and tickets in it does not depend on how they are stored."""
    helped = np.zeros(moment.length, dtype=np.bool_)
    find_relief(moment, helped)
    return Book(
        people=_people(moment),
        asked=_by_id(moment),
        helped=helped,
        winner=np.full(moment.length, -1, dtype=np.int64),
        load=moment.crew.load.copy(),
        open=moment.crew.held.copy(),
        waiting=moment.tally.waiting.copy(),
        free=moment.tally.free.copy(),
        worth=np.zeros(1),
    )


@making
def empty_again(moment: Moment, book: Book) -> Book:
    """Another empty batch of the same moment."""
    return Book(
        people=book.people,
        asked=book.asked,
        helped=book.helped,
        winner=np.full(moment.length, -1, dtype=np.int64),
        load=moment.crew.load.copy(),
        open=moment.crew.held.copy(),
        waiting=moment.tally.waiting.copy(),
        free=moment.tally.free.copy(),
        worth=np.zeros(1),
    )


@inner
def fits(moment: Moment, book: Book, ticket: int, member: int) -> bool:
    """The member may take this ticket on top of what the batch has given already, and is not better kept free."""
    if not may_take(moment, ticket, member) or is_kept(moment, book.waiting, book.free, ticket, member):
        return False
    if book.load[member] == moment.crew.load[member]:
        return True
    if book.load[member] + moment.line.effort[ticket] > moment.crew.capacity[member]:
        return False
    channel = moment.line.channel[ticket]
    if book.open[member, channel] >= moment.crew.slots[member, channel]:
        return False
    return room_in_all(moment, book, member) > 0


@inner
def room_in_all(moment: Moment, book: Book, member: int) -> int:
    """How many more tickets the member may have open over all channels."""
    total = 0
    for channel in range(book.open.shape[1]):
        total += book.open[member, channel]
    return int(moment.crew.most[member] - total)


@inner
def surcharge(moment: Moment, book: Book, ticket: int, member: int) -> float:
    """Points by which the batch so far raises the load spread of this match."""
    grown = book.load[member] - moment.crew.load[member]
    if grown == 0.0:
        return 0.0
    capacity = moment.crew.capacity[member]
    spread = 2.0 * moment.dials.weights[LOAD_SPREAD] * (grown / capacity)
    return float(spread * (moment.line.effort[ticket] / capacity))


@inner
def give(moment: Moment, book: Book, place: int, member: int, saving: float) -> None:
    """Enters a match that saves so much by itself."""
    ticket = moment.waiting[place]
    book.worth[0] += saving - surcharge(moment, book, ticket, member)
    book.load[member] += moment.line.effort[ticket]
    book.open[member, moment.line.channel[ticket]] += 1
    book.winner[place] = member
    book.waiting[moment.line.tier[ticket], moment.line.topic[ticket]] -= 1
    if book.load[member] >= moment.crew.capacity[member]:
        book.free[moment.crew.group[member]] -= 1


@making
def _by_id(moment: Moment) -> Ints:
    """Places in `waiting` in order of ticket ids."""
    order, ids = np.empty(moment.length, dtype=np.int64), np.empty(moment.length, dtype=np.int64)
    for place in range(moment.length):
        order[place], ids[place] = place, moment.line.ids[moment.waiting[place]]
    put_in_order(order, ids, 1, np.empty(moment.length, dtype=np.int64))
    return order


@making
def _people(moment: Moment) -> Ints:
    """Those who could take anything at all: present, not full, not about to leave."""
    crew, count = moment.crew, 0
    people = np.empty(len(crew.ids), dtype=np.int64)
    for member in range(len(crew.ids)):
        stays = crew.present[member] and crew.off_at[member] > moment.now + moment.dials.guard
        if stays and crew.load[member] < crew.capacity[member]:
            people[count] = member
            count += 1
    people, buffer = people[:count], np.empty(count, dtype=np.int64)
    put_in_order(people, crew.ids, 1, buffer)
    put_in_order(people, crew.idle_since, 1, buffer)
    return people
