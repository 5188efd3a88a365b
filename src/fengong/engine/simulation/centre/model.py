"""A service centre: what comes in, who is there, how they behave, and for how long one looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from fengong.engine.simulation.centre.people import Behaviour, Group
from fengong.engine.simulation.centre.streams import Stream


@dataclass(frozen=True, slots=True)
class Model:
    """Everything in minutes from 0.

    `streams`, `crew` are counted from 0 in this order, members group by group · what arrives from `warmup` on is
    counted; averages over time are from `warmup` to `horizon` · after `horizon` nothing new arrives, and for up to
    `drain` minutes, or until all is done, the work goes on · `places`: as many tickets may be in the centre, waiting
    or in hand; one more is turned away · `period`, `periods`: figures are kept apart by period of arrival, counted from
    0, beginning anew after the last (a long run in `periods` batches: `period = horizon / periods`) · `cycle`: minutes
    after which the shifts begin anew (inf: never) · `beat`: minutes between two looks at tickets that a policy may
    keep waiting though somebody is free.
    """

    streams: tuple[Stream, ...]
    crew: tuple[Group, ...]
    horizon: float
    warmup: float = 0.0
    drain: float = 0.0
    behaviour: Behaviour = field(default_factory=Behaviour)
    places: float = inf
    period: float = inf
    periods: int = 1
    cycle: float = 1440.0
    beat: float = 1.0

    def __post_init__(self) -> None:
        if not self.streams or not self.crew:
            raise ValueError("a model has streams and a crew")
        if not 0 <= self.warmup < self.horizon < inf or not 0 <= self.drain < inf:
            raise ValueError("0 <= warmup < horizon < inf and 0 <= drain < inf are needed")
        if self.periods < 1 or not self.period > 0 or (self.periods > 1 and self.period == inf):
            raise ValueError("several periods need a length")
        if not self.places > 0 or not self.cycle > 0 or not self.beat > 0:
            raise ValueError("places, cycle and beat must be positive")
        if any(shift.end - shift.start > self.cycle for group in self.crew for shift in group.shifts):
            raise ValueError("a shift is not longer than the cycle")

    @property
    def members(self) -> int:
        """How many people there are."""
        return sum(group.count for group in self.crew)

    @property
    def topics(self) -> int:
        """Topics are 0 .. topics - 1."""
        asked = max(stream.topic for stream in self.streams)
        return 1 + max(asked, *(max(group.skills) for group in self.crew))

    @property
    def channels(self) -> int:
        """Channels are 0 .. channels - 1."""
        return 1 + max(stream.channel for stream in self.streams)
