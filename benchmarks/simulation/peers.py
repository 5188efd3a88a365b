"""The same two models for simpy and for ciw: events until the horizon, and the mean wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from random import Random
from typing import Any

import ciw
import simpy

from benchmarks.simulation.models import (
    KIND_EFFORT,
    KIND_RATE,
    KINDS,
    MANY,
    PLACES,
    RATE,
    SERVERS,
    knows,
)

Process = Generator[Any, Any, None]


def simpy_queue(horizon: float) -> tuple[int, float]:
    """A process per customer and a resource for the servers."""
    env, dice = simpy.Environment(), Random(1)
    servers = simpy.Resource(env, SERVERS)
    tally = [0, 0.0, 0]  # events, minutes waited, answered

    def customer() -> Process:
        came = env.now
        with servers.request() as turn:
            yield turn
            tally[1] += env.now - came
            tally[2] += 1
            yield env.timeout(dice.expovariate(1.0))
        tally[0] += 1

    def arrivals() -> Process:
        while True:
            yield env.timeout(dice.expovariate(RATE))
            tally[0] += 1
            env.process(customer())

    env.process(arrivals())
    env.run(horizon)
    return int(tally[0]), tally[1] / tally[2]


def ciw_queue(horizon: float) -> tuple[int, float]:
    """The network of one node."""
    ciw.seed(1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RATE)],
        service_distributions=[ciw.dists.Exponential(rate=1.0)],
        number_of_servers=[SERVERS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(horizon)
    records = simulation.get_all_records()
    waits = [record.waiting_time for record in records]
    return 2 * len(records), sum(waits) / len(waits)


def simpy_desk(horizon: float) -> tuple[int, float]:
    """A process per call that takes an agent who knows its kind out of a store, and puts the agent back.

    The store gives the agent who has been in it longest, to the call that has waited longest of those the agent may
    have: first come first served, longest idle agent.
    """
    env, dice = simpy.Environment(), Random(1)
    agents = simpy.FilterStore(env)
    agents.items = [knows(agent % KINDS) for agent in range(MANY)]
    tally = [0, 0.0, 0, 0]  # events, minutes waited, answered, inside

    def call(kind: int) -> Process:
        came = env.now
        agent = yield agents.get(lambda skills: kind in skills)
        tally[1] += env.now - came
        tally[2] += 1
        yield env.timeout(dice.expovariate(1.0 / KIND_EFFORT))
        tally[0] += 1
        tally[3] -= 1
        yield agents.put(agent)

    def arrivals(kind: int) -> Process:
        while True:
            yield env.timeout(dice.expovariate(KIND_RATE))
            tally[0] += 1
            if tally[3] < PLACES:
                tally[3] += 1
                env.process(call(kind))

    for kind in range(KINDS):
        env.process(arrivals(kind))
    env.run(horizon)
    return int(tally[0]), tally[1] / tally[2]


def lean_desk(horizon: float) -> tuple[int, float]:
    """The same by hand: simpy for the clock only, agents and lines in plain Python."""
    return _Desk().run(horizon)


class _Desk:
    """First come first served, longest idle agent."""

    def __init__(self) -> None:
        self.env, self.dice = simpy.Environment(), Random(1)
        self.skills = [knows(agent % KINDS) for agent in range(MANY)]
        self.idle: dict[int, None] = dict.fromkeys(range(MANY))  # in the order of becoming idle
        self.lines: list[deque[tuple[float, Any]]] = [deque() for _ in range(KINDS)]
        self.inside = self.events = self.answered = 0
        self.waited = 0.0

    def run(self, horizon: float) -> tuple[int, float]:
        for kind in range(KINDS):
            self.env.process(self._arrivals(kind))
        self.env.run(horizon)
        return self.events, self.waited / self.answered

    def _arrivals(self, kind: int) -> Process:
        while True:
            yield self.env.timeout(self.dice.expovariate(KIND_RATE))
            self.events += 1
            if self.inside < PLACES:
                self.inside += 1
                self.env.process(self._call(kind))

    def _call(self, kind: int) -> Process:
        came = self.env.now
        agent = next((one for one in self.idle if kind in self.skills[one]), None)
        if agent is None:
            turn = self.env.event()
            self.lines[kind].append((came, turn))
            agent = yield turn
        else:
            del self.idle[agent]
        self.waited += self.env.now - came
        self.answered += 1
        yield self.env.timeout(self.dice.expovariate(1.0 / KIND_EFFORT))
        self.events += 1
        self.inside -= 1
        self._free(agent)

    def _free(self, agent: int) -> None:
        waiting = [self.lines[kind] for kind in self.skills[agent] if self.lines[kind]]
        if waiting:
            first = min(waiting, key=lambda line: line[0][0])
            first.popleft()[1].succeed(agent)
        else:
            self.idle[agent] = None
