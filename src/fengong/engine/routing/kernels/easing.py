"""What proficiency a ticket asks for, which falls while it waits if `rules.Easing` says so."""

from __future__ import annotations

from math import floor

import numpy as np

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment

MOST_STEPS = 1e6  # enough to reach any floor; a ticket may have waited for ever


@inner
def need_now(moment: Moment, ticket: int) -> float:
    """The least proficiency with which somebody may take this ticket now, rounded as pools round proficiency."""
    dials, line = moment.dials, moment.line
    need = dials.need[line.difficulty[ticket] - 1]
    waited = moment.now - line.waiting_since[ticket]
    if waited < dials.easing_every:
        return float(need)
    steps = min(floor(min(waited / dials.easing_every, MOST_STEPS)), MOST_STEPS)
    eased = max(min(need, dials.easing_floor), need - steps * dials.easing_step)
    return float(np.float32(eased))
