"""Where what was declared differs from what was learned.

Learned ability is put on the scale of declared proficiency by linear equating: mean to mean, spread to spread (Kolen
and Brennan 2014, Test Equating, sec. 2.1), over the cells that have both. So the scale is the one this team uses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.outcomes import Floats
from fengong.engine.rating.ratings import Z90, Ratings

LEAST = 20.0  # outcomes of a member at a topic below which nothing is said
_ENOUGH = 5  # cells with both a declared and a learned level, to put one on the scale of the other


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member's `declared` proficiency at a topic, the one `learned`, 1..5, and its 90 % interval, `seen` outcomes."""

    member: int
    topic: int
    declared: float
    learned: float
    low: float
    high: float
    seen: int


def levels(ratings: Ratings, least: float = LEAST) -> tuple[Floats, Floats]:
    """Learned proficiency and its standard deviation, f64[m, K], on the declared scale; nan where it has none."""
    declared, ability = ratings.members.declared, ratings.ability
    both = (declared > 0) & (ratings.seen >= least)
    nothing = np.full(ability.shape, np.nan)
    if both.sum() < _ENOUGH or declared[both].std() == 0:
        return nothing, nothing
    spread = np.sqrt(ability[both].var() + (ratings.ability_sd[both] ** 2).mean())
    step = declared[both].std() / spread
    return declared[both].mean() + step * (ability - ability[both].mean()), step * ratings.ability_sd


def suggestions(ratings: Ratings, *, least: float = LEAST) -> tuple[Suggestion, ...]:
    """Return the cells where the whole 90 % interval lies more than half a level off, the widest apart first."""
    middle, sd = levels(ratings, least)
    declared = ratings.members.declared
    off = np.abs(middle - declared) - Z90 * sd
    cells = np.argwhere((declared > 0) & (ratings.seen >= least) & (off > 0.5))
    made = [_suggestion(ratings, int(m), int(k), middle[m, k], sd[m, k]) for m, k in cells]
    kept = [each for each in made if round(each.learned) != each.declared]
    return tuple(sorted(kept, key=lambda each: (-abs(each.learned - each.declared), each.member, each.topic)))


def _suggestion(ratings: Ratings, member: int, topic: int, middle: float, sd: float) -> Suggestion:
    learned, low, high = np.clip([middle, middle - Z90 * sd, middle + Z90 * sd], 1.0, 5.0).tolist()
    declared, seen = ratings.members.declared[member, topic], ratings.seen[member, topic]
    return Suggestion(member, topic, float(declared), learned, low, high, int(seen))
