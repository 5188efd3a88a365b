"""The matches worth looking at in one batch, ticket by ticket: eligible, still fitting, saving something.

Members are found by topic, so only those who know something of it are looked at. Where there are very many pairs, each
ticket keeps `top_n`: the better half by saving, the rest from a window that moves on with the ticket's id. Were all by
saving, a hundred alike tickets would all ask for the same few members; moving by id, a ticket keeps its window whatever
comes and goes beside it.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, making
from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.book import Book, fits, surcharge
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.pricing import ask_of, given_rate
from fengong.engine.routing.kernels.saving import saving_of, units_of


class Pairs(NamedTuple):
    """first i64[length + 1]: the pairs of `book.asked[i]` are first[i] : first[i + 1] · member i64[p], a place in
    `book.people` · gain i64[p] units, net of what the batch has given before · saving f64[p] points, by itself.
    """

    first: Ints
    member: Ints
    gain: Ints
    saving: Floats


class Knowing(NamedTuple):
    """Who knows a topic: places in `book.people`, in order; first i64[topics + 1], place i64[q]."""

    first: Ints
    place: Ints


class Found(NamedTuple):
    """Memory for the matches of one ticket: member i64[n], gain i64[n], saving f64[n], best i64[top_n]."""

    member: Ints
    gain: Ints
    saving: Floats
    best: Ints


@making
def pairs_of(moment: Moment, book: Book) -> Pairs:
    """Every match that is still possible, where the batch stands."""
    people, left = len(book.people), _left(book)
    top_n, every = moment.dials.top_n, left * people
    crowded = people > top_n and every > moment.dials.prune_above
    size = left * top_n if crowded else every
    pairs = Pairs(
        np.zeros(moment.length + 1, dtype=np.int64),
        np.empty(size, dtype=np.int64),
        np.empty(size, dtype=np.int64),
        np.empty(size),
    )
    found = Found(
        np.empty(people, dtype=np.int64),
        np.empty(people, dtype=np.int64),
        np.empty(people),
        np.empty(top_n, dtype=np.int64),
    )
    count = _fill(moment, book, pairs, (found, _knowing(moment, book)), crowded)
    return Pairs(pairs.first, pairs.member[:count], pairs.gain[:count], pairs.saving[:count])


@making
def _knowing(moment: Moment, book: Book) -> Knowing:
    topics = moment.crew.proficiency.shape[1]
    first, nobody = np.zeros(topics + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
    _walk(moment, book, first, nobody)
    place = np.empty(first[topics], dtype=np.int64)
    _walk(moment, book, first, place)
    return Knowing(first, place)


@inner
def _walk(moment: Moment, book: Book, first: Ints, place: Ints) -> None:
    """Who knows the topics that wait: their places, or only how many where there is no room for places."""
    least, count = _least_need(moment), 0
    for topic in range(len(first) - 1):
        waiting = moment.tally.waiting[1, topic] + moment.tally.waiting[2, topic]
        asked = waiting + moment.tally.waiting[3, topic] > 0
        for person in range(len(book.people) if asked else 0):
            member = book.people[person]
            full = book.load[member] >= moment.crew.capacity[member]
            if not full and moment.crew.proficiency[member, topic] >= least:
                if len(place) > 0:
                    place[count] = person
                count += 1
        first[topic + 1] = count


@inner
def _fill(moment: Moment, book: Book, pairs: Pairs, memory: tuple[Found, Knowing], crowded: bool) -> int:
    """Into `pairs`; returns how many there are."""
    (found, knowing), count, rate = memory, 0, given_rate(moment)
    for i in range(moment.length):
        place = book.asked[i]
        pairs.first[i] = count
        if book.winner[place] >= 0:
            continue
        several = _look(moment, book, found, knowing, (place, rate))
        if crowded and several > moment.dials.top_n:
            count = _keep_some(pairs, found, count, several, moment.line.ids[moment.waiting[place]])
        else:
            count = _keep(pairs, found, count, several)
    pairs.first[moment.length] = count
    return count


@inner
def _look(moment: Moment, book: Book, found: Found, knowing: Knowing, asked: tuple[int, float]) -> int:
    """Into `found`: the matches of the ticket at a place in `waiting`; returns how many there are."""
    count, ticket = 0, moment.waiting[asked[0]]
    ask = ask_of(moment, ticket, book.helped[asked[0]], asked[1])
    for each in range(knowing.first[ask.topic], knowing.first[ask.topic + 1]):
        person = knowing.place[each]
        member = book.people[person]
        if not fits(moment, book, ticket, member):
            continue
        saving = saving_of(moment, ask, member)
        gain = units_of(saving - surcharge(moment, book, ticket, member))
        if gain > 0:
            found.member[count], found.gain[count], found.saving[count] = person, gain, saving
            count += 1
    return count


@inner
def _keep(pairs: Pairs, found: Found, count: int, several: int) -> int:
    for i in range(several):
        _copy(pairs, found, count + i, i)
    return count + several


@inner
def _keep_some(pairs: Pairs, found: Found, count: int, several: int, ticket: int) -> int:
    """The best half, the first of equal ones first, and the window of the ticket with this id."""
    half, window = len(found.best) // 2, len(found.best) - len(found.best) // 2
    _rank_best(found, several, half)
    least, above = found.best[half - 1], 0
    while found.best[above] > least:
        above += 1
    ties, begin = half - above, (ticket * window) % several
    for i in range(several):
        tied = found.gain[i] == least and ties > 0
        ties -= 1 if tied else 0
        if found.gain[i] > least or tied or (i - begin) % several < window:
            _copy(pairs, found, count, i)
            count += 1
    return count


@inner
def _rank_best(found: Found, several: int, half: int) -> None:
    """Into `best`: the largest gains, falling; by insertion, as they are few."""
    size = 0
    for i in range(several):
        gain = found.gain[i]
        if size == half and gain <= found.best[half - 1]:
            continue
        at = size if size < half else half - 1
        while at > 0 and found.best[at - 1] < gain:
            found.best[at] = found.best[at - 1]
            at -= 1
        found.best[at] = gain
        size = min(half, size + 1)


@inner
def _copy(pairs: Pairs, found: Found, to: int, i: int) -> None:
    pairs.member[to], pairs.gain[to], pairs.saving[to] = found.member[i], found.gain[i], found.saving[i]


@inner
def _left(book: Book) -> int:
    """How many tickets are not given to anybody yet."""
    left = 0
    for place in range(len(book.winner)):
        left += 1 if book.winner[place] < 0 else 0
    return left


@inner
def _least_need(moment: Moment) -> float:
    """Nobody below this proficiency takes anything."""
    dials = moment.dials
    least = min(dials.need[0], dials.need[1], dials.need[2])
    return float(min(least, dials.easing_floor) if dials.easing_every < inf else least)
