"""The least number of servers that keeps a promise.

All take rates per unit of time and `abandonment_rate` = 1 / mean patience, where 0 means that nobody gives up: Erlang A
if it is above 0, Erlang C if not. Without arrivals the answer is 0. The exact formulas are searched, by doubling and
halving, for each of these measures only improves with one more server.
Errors: ValueError, naming the argument, if a rate is out of range or the promise lies outside what can be promised.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from fengong.engine.staffing.checks import not_negative, positive, share
from fengong.engine.staffing.erlang import erlang_b
from fengong.engine.staffing.impatient import ImpatientQueue, impatient_queue
from fengong.engine.staffing.patient import PatientQueue, patient_queue

Queue = PatientQueue | ImpatientQueue


def servers_for_service_level(
    *, arrival_rate: float, service_rate: float, within: float, level: float, abandonment_rate: float = 0.0
) -> int:
    """So that a share `level` (between 0 and 1) of all contacts is answered within `within` >= 0."""
    share("level", level)
    not_negative("within", within)
    return _least(
        arrival_rate, service_rate, abandonment_rate, lambda queue: queue.service_level(within) >= level
    )


def servers_for_mean_wait(
    *, arrival_rate: float, service_rate: float, mean_wait: float, abandonment_rate: float = 0.0
) -> int:
    """So that the mean wait of all contacts, answered or not, is at most `mean_wait` > 0."""
    positive("mean_wait", mean_wait)
    return _least(arrival_rate, service_rate, abandonment_rate, lambda queue: queue.mean_wait <= mean_wait)


def servers_for_p_wait(
    *, arrival_rate: float, service_rate: float, p_wait: float, abandonment_rate: float = 0.0
) -> int:
    """So that at most a share `p_wait` (between 0 and 1) of contacts waits at all."""
    share("p_wait", p_wait)
    return _least(arrival_rate, service_rate, abandonment_rate, lambda queue: queue.p_wait <= p_wait)


def servers_for_abandonment(
    *, arrival_rate: float, service_rate: float, abandonment_rate: float, p_abandon: float
) -> int:
    """So that at most a share `p_abandon` (between 0 and 1) of contacts gives up; `abandonment_rate` > 0."""
    share("p_abandon", p_abandon)
    positive("abandonment_rate", abandonment_rate)

    def few_give_up(queue: Queue) -> bool:
        return isinstance(queue, ImpatientQueue) and queue.p_abandon <= p_abandon

    return _least(arrival_rate, service_rate, abandonment_rate, few_give_up)


def servers_for_occupancy(
    *, arrival_rate: float, service_rate: float, occupancy: float, abandonment_rate: float = 0.0
) -> int:
    """So that servers are busy at most a share `occupancy` (between 0 and 1) of their time."""
    share("occupancy", occupancy)
    return _least(arrival_rate, service_rate, abandonment_rate, lambda queue: queue.occupancy <= occupancy)


def servers_for_blocking(*, load: float, p_blocked: float) -> int:
    """So that at most a share `p_blocked` (between 0 and 1) is lost when nobody can wait (Erlang B)."""
    share("p_blocked", p_blocked)
    if not not_negative("load", load):
        return 0
    return first(0, lambda servers: erlang_b(servers, load) <= p_blocked)


def first(start: int, enough: Callable[[int], bool]) -> int:
    """The least whole number from `start` up that is `enough`, if every number beyond one that is, is too."""
    if enough(start):
        return start
    low, step = start, 1
    while not enough(low + step):
        low, step = low + step, 2 * step
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _least(
    arrival_rate: float, service_rate: float, abandonment_rate: float, kept: Callable[[Queue], bool]
) -> int:
    if not not_negative("arrival_rate", arrival_rate):
        return 0
    load = arrival_rate / positive("service_rate", service_rate)
    if not_negative("abandonment_rate", abandonment_rate):

        def impatient(servers: int) -> bool:
            return kept(
                impatient_queue(
                    arrival_rate=arrival_rate,
                    service_rate=service_rate,
                    abandonment_rate=abandonment_rate,
                    servers=servers,
                )
            )

        return first(1, impatient)

    def patient(servers: int) -> bool:
        return servers * service_rate > arrival_rate and kept(
            patient_queue(arrival_rate=arrival_rate, service_rate=service_rate, servers=servers)
        )

    return first(max(1, floor(load)), patient)
