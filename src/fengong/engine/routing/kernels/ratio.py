"""Fixed queue ratio: serve the class whose queue most exceeds its share of all that waits.

I. Gurvich, W. Whitt, "Queue-and-idleness-ratio controls in many-server service systems", Mathematics of Operations
Research 34(2), 2009, and "Service-level differentiation in many-server service systems via queue-ratio routing",
Operations Research 58(2), 2010: class i = argmax over the member's classes of Q_i - r_i (sum of Q).
"""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment


@inner
def excess_over_share(moment: Moment, ticket: int) -> float:
    """Tickets of this topic that wait beyond the share of the topic."""
    topic, count = moment.line.topic[ticket], 0
    for tier in range(1, 4):
        count += moment.tally.waiting[tier, topic]
    return float(count - moment.dials.share[topic] * moment.length)
