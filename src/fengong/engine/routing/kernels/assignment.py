"""The exact optimum of one sparse assignment: which ticket goes to which member, where members have several slots.

Successive shortest augmenting paths with prices (Edmonds & Karp 1972, section 3; for sparse assignments Jonker &
Volgenant 1987): one ticket after the other is let in, on the cheapest path that may move others along, and the prices
of the members are raised just so far that nobody would rather be elsewhere. Slot number j + 1 of a member costs
j * rise more than the first, which is convex, so slots fill in order and a member is one node with one price.

Invariants, with s(j) = j * rise the cost of slot j + 1, u = max(0, gain - price) the profit of a ticket:
every matched ticket earns its u by its match, and a waiting one has u = 0; s(used - 1) <= price <= s(used), the right
half where a slot is left. They are the conditions of optimality (complementary slackness).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, lean, making
from fengong.engine.routing.arrays import Ints

FAR = np.iinfo(np.int64).max
LEAST, MEMBER, TICKET = range(3)  # what `Search.end` says
HEAP, TOUCHED, SETTLED = range(3)  # what `Search.size` counts


class Market(NamedTuple):
    """k tickets, n members, p arcs; all i64.

    first[k + 1]: the arcs of ticket t are first[t] : first[t + 1] · member[p] · gain[p]: what the match wins over
    waiting; only gains above 0 are ever taken · slots[n] · rise[n] >= 0.
    """

    first: Ints
    member: Ints
    gain: Ints
    slots: Ints
    rise: Ints


class Standing(NamedTuple):
    """match[k]: the arc a ticket is matched by, -1 = waits · price[n] · used[n] slots · head[n], after[k], before[k]:
    the tickets matched to a member as a chain, -1 = none.
    """

    match: Ints
    price: Ints
    used: Ints
    head: Ints
    after: Ints
    before: Ints


class Search(NamedTuple):
    """Memory of one search, all i64[n]: far, the length of the shortest path to a member; via, its last arc; owner,
    the ticket of that arc; heap, place: a heap of members by `far`; touched, settled; size[3]: how many of
    each; end[3]: the best end of a path so far.
    """

    far: Ints
    via: Ints
    owner: Ints
    heap: Ints
    place: Ints
    touched: Ints
    settled: Ints
    size: Ints
    end: Ints


@making
def standing_of(tickets: int, members: int) -> Standing:
    """Everybody waits and every member is free of charge."""
    return Standing(
        match=np.full(tickets, -1),
        price=np.zeros(members, dtype=np.int64),
        used=np.zeros(members, dtype=np.int64),
        head=np.full(members, -1),
        after=np.full(tickets, -1),
        before=np.full(tickets, -1),
    )


@making
def search_of(members: int) -> Search:
    """Nothing searched yet."""
    return Search(
        far=np.full(members, FAR),
        via=np.full(members, -1),
        owner=np.full(members, -1),
        heap=np.full(members, -1),
        place=np.full(members, -1),
        touched=np.full(members, -1),
        settled=np.full(members, -1),
        size=np.zeros(3, dtype=np.int64),
        end=np.zeros(3, dtype=np.int64),
    )


@lean
def assign_all(market: Market, standing: Standing, search: Search, order: Ints) -> None:
    """Lets the tickets in, one after the other in this order; afterwards `standing` is an optimum over them."""
    for ticket in order:
        if not enter_directly(market, standing, ticket):
            enter(market, standing, search, ticket)


@inner
def enter_directly(market: Market, standing: Standing, ticket: int) -> bool:
    """Lets a ticket in where no search is needed: no match pays, or the best member has a slot at the present price."""
    best, least = -1, 0
    for arc in range(market.first[ticket], market.first[ticket + 1]):
        cost = standing.price[market.member[arc]] - market.gain[arc]
        if cost < least:
            best, least = arc, cost
    if best < 0:
        return True
    member = market.member[best]
    used = standing.used[member]
    if used == market.slots[member] or standing.price[member] != used * market.rise[member]:
        return False
    standing.used[member] += 1
    link(standing, ticket, member, best)
    return True


@inner
def enter(market: Market, standing: Standing, search: Search, ticket: int) -> None:
    """Lets a ticket in on the cheapest path: it ends at a free slot, or at a ticket that then waits."""
    end = search.end
    end[LEAST], end[MEMBER], end[TICKET] = 0, -1, ticket
    relax(market, standing, search, ticket, 0)
    while search.size[HEAP] > 0 and search.far[search.heap[0]] < end[LEAST]:
        member = pop(search)
        onward = search.far[member] - standing.price[member]
        other = standing.head[member]
        while other >= 0:
            here = onward + market.gain[standing.match[other]]
            if here < end[LEAST]:
                end[LEAST], end[MEMBER], end[TICKET] = here, -1, other
            relax(market, standing, search, other, here)
            other = standing.after[other]
    raise_prices(standing, search)
    move_along(market, standing, search, ticket)
    forget(search)


@inner
def relax(market: Market, standing: Standing, search: Search, ticket: int, onward: int) -> None:
    """Looks where this ticket could go; `onward` is the cost of the path so far."""
    end = search.end
    for arc in range(market.first[ticket], market.first[ticket + 1]):
        member = market.member[arc]
        far = onward + standing.price[member] - market.gain[arc]
        if far < end[LEAST] and far < search.far[member]:
            search.far[member], search.via[member], search.owner[member] = far, arc, ticket
            push(search, member)
            used = standing.used[member]
            ending = far + used * market.rise[member] - standing.price[member]
            if used < market.slots[member] and ending < end[LEAST]:
                end[LEAST], end[MEMBER], end[TICKET] = ending, member, -1


@inner
def raise_prices(standing: Standing, search: Search) -> None:
    """Keeps every profit the largest there is, now that the members reached are dearer by what was gained on them."""
    for i in range(search.size[SETTLED]):
        member = search.settled[i]
        standing.price[member] += max(0, search.end[LEAST] - search.far[member])


@inner
def move_along(market: Market, standing: Standing, search: Search, ticket: int) -> None:
    """Moves everybody on the path one place on; it ends at the last member, or else with the last ticket waiting."""
    member, last = search.end[MEMBER], search.end[TICKET]
    if member >= 0:
        standing.used[member] += 1
    elif last != ticket:
        member = market.member[standing.match[last]]
        unlink(standing, last, member)
    while member >= 0:
        mover, arc = search.owner[member], search.via[member]
        left = -1
        if mover != ticket:
            left = market.member[standing.match[mover]]
            unlink(standing, mover, left)
        link(standing, mover, member, arc)
        member = left


@inner
def link(standing: Standing, ticket: int, member: int, arc: int) -> None:
    """Puts a ticket at the head of the member's chain."""
    head = standing.head[member]
    standing.match[ticket], standing.after[ticket], standing.before[ticket] = arc, head, -1
    if head >= 0:
        standing.before[head] = ticket
    standing.head[member] = ticket


@inner
def unlink(standing: Standing, ticket: int, member: int) -> None:
    """Takes a ticket out of the member's chain."""
    after, before = standing.after[ticket], standing.before[ticket]
    if after >= 0:
        standing.before[after] = before
    if before >= 0:
        standing.after[before] = after
    else:
        standing.head[member] = after
    standing.match[ticket] = -1


@inner
def forget(search: Search) -> None:
    """Makes the memory ready for the next search."""
    for i in range(search.size[TOUCHED]):
        member = search.touched[i]
        search.far[member], search.place[member] = FAR, -1
    search.size[:] = 0


@inner
def push(search: Search, member: int) -> None:
    """Puts a member on the heap, or moves it up if it is there."""
    at = search.place[member]
    if at < 0:
        at = search.size[HEAP]
        search.size[HEAP] += 1
        search.touched[search.size[TOUCHED]] = member
        search.size[TOUCHED] += 1
    heap, far = search.heap, search.far[member]
    while at > 0:
        above = (at - 1) >> 1
        if search.far[heap[above]] <= far:
            break
        heap[at] = heap[above]
        search.place[heap[at]] = at
        at = above
    heap[at] = member
    search.place[member] = at


@inner
def pop(search: Search) -> int:
    """Takes the nearest member off the heap; it is settled."""
    heap, nearest = search.heap, search.heap[0]
    search.size[HEAP] -= 1
    last, size = heap[search.size[HEAP]], search.size[HEAP]
    far, at = search.far[last], 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and search.far[heap[below + 1]] < search.far[heap[below]]:
            below += 1
        if search.far[heap[below]] >= far:
            break
        heap[at] = heap[below]
        search.place[heap[at]] = at
        at = below
    heap[at] = last
    search.place[last] = at
    search.settled[search.size[SETTLED]] = nearest
    search.size[SETTLED] += 1
    return int(nearest)
