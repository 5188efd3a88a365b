"""What a replay found, as plain values that any surface can show."""

from __future__ import annotations

from dataclasses import dataclass, field

from fengong.planning.replay.readers.table import Fault


@dataclass(frozen=True, slots=True)
class Range:
    """A mean and its 95 % confidence interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Source:
    """What was read."""

    name: str
    rows: int
    events: int
    cases: int
    people: int
    teams: int
    topics: int
    first: str
    last: str
    offset: str
    ignored: int
    repeats: int
    out_of_order: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One column of the comparison. `values` by figure; `against` the differences to the status quo, seed by seed.

    `resolved` are hours at the quantiles of `Results.quantiles`, `lorenz` cumulative shares of effort, both means.
    """

    name: str
    values: dict[str, Range]
    against: dict[str, Range]
    resolved: tuple[float, ...]
    lorenz: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A figure as recorded and as simulated, on one part of the tickets."""

    recorded: float
    simulated: float

    @property
    def error(self) -> float:
        """The error of the simulation in per cent; nan where nothing was recorded."""
        return 100.0 * (self.simulated / self.recorded - 1.0) if self.recorded else float("nan")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted on every other ticket (`fit`), checked on the rest (`held`); `later` = fitted on the first half by
    arrival, checked on the second. Scales by tier.
    """

    fit: dict[str, Check]
    held: dict[str, Check]
    later: dict[str, Check]
    takeup: tuple[float, ...]
    dormant: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a replay found. `less_is_better` by figure, in the order to show."""

    source: Source
    facts: dict[str, object]
    recorded: Scenario
    status_quo: Scenario
    policies: tuple[Scenario, ...]
    calibration: Calibration
    seeds: int
    status_quo_seeds: int
    less_is_better: dict[str, bool]
    quantiles: tuple[float, ...]
    seconds: dict[str, float] = field(default_factory=dict)

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return all columns in order."""
        return (self.recorded, self.status_quo, *self.policies)
