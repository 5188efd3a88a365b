"""The best settings of a keeping for one team: coordinate search on ladders, each rung played with the same dice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from fengong.engine.routing.arrays import Floats
from fengong.engine.routing.keeping import Prospect, Settings, keeping_of, prospect
from fengong.engine.routing.kernels.keeping import Keeping
from fengong.engine.simulation.keeping.play import Stage, played_cost

LADDERS = {
    "until": (0.0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 50, 1000),
    "base": (0.0, 0.2, 0.4, 0.55, 0.7),
    "offset": (0.0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30),
    "scale": (0.0, 0.25, 0.5, 1, 2, 4),
}
LEANINGS = (0.0, 2, 5, 10, 20, 40)
JUMPS = (4, 2, 1, 1)  # rungs at a time, round by round
LEAST_GAIN = 1e-4  # of the cost: smaller differences between two plays are noise


@dataclass(frozen=True, eq=False)
class Tuned:
    """The best `settings` found, the tables they make, what they cost when played, and how many were played."""

    prospect: Prospect
    settings: Settings
    keeping: Keeping
    cost: float
    plays: int


def tuned_keeping(stage: Stage, *, events: int = 1_500_000, seed: int = 1) -> Tuned:
    """Search from one step of policy improvement and a few plain thresholds. Same arguments, same answer.

    Errors: ValueError if the team cannot do the work.
    """
    found = prospect(stage.arrivals, stage.members, stage.rates, stage.costs, stage.power)
    plays = _Plays(stage, found, events, seed)
    best = min(_starts(plays), key=plays.cost)
    for jump in JUMPS:
        for name, pair in _dials(stage):
            best = _climb(plays, best, name, pair, jump)
        best = min([best, *(best._replace(leaning=float(each)) for each in LEANINGS)], key=plays.cost)
    return Tuned(found, best, plays.keeping(best), plays.cost(best), len(plays.known))


@dataclass(eq=False)
class _Plays:
    """What each of the settings tried so far costs."""

    stage: Stage
    prospect: Prospect
    events: int
    seed: int
    known: dict[bytes, float] = field(default_factory=dict)

    def keeping(self, settings: Settings) -> Keeping:
        return keeping_of(self.prospect, settings, int(self.stage.longest.max()))

    def cost(self, settings: Settings) -> float:
        key = b"".join(np.asarray(each).tobytes() for each in settings)
        if key not in self.known:
            dice = np.random.default_rng(self.seed)
            self.known[key] = played_cost(self.stage, self.keeping(settings), self.events, dice)
        return self.known[key]


def _starts(plays: _Plays) -> Iterator[Settings]:
    first, home = plays.prospect.settings, plays.prospect.home
    helps = plays.prospect.able.copy()
    helps[np.arange(len(home)), home] = 0.0
    even = np.ones_like(helps)
    wasteful = plays.prospect.efficiency.min() < 1.0
    for leaning in LEANINGS if wasteful else LEANINGS[:1]:
        for until in (0.0 * helps, first.until, 3.0 * helps, 6.0 * helps):
            for offset in (0.0 * helps, 5.0 * helps):
                for scale in (even, first.scale):
                    yield Settings(until, first.base, offset, scale, float(leaning))


def _dials(stage: Stage) -> list[tuple[str, tuple[int, int]]]:
    """What may be turned: everything about kinds that several groups can do."""
    able = stage.rates > 0
    pairs = [(int(kind), int(group)) for kind, group in np.argwhere(able) if able[kind].sum() > 1]
    return [
        (name, pair) for pair in pairs for name in LADDERS if name != "offset" or able[:, pair[1]].sum() > 1
    ]


def _climb(plays: _Plays, best: Settings, name: str, pair: tuple[int, int], jump: int) -> Settings:
    """Turn one dial up, then down, as far as it helps."""
    if name == "base" and best.until[pair] == 0:
        return best
    ladder = LADDERS[name]
    for way in (jump, -jump):
        rung = int(np.abs(np.array(ladder) - getattr(best, name)[pair]).argmin())
        for step in range(rung + way, len(ladder) if way > 0 else -1, way):
            tried = Settings(**{**best._asdict(), name: _with(getattr(best, name), pair, ladder[step])})
            if plays.cost(tried) >= plays.cost(best) * (1.0 - LEAST_GAIN):
                break
            best = tried
    return best


def _with(values: Floats, pair: tuple[int, int], value: float) -> Floats:
    changed = values.copy()
    changed[pair] = value
    return changed
