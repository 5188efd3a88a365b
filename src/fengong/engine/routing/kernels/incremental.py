"""The optimum of an assignment that differs little from one that was solved before, from its prices and matches.

What still holds is kept: a match that is still the best its ticket can have at the old prices. What does not is mended,
one shortest path each. A member with a slot left at a price above what the slot costs looks for the ticket that gains
most by coming, with others moving along, or lowers the price (`fill`, the mirror of `assignment.enter`). Then the
tickets without a place are let in as usual. Any prices will do to begin with; the nearer they are, the fewer the paths.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled, inner, making
from fengong.engine.routing.arrays import Ints
from fengong.engine.routing.kernels.assignment import (
    HEAP,
    LEAST,
    MEMBER,
    SETTLED,
    TICKET,
    Market,
    Search,
    Standing,
    enter,
    enter_directly,
    forget,
    link,
    pop,
    push,
    search_of,
    standing_of,
    unlink,
)
from fengong.engine.routing.kernels.book import Book
from fengong.engine.routing.kernels.matching import finish, look, market_of, solve
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.pairs import Pairs

FEW = 10  # if more than one in so many tickets must be let in anew, so may all
OUTSIDE = -2  # in `Standing.match`: not let in yet


class Mesh(NamedTuple):
    """The arcs by member: those of member m are arc[first[m] : first[m + 1]]; first i64[n + 1], arc, ticket i64[p]."""

    first: Ints
    arc: Ints
    ticket: Ints


@compiled
def solve_fresh(market: Market) -> Standing:
    """An optimum, from nothing."""
    return solve(market)


@compiled
def solve_from(market: Market, price: Ints, match: Ints) -> Standing:
    """An optimum, from the prices i64[n] and arcs i64[k] (-1: none) of an earlier one; both only a hint."""
    tickets, members = len(market.first) - 1, len(market.slots)
    standing, search = standing_of(tickets, members), search_of(members)
    for member in range(members):
        standing.price[member] = max(0, price[member])
    for ticket in range(tickets):
        _keep(market, standing, ticket, match[ticket])
    for member in range(members):
        _let_go(market, standing, member)
    if _outside(standing) * FEW > tickets:
        return solve(market)
    _fill_all(market, standing, search)
    for ticket in range(tickets):
        if standing.match[ticket] == OUTSIDE:
            standing.match[ticket] = -1
            if not enter_directly(market, standing, ticket):
                enter(market, standing, search, ticket)
    return standing


@compiled
def open_market(moment: Moment) -> tuple[Book, Pairs, Market]:
    """The first half of `matching.match`: an empty batch, the pairs, the problem to be solved."""
    book, pairs = look(moment)
    return book, pairs, market_of(moment, book, pairs)


@compiled
def close_market(moment: Moment, book: Book, pairs: Pairs, chosen: Ints) -> Ints:
    """The second half: the batch that begins with this solution."""
    return finish(moment, book, pairs, chosen)


@inner
def _keep(market: Market, standing: Standing, ticket: int, arc: int) -> None:
    """Keeps this match if it is still the best there is at these prices; leaves waiting who gains nothing anywhere."""
    profit = 0
    for other in range(market.first[ticket], market.first[ticket + 1]):
        profit = max(profit, market.gain[other] - standing.price[market.member[other]])
    standing.match[ticket] = -1 if profit == 0 else OUTSIDE
    if arc < 0:
        return
    member = market.member[arc]
    best = market.gain[arc] - standing.price[member] == profit
    if best and standing.used[member] < market.slots[member]:
        standing.used[member] += 1
        link(standing, ticket, member, arc)


@inner
def _let_go(market: Market, standing: Standing, member: int) -> None:
    """Lets tickets go whose slots cost more than the price, as they do when slots have become dearer."""
    while standing.used[member] > 0 and standing.price[member] < _last_slot(market, standing, member):
        ticket = standing.head[member]
        unlink(standing, ticket, member)
        standing.match[ticket] = OUTSIDE
        standing.used[member] -= 1


@inner
def _outside(standing: Standing) -> int:
    """How many tickets are not let in yet."""
    count = 0
    for arc in standing.match:
        count += 1 if arc == OUTSIDE else 0
    return count


@inner
def _last_slot(market: Market, standing: Standing, member: int) -> int:
    return int((standing.used[member] - 1) * market.rise[member])


@inner
def _too_dear(market: Market, standing: Standing, member: int) -> bool:
    """A slot is left at a price above what it costs."""
    used = standing.used[member]
    return bool(used < market.slots[member] and standing.price[member] > used * market.rise[member])


@making
def _fill_all(market: Market, standing: Standing, search: Search) -> None:
    count = 0
    for member in range(len(market.slots)):
        count += 1 if _too_dear(market, standing, member) else 0
    if count == 0:
        return
    mesh = _mesh_of(market)
    for member in range(len(market.slots)):
        while _too_dear(market, standing, member):
            fill(market, standing, search, mesh, member)


@making
def _mesh_of(market: Market) -> Mesh:
    first = np.zeros(len(market.slots) + 1, dtype=np.int64)
    for member in market.member:
        first[member + 1] += 1
    for member in range(len(market.slots)):
        first[member + 1] += first[member]
    at = first.copy()
    arc, owner = np.empty(len(market.member), dtype=np.int64), np.empty(len(market.member), dtype=np.int64)
    for ticket in range(len(market.first) - 1):
        for each in range(market.first[ticket], market.first[ticket + 1]):
            member = market.member[each]
            arc[at[member]], owner[at[member]] = each, ticket
            at[member] += 1
    return Mesh(first, arc, owner)


@inner
def fill(market: Market, standing: Standing, search: Search, mesh: Mesh, member: int) -> None:
    """Offers a slot that is too dear: on the cheapest path a waiting ticket comes, or another slot is left, or this."""
    end = search.end
    end[LEAST] = standing.price[member] - standing.used[member] * market.rise[member]
    end[MEMBER], end[TICKET] = member, -1
    search.far[member] = 0
    push(search, member)
    while search.size[HEAP] > 0 and search.far[search.heap[0]] < end[LEAST]:
        _invite(market, standing, search, mesh, pop(search))
    for i in range(search.size[SETTLED]):
        reached = search.settled[i]
        standing.price[reached] -= max(0, end[LEAST] - search.far[reached])
    _come_along(standing, search, mesh, market, member)
    forget(search)


@inner
def _invite(market: Market, standing: Standing, search: Search, mesh: Mesh, member: int) -> None:
    """Looks who could come to this member, and what it would cost them."""
    end, far = search.end, search.far[member] + standing.price[member]
    for i in range(mesh.first[member], mesh.first[member + 1]):
        arc, ticket = mesh.arc[i], mesh.ticket[i]
        now = standing.match[ticket]
        if now == OUTSIDE or far - market.gain[arc] >= end[LEAST]:
            continue
        if now < 0:
            end[LEAST], end[MEMBER], end[TICKET] = far - market.gain[arc], member, i
            continue
        _swap(market, standing, search, (arc, ticket), far)


@inner
def _swap(market: Market, standing: Standing, search: Search, move: tuple[int, int], far: int) -> None:
    """The ticket of this arc might come and leave its present member."""
    arc, ticket = move
    now = standing.match[ticket]
    left = market.member[now]
    cost = far - market.gain[arc] + market.gain[now] - standing.price[left]
    if cost >= search.end[LEAST] or cost >= search.far[left]:
        return
    search.far[left], search.via[left], search.owner[left] = cost, arc, ticket
    push(search, left)
    ending = cost + standing.price[left] - _last_slot(market, standing, left)
    if ending < search.end[LEAST]:
        search.end[LEAST], search.end[MEMBER], search.end[TICKET] = ending, left, -1


@inner
def _come_along(standing: Standing, search: Search, mesh: Mesh, market: Market, member: int) -> None:
    """Moves everybody on the path one place towards the member, who has one ticket more then."""
    at, coming = search.end[MEMBER], search.end[TICKET]
    if coming < 0 and at == member:
        return
    if coming >= 0:
        link(standing, mesh.ticket[coming], at, mesh.arc[coming])
    else:
        standing.used[at] -= 1
    while at != member:
        arc, ticket = search.via[at], search.owner[at]
        unlink(standing, ticket, at)
        at = market.member[arc]
        link(standing, ticket, at, arc)
    standing.used[member] += 1
