"""A small team and the tickets that come to it, as a queueing model."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.engine.staffing.checks import not_negative, positive, whole

Table = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class SmallTeam:
    """Kinds of tickets arrive by Poisson processes; groups of identical members work on one ticket each at a time.

    `arrivals`: per kind, per unit of time · `members`: per group · `rates[kind][group]`: exponential service rate, 0 =
    cannot · `costs`: per kind; while q tickets of a kind wait it costs costs * q^power per unit of time, power 1 or 2 ·
    `longest`: per kind, how many may wait; who comes then is lost, at no cost. Work once begun is finished, and tickets
    may be left waiting though somebody is free. Errors: ValueError if lengths differ, a number is out of range, or
    nobody can do a kind.
    """

    arrivals: tuple[float, ...]
    members: tuple[int, ...]
    rates: Table
    costs: tuple[float, ...]
    longest: tuple[int, ...]
    power: int = 1

    def __post_init__(self) -> None:
        kinds = len(self.arrivals)
        if not kinds or {len(self.rates), len(self.costs), len(self.longest)} != {kinds}:
            raise ValueError("arrivals, rates, costs and longest must name the same kinds, at least one")
        if any(len(row) != len(self.members) for row in self.rates):
            raise ValueError("rates must have one column for each group in members")
        if self.power not in (1, 2):
            raise ValueError("power must be 1 or 2")
        for kind, row in enumerate(self.rates):
            if not any(not_negative("rates", rate) for rate in row):
                raise ValueError(f"rates: nobody can do kind {kind}")
        self._check_numbers()

    def _check_numbers(self) -> None:
        for name, values in (("arrivals", self.arrivals), ("costs", self.costs)):
            for value in values:
                positive(name, value)
        for name, numbers in (("members", self.members), ("longest", self.longest)):
            for number in numbers:
                whole(name, number)
