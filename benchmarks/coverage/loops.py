"""The definition of coverage written down as loops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fengong.engine.coverage.team import WEEK, Duty, Team


def covering(team: Team) -> NDArray[np.int64]:
    """int[T, 3, C, H]: how many cover each cell at each hour."""
    made = np.zeros((team.topics, 3, team.channels, team.hours), dtype=np.int64)
    for topic, level, channel, hour in np.ndindex(*made.shape):
        on = {
            duty.position
            for duty in team.duties
            if _speaks(duty, topic, level + 1, channel, (hour + team.start) % WEEK)
        }
        for member in range(team.members):
            able = team.able[member, topic]
            skilled = able > 0 and able >= team.rules.needed[level] - 1e-9
            holds = any(team.positions[member, position] for position in on)
            made[topic, level, channel, hour] += skilled and holds and team.share[member, hour] > 0
    return made


def _speaks(duty: Duty, topic: int, difficulty: int, channel: int, hour: int) -> bool:
    chosen = ((duty.topics, topic), (duty.difficulties, difficulty), (duty.channels, channel))
    return (
        duty.works
        and all(allowed is None or one in allowed for allowed, one in chosen)
        and (duty.hours is None or bool(duty.hours[hour]))
    )
