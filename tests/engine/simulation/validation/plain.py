"""The same systems by a few lines of plain Python: slow, and written apart from the simulator it is held against."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass
from math import inf

import numpy as np

from benchmarks.validation.systems import System

ARRIVAL, DONE, LEAVES = range(3)


@dataclass(frozen=True)
class Trace:
    """Contacts in the order of arrival: f64 `arrival`, `work` (minutes at speed 1), `patience`; int `topic`."""

    arrival: np.ndarray
    topic: np.ndarray
    work: np.ndarray
    patience: np.ndarray


def drawn(system: System, minutes: float, seed: int) -> Trace:
    """A trace of the system's own laws."""
    random = np.random.default_rng(seed)
    rates = np.array(system.arrival_rates)
    count = random.poisson(rates.sum() * minutes)
    topic = random.choice(len(rates), size=count, p=rates / rates.sum())
    work = random.exponential(1 / np.array(system.service_rates)[topic])
    patience = (
        random.exponential(1 / system.patience_rate, count) if system.patience_rate else np.full(count, inf)
    )
    return Trace(np.sort(random.uniform(0.0, minutes, count)), topic, work, patience)


class Floor:
    """Who is idle since when, who waits, and what happens next."""

    def __init__(self, system: System, trace: Trace) -> None:
        self.system, self.trace = system, trace
        self.group = [place for place, group in enumerate(system.groups) for _ in range(group.members)]
        self.idle_since = [float(-member) for member in range(len(self.group), 0, -1)]
        self.free = [True] * len(self.group)
        self.lines: list[deque[int]] = [deque() for _ in system.arrival_rates]
        self.skills = [{skill.topic: skill for skill in group.skills} for group in system.groups]
        self.inside = 0
        count = len(trace.arrival)
        self.begun, self.left = np.full(count, np.nan), np.full(count, np.nan)
        self.blocked = np.zeros(count, dtype=bool)
        self.events = [(time, ticket, ARRIVAL, -1) for ticket, time in enumerate(trace.arrival.tolist())]
        heapq.heapify(self.events)

    def run(self) -> Floor:
        while self.events:
            now, ticket, kind, member = heapq.heappop(self.events)
            if kind == ARRIVAL:
                self.arrives(now, ticket)
            elif kind == DONE:
                self.ends(now, member)
            elif np.isnan(self.begun[ticket]):
                self.lines[self.trace.topic[ticket]].remove(ticket)
                self.left[ticket] = now
                self.inside -= 1
        return self

    def arrives(self, now: float, ticket: int) -> None:
        if self.inside >= (self.system.places or inf):
            self.blocked[ticket] = True
            return
        self.inside += 1
        topic = self.trace.topic[ticket]
        able = [
            (self.skills[self.group[member]][topic].offered, self.idle_since[member], member)
            for member in range(len(self.group))
            if self.free[member] and topic in self.skills[self.group[member]]
        ]
        if able:
            self.begins(now, ticket, min(able)[-1])
            return
        self.lines[topic].append(ticket)
        if self.trace.patience[ticket] < inf:
            heapq.heappush(self.events, (now + self.trace.patience[ticket], ticket, LEAVES, -1))

    def begins(self, now: float, ticket: int, member: int) -> None:
        self.begun[ticket] = now
        self.free[member] = False
        end = now + self.trace.work[ticket] / self.system.groups[self.group[member]].speed
        heapq.heappush(self.events, (end, ticket, DONE, member))

    def ends(self, now: float, member: int) -> None:
        self.inside -= 1
        self.free[member], self.idle_since[member] = True, now
        heads = [
            (skill.taken, self.lines[topic][0], topic)
            for topic, skill in self.skills[self.group[member]].items()
            if self.lines[topic]
        ]
        if heads:
            self.begins(now, self.lines[min(heads)[-1]].popleft(), member)


def waits(floor: Floor) -> np.ndarray:
    """Minutes until service began or the contact left; nan for those turned away."""
    return np.where(np.isnan(floor.begun), floor.left, floor.begun) - floor.trace.arrival
