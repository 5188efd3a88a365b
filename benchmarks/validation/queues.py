"""Systems whose steady state has a closed form, and how long each is to be simulated to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from benchmarks.validation.lengths import needed
from benchmarks.validation.systems import System, one_line, ranked, tiers
from fengong.engine.staffing.erlang import erlang_c
from fengong.engine.staffing.impatient import impatient_queue
from fengong.engine.staffing.limited import limited_queue
from fengong.engine.staffing.priorities import priority_waits

TARGET = 0.2  # minutes: the promised wait that service levels are about
RUNS = 40  # independent replications of every setting
WIDTHS = (0.03, 0.06, 0.1)  # half-widths asked for, as a share of the figure: the first that can be afforded
TEST, FULL = 1.5e6, 1.5e7  # contacts that a setting may take in the test and in the benchmark
_SWIFT = 8  # times as many contacts in the same time
_BY_CLASS = 1.3  # figures of one class vary more than those of the whole line
_BY_COUNT = (
    2.0  # the share of contacts turned away varies more than the share of time that all places are taken
)
_NEARLY_ALL = 0.95  # shares this near to 1 say nothing in a run of any length


@dataclass(frozen=True)
class Setting:
    """A system and what theory says of it; figures are named `what` or `what, class k`, all waits in minutes.

    `unit` minutes of all runs together would make half an interval as wide as the figure itself. `swift`: by the
    recursion that the simulator has for one pool, which is the same draws without events, and allows longer runs.
    """

    family: str
    name: str
    system: System
    exact: dict[str, float]
    unit: float
    swift: bool = False

    def width(self, contacts: float) -> float | None:
        """The narrowest half-width that so many contacts, in all runs together, can give; None if too few for any."""
        rate, most = sum(self.system.arrival_rates), contacts * (_SWIFT if self.swift else 1)
        return next((width for width in WIDTHS if self.unit / width**2 * rate <= most), None)

    def minutes(self, width: float) -> float:
        """How long each run must last for half-intervals of this share of the figures."""
        return self.unit / width**2 / RUNS


def settings() -> tuple[Setting, ...]:
    """All of them, families in the order of the table."""
    return (
        *erlang_c_settings(),
        *erlang_a_settings(),
        *limited_settings(),
        *ranked_settings(),
        *tier_settings(),
    )


def erlang_c_settings() -> Iterator[Setting]:
    """M/M/c; arrivals per minute, service takes a minute. Few wait in large teams, so these need long runs."""
    rows = (
        (1, 0.5),
        (1, 0.8),
        (2, 1.4),
        (5, 4.0),
        (10, 8.0),
        (12, 8.4),
        (14, 10.0),
        (20, 16.0),
        (20, 18.0),
        (50, 45.0),
        (100, 90.0),
        (200, 185.0),
        (500, 480.0),
        (1000, 970.0),
    )
    for servers, load in rows:
        delayed = erlang_c(servers, load)
        (line,) = priority_waits(arrival_rates=[load], service_rate=1.0, servers=servers)
        exact = {
            "delayed": delayed,
            "wait": delayed / (servers - load),
            "within target": line.service_level(TARGET),
        }
        name = f"{servers} servers, load {load:g}"
        yield Setting("M/M/c", name, one_line(servers, load), exact, _unit(servers, load), servers >= 50)


def erlang_a_settings() -> Iterator[Setting]:
    """M/M/c+M, by events but for the two that need the longest runs."""
    rows = (
        (10.0, 1.0, 0.5, 10),
        (10.0, 1.0, 1.0, 10),
        (4.2, 0.5, 1.0, 12),
        (48.0, 1.0, 0.5, 50),
        (100.0, 1.0, 0.5, 100),
        (100.0, 1.0, 0.5, 110),
        (102.0, 1.0, 1.0, 100),
        (220.0, 1.0, 0.5, 200),
        (500.0, 1.0, 1.0, 500),
        (1000.0, 1.0, 0.1, 1030),
        (1050.0, 1.0, 1.0, 1000),
    )
    for arrivals, service, leaving, servers in rows:
        line = impatient_queue(
            arrival_rate=arrivals, service_rate=service, abandonment_rate=leaving, servers=servers
        )
        load = arrivals / service
        exact = {"abandoned": line.p_abandon, "wait": line.mean_wait}
        if line.p_wait < _NEARLY_ALL:
            exact |= {"delayed": line.p_wait, "within target": line.service_level(TARGET)}
        system = one_line(servers, arrivals, service, patience_rate=leaving)
        name = f"{servers} servers, load {load:g}, patience {1 / leaving:g} min"
        unit = _unit(servers, load, leaving=leaving / service) / service
        yield Setting("M/M/c+M", name, system, exact, unit, load < servers and servers > 100)


def limited_settings() -> Iterator[Setting]:
    """M/M/c/K; waits are of those let in."""
    rows = (
        (3, 3.0, 6),
        (5, 5.0, 10),
        (10, 10.0, 10),
        (50, 55.0, 60),
        (100, 95.0, 110),
        (100, 100.0, 100),
        (500, 510.0, 520),
        (1000, 1100.0, 1000),
        (1000, 1050.0, 1050),
    )
    for servers, load, places in rows:
        line = limited_queue(arrival_rate=load, service_rate=1.0, servers=servers, places=places)
        exact = {"blocked": line.p_blocked}
        if places > servers:
            exact |= {"delayed": line.p_wait, "wait": line.mean_wait}
        name = f"{servers} servers, load {load:g}, {places} places"
        unit = _BY_COUNT * _unit(servers, load, places=places)
        yield Setting("M/M/c/K", name, one_line(servers, load, places=places), exact, unit)


def ranked_settings() -> Iterator[Setting]:
    """M/M/c with non-preemptive priorities, the highest class first."""
    rows = (
        (1, (0.3, 0.3)),
        (3, (0.6, 0.9, 0.6)),
        (10, (4.0, 4.0)),
        (20, (6.0, 6.0, 5.0)),
        (40, (15.0, 16.0)),
    )
    for servers, arrivals in rows:
        lines = priority_waits(arrival_rates=arrivals, service_rate=1.0, servers=servers)
        exact = {}
        for place, line in enumerate(lines):
            exact[f"wait, class {place}"] = line.mean_wait
            exact[f"within target, class {place}"] = line.service_level(TARGET)
        name = f"{servers} servers, loads {' + '.join(f'{rate:g}' for rate in arrivals)}"
        unit = _BY_CLASS * _unit(servers, sum(arrivals))
        yield Setting("priorities", name, ranked(servers, *arrivals), exact, unit)


def tier_settings() -> Iterator[Setting]:
    """Two tiers in tandem: departures of the first are Poisson, so each tier is M/M/c (Burke 1956; Jackson 1957)."""
    rows = (
        (2, 1, 1.4, 0.4, (1.0, 0.8)),
        (5, 2, 4.0, 0.3, (1.0, 0.8)),
        (10, 4, 8.0, 0.25, (1.0, 0.7)),
        (20, 8, 16.0, 0.2, (1.0, 0.6)),
    )
    for first, second, arrivals, escalated, rates in rows:
        loads = arrivals / rates[0], escalated * arrivals / rates[1]
        sizes = first, second
        exact = {
            f"wait, class {tier}": erlang_c(sizes[tier], loads[tier])
            / (sizes[tier] - loads[tier])
            / rates[tier]
            for tier in range(2)
        }
        unit = _BY_CLASS * max(_unit(sizes[tier], loads[tier]) / rates[tier] for tier in range(2))
        name = f"{first} + {second} members, load {loads[0]:g}, {escalated:.0%} go up"
        yield Setting("tiers", name, tiers(first, second, arrivals, escalated, rates), exact, unit)


def _unit(servers: int, load: float, *, leaving: float = 0.0, places: float = inf) -> float:
    return needed(servers, load, 1.0, runs=RUNS, leaving=leaving, places=places)
