"""Longest cumulative idleness: who had the least to do in all goes first, whatever they are good at.

R. Atar, Y. Shaki, A. Shwartz, "A blind policy for equalizing cumulative idleness", Queueing Systems 67(4), 2011: the
policy needs no rates, and idleness ends up shared evenly.
"""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment


@inner
def rested(moment: Moment, member: int) -> float:
    """Idle minutes in all, the present ones included."""
    crew = moment.crew
    if crew.load[member] > 0.0:
        return float(crew.idled[member])
    return float(crew.idled[member] + (moment.now - crew.idle_since[member]))
