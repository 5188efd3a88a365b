"""What nobody, or hardly anybody, can beat: one queue for everybody, and a clairvoyant relaxation.

Pooled: every member knows every topic best, works at the pace of the fastest, never fails and is never slowed down by a
second ticket. Where all service times are alike this is a bound of the mean wait of any policy that does not know them
beforehand; where they differ it is a yardstick.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.people import Behaviour, Group


def pooled(model: Model) -> Model:
    """The same tickets and hours with everybody able to do everything."""
    skills = dict.fromkeys(range(model.topics), 5.0)
    pace = min(_fastest(group) for group in model.crew) * _growth(model)
    crew = tuple(
        replace(group, skills=skills, tier=1, pace=pace, strain=(1.0, 1.0, 1.0)) for group in model.crew
    )
    streams = tuple(replace(stream, difficulty=1, graded=1, tier=1) for stream in model.streams)
    behaviour = Behaviour(guarded=model.behaviour.guarded, pausing=model.behaviour.pausing)
    return replace(model, crew=crew, streams=streams, behaviour=behaviour)


def _fastest(group: Group) -> float:
    return group.pace if isinstance(group.pace, float | int) else min(group.pace.values())


def _growth(model: Model) -> float:
    """How much faster practice may make the best."""
    speed = model.behaviour.speed
    best = max(level for group in model.crew for level in group.skills.values())
    return min(1.0, min(speed) / float(np.interp(best, range(6), speed)))
