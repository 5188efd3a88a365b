"""The best dials for a stated objective, found by simulation: derivative-free, reproducible, within a budget.

Candidates come from CMA-ES with margin (Hansen, Ostermeier 2001; whole dials: Hamano, Saito, Nomura, Shirakawa 2022,
CMA-ES with margin), which looks at ranks only, so any increasing change of the objective finds the same. All
candidates of a generation meet the same seeds (common random numbers) and race: after a first look the worse half is
out and the better half is looked at with more seeds (successive halving: Jamieson, Talwalkar 2016). At the end the
finalists, the starting point always among them, meet every seed; so the answer is never worse than the start on the
seeds of the search. How good it is must be told on other seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import exp, inf, isnan, log
from typing import Literal

import numpy as np
from cmaes import CMAwM

from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.statistics.estimate import Floats

Parameters = Mapping[str, float]
Objective = Callable[[int, Parameters], float]
Key = tuple[float, ...]

_LEAST, _FINALISTS = (
    2,
    4,
)  # the optimiser needs two dimensions; candidates that meet every seed, beside the start


@dataclass(frozen=True, slots=True)
class Dial:
    """A parameter to be found between `low` and `high`, tried first at `start`.

    `scale`: "linear"; "log", where a factor matters and low must be positive; "whole" numbers.
    """

    name: str
    low: float
    high: float
    start: float
    scale: Literal["linear", "log", "whole"] = "linear"

    def __post_init__(self) -> None:
        """Refuse a range that is none."""
        if not self.low < self.high or not self.low <= self.start <= self.high:
            raise ValueError(f"{self.name}: low < high and start between them, not {self!r}")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.name}: a dial on a log scale must stay positive")

    def inside(self, value: float) -> float:
        """Where on 0..1 a value lies; a whole dial stays in its own numbers."""
        if self.scale == "whole":
            return value
        if self.scale == "log":
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def outside(self, place: float) -> float:
        """The value at a place, rounded to what a person would write down."""
        if self.scale == "whole":
            return float(round(min(max(place, self.low), self.high)))
        share = min(max(place, 0.0), 1.0)
        if self.scale == "log":
            return float(f"{self.low * exp(share * log(self.high / self.low)):.3g}")
        return float(f"{self.low + share * (self.high - self.low):.3g}")


@dataclass(frozen=True, slots=True)
class Plan:
    """`budget`: runs of the objective at most; `seeds`: those of the search; `luck` seeds the search itself.

    `look`: seeds of the first look at a candidate; those that stay in the race get twice as many more.
    `population`: candidates of a generation; by default 4 + 3 ln(dials), as CMA-ES recommends.
    """

    budget: int
    seeds: tuple[int, ...]
    luck: int = 0
    look: int = 2
    population: int = 0
    workers: Workers = field(default_factory=Workers)

    def __post_init__(self) -> None:
        """Refuse a plan that has nothing to look at."""
        if not self.seeds or len(set(self.seeds)) != len(self.seeds):
            raise ValueError("seeds must be different and at least one")
        if self.budget < len(self.seeds) or self.look < 1:
            raise ValueError("the budget must allow the starting point every seed, and look be at least 1")


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate: the generation it came from (-1: a finalist), how many seeds it met, its mean over them."""

    generation: int
    parameters: Parameters
    runs: int
    value: float


@dataclass(frozen=True, slots=True)
class Tuned:
    """The best `parameters`, their mean over all seeds of the search and the start's; every trial; runs spent."""

    parameters: Parameters
    value: float
    start: float
    history: tuple[Trial, ...]
    runs: int


def tune(objective: Objective, dials: Sequence[Dial], plan: Plan) -> Tuned:
    """Look for the dials with the least mean of `objective(seed, parameters)`.

    The same arguments find the same answer, however many workers ran it. `objective` must be a function of a module or
    a `functools.partial` of one, unless the workers share memory.
    Errors: ValueError for two dials of one name; what `objective` raises.
    """
    if len({dial.name for dial in dials}) != len(dials):
        raise ValueError("every dial needs a name of its own")
    book = _Book(objective, tuple(dials), plan)
    start = tuple(dial.start for dial in dials)
    kept = [start]
    if dials:
        kept += _search(book, start)
    return _finish(book, list(dict.fromkeys(kept)))


@dataclass(slots=True)
class _Book:
    """What has been run so far."""

    objective: Objective
    dials: tuple[Dial, ...]
    plan: Plan
    values: dict[tuple[Key, int], float] = field(default_factory=dict)
    history: list[Trial] = field(default_factory=list)

    def named(self, key: Key) -> Parameters:
        return dict(zip((dial.name for dial in self.dials), key, strict=True))

    def run(self, keys: Sequence[Key], seeds: Sequence[int]) -> None:
        tasks = [(key, seed) for key in dict.fromkeys(keys) for seed in seeds]
        tasks = [task for task in tasks if task not in self.values]
        if not tasks:
            return
        asked = [(seed, self.named(key)) for key, seed in tasks]
        found = run_seeds(partial(_answer, self.objective, asked), range(len(asked)), self.plan.workers)
        self.values.update(zip(tasks, found.tolist(), strict=True))

    def mean(self, key: Key, seeds: Sequence[int]) -> float:
        return float(np.mean([self.values[key, seed] for seed in seeds]))

    def note(self, generation: int, keys: Sequence[Key], seeds: Sequence[int]) -> None:
        self.history += [Trial(generation, self.named(k), len(seeds), self.mean(k, seeds)) for k in keys]

    @property
    def left(self) -> int:
        return self.plan.budget - len(self.values)


def _answer(objective: Objective, asked: Sequence[tuple[int, Parameters]], place: int) -> float:
    seed, parameters = asked[place]
    value = objective(seed, parameters)
    return inf if isnan(value) else value  # what is not a number is worst of all


def _search(book: _Book, start: Key) -> list[Key]:
    """The candidates worth a last look: the centre of the search first, then the winners of late generations."""
    plan, dials = book.plan, book.dials
    optimiser = _optimiser(dials, start, plan)
    size = optimiser.population_size
    reserve = (_FINALISTS + 1) * len(plan.seeds)
    winners: list[Key] = []
    generation = 0
    while book.left - reserve >= _runs_of(size, plan) and not optimiser.should_stop():
        asked = [optimiser.ask() for _ in range(size)]
        keys = [_key(dials, shown) for shown, _ in asked]
        if len(set(keys)) == 1:  # what a person would write down no longer changes
            break
        ranks = _race(book, keys, _block(plan, generation), generation)
        with np.errstate(over="ignore"):  # of a margin that has become as narrow as it can
            optimiser.tell([(told, float(rank)) for (_, told), rank in zip(asked, ranks, strict=True)])
        winners.append(keys[int(np.argmin(ranks))])
        generation += 1
    centre = [_key(dials, optimiser.mean)] if winners else []
    return [*centre, *winners[::-1][: _FINALISTS - 1]]


def _optimiser(dials: Sequence[Dial], start: Key, plan: Plan) -> CMAwM:
    pad = max(0, _LEAST - len(dials))
    spans = [(dial.low, dial.high) if dial.scale == "whole" else (0.0, 1.0) for dial in dials]
    steps = [1.0 if dial.scale == "whole" else 0.0 for dial in dials]
    widths = np.array([high - low for low, high in spans] + [1.0] * pad)
    mean = [dial.inside(value) for dial, value in zip(dials, start, strict=True)] + [0.5] * pad
    return CMAwM(
        mean=np.array(mean),
        sigma=0.25,
        cov=np.diag(widths**2),
        bounds=np.array([*spans, *[(0.0, 1.0)] * pad]),
        steps=np.array([*steps, *[0.0] * pad]),
        seed=plan.luck,
        population_size=plan.population or None,
    )


def _key(dials: Sequence[Dial], place: Floats) -> Key:
    return tuple(dial.outside(float(at)) for dial, at in zip(dials, place, strict=False))


def _runs_of(size: int, plan: Plan) -> int:
    first, rest = _looks(plan)
    return size * first + -(-size // 2) * rest


def _looks(plan: Plan) -> tuple[int, int]:
    first = min(plan.look, len(plan.seeds))
    return first, min(3 * first, len(plan.seeds)) - first


def _block(plan: Plan, generation: int) -> list[int]:
    """Seeds in turn, so that no generation is judged by the luck of the last."""
    first, rest = _looks(plan)
    at = generation * (first + rest)
    return [plan.seeds[(at + i) % len(plan.seeds)] for i in range(first + rest)]


def _race(book: _Book, keys: list[Key], seeds: list[int], generation: int) -> list[int]:
    """The rank of each candidate: those out after the first look come behind all that stayed."""
    first, _ = _looks(book.plan)
    book.run(keys, seeds[:first])
    order = sorted(range(len(keys)), key=lambda i: (book.mean(keys[i], seeds[:first]), i))
    stay, out = order[: -(-len(order) // 2)], order[-(-len(order) // 2) :]
    book.run([keys[i] for i in stay], seeds[first:])
    stay = sorted(stay, key=lambda i: (book.mean(keys[i], seeds), i))
    book.note(generation, [keys[i] for i in stay], seeds)
    book.note(generation, [keys[i] for i in out], seeds[:first])
    places = {candidate: rank for rank, candidate in enumerate([*stay, *out])}
    return [places[i] for i in range(len(keys))]


def _finish(book: _Book, kept: list[Key]) -> Tuned:
    seeds = book.plan.seeds
    allowed = [key for place, key in enumerate(kept) if place == 0 or book.left >= len(seeds) * place]
    book.run(allowed, seeds)
    book.note(-1, allowed, seeds)
    best = min(allowed, key=lambda key: book.mean(key, seeds))  # of equals the first: the start
    return Tuned(
        parameters=book.named(best),
        value=book.mean(best, seeds),
        start=book.mean(kept[0], seeds),
        history=tuple(book.history),
        runs=len(book.values),
    )
