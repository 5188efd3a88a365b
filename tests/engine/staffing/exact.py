"""The same queues by other means: state by state, in 60 decimal digits and with exponents that do not end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import count, permutations

NEGLIGIBLE = Decimal("1e-55")


@dataclass(frozen=True)
class Found:
    """Sums over the states of a birth-and-death process with `servers` servers."""

    p_wait: Decimal
    mean_queue: Decimal
    busy: Decimal
    last: Decimal


def loss(servers: int, load: float) -> Decimal:
    """Erlang B from its definition."""
    with localcontext(prec=60):
        return states(load, 1.0, servers, places=servers).last


def states(
    arrivals: float, service: float, servers: int, *, patience: float = 0.0, places: int | None = None
) -> Found:
    """Walk up the states from empty, adding them up, until what is left does not count or all places are taken."""
    with localcontext(prec=60):
        rate, speed, leaving = Decimal(arrivals), Decimal(service), Decimal(patience)
        weight = total = Decimal(1)
        waiting, queue, busy = Decimal(0), Decimal(0), Decimal(0)
        for state in count(1) if places is None else range(1, places + 1):
            serving, line = min(state, servers), max(0, state - servers)
            weight *= rate / (serving * speed + line * leaving)
            total += weight
            busy += serving * weight
            queue += line * weight
            if state >= servers:
                waiting += weight
            if places is None and state > servers and weight * state < NEGLIGIBLE * min(waiting, queue):
                break
        return Found(waiting / total, queue / total, busy / total, weight / total)


def patient(arrivals: float, service: float, servers: int) -> Found:
    """M/M/c, the endless geometric tail in closed form."""
    with localcontext(prec=60):
        full = states(arrivals, service, servers, places=servers)
        ratio = Decimal(arrivals) / (Decimal(service) * servers)
        tail = full.last / (1 - ratio)
        total = 1 - full.last + tail
        busy = Decimal(arrivals) / Decimal(service)
        return Found(tail / total, tail * ratio / (1 - ratio) / total, busy, Decimal(0))


def impatient_wait_over(time: float, arrivals: float, service: float, patience: float, servers: int) -> float:
    """P(W > t) in Erlang A: over the number waiting, each offered wait a sum of different exponentials."""
    with localcontext(prec=400):
        return float(_left(Decimal(time), Decimal(arrivals), Decimal(service), Decimal(patience), servers))


def _left(time: Decimal, arrivals: Decimal, service: Decimal, patience: Decimal, servers: int) -> Decimal:
    weight = total = Decimal(1)
    over, decays = Decimal(0), []
    coefficients: list[Decimal] = []
    for state in count(1):
        if state > servers:
            over += weight * sum(
                a * b for a, b in zip(_grown(coefficients, decays), (d[1] for d in decays), strict=True)
            )
        serving, line = min(state, servers), max(0, state - servers)
        weight *= arrivals / (serving * service + line * patience)
        total += weight
        if state >= servers:
            rate = servers * service + line * patience
            decays.append((rate, (-rate * time).exp()))
        if state > servers and weight < NEGLIGIBLE * total:
            return (-patience * time).exp() * over / total
    raise AssertionError


def _grown(coefficients: list[Decimal], decays: list[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """Weights of the exponentials in the survival of a sum of exponentials, one stage more than before."""
    newest = decays[-1][0]
    for index, (rate, _) in enumerate(decays[:-1]):
        coefficients[index] *= newest / (newest - rate)
    product = Decimal(1)
    for rate, _ in decays[:-1]:
        product *= rate / (rate - newest)
    coefficients.append(product)
    return coefficients


def by_orders(
    arrivals: list[Fraction], speeds: list[Fraction], skills: list[set[int]]
) -> list[list[Fraction]]:
    """P(wait) and mean wait per class under FCFS-ALIS: the product form summed over every order of the servers."""
    classes, servers = range(len(arrivals)), range(len(speeds))
    able = [{server for server in servers if each in skills[server]} for each in classes]
    total, waits, queues = Fraction(0), [Fraction(0)] * len(arrivals), [Fraction(0)] * len(arrivals)
    for order in permutations(servers):
        for number in range(len(speeds) + 1):
            prefixes = [set(order[: length + 1]) for length in range(number)]
            spare = [
                sum(speeds[one] for one in inside)
                - sum(arrivals[each] for each in classes if able[each] <= inside)
                for inside in prefixes
            ]
            weight = Fraction(1)
            for each in spare:
                weight /= each
            for start in range(number, len(speeds)):
                idle = set(order[start:])
                weight /= sum(arrivals[each] for each in classes if able[each] & idle)
            total += weight
            for each in classes:
                stays = [
                    1 / left for inside, left in zip(prefixes, spare, strict=True) if able[each] <= inside
                ]
                waits[each] += weight if stays else 0
                queues[each] += weight * sum(stays)
    return [[part / total for part in waits], [part / total for part in queues]]
