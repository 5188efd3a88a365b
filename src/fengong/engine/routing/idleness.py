"""The one order of members that does not depend on how they are stored."""

from __future__ import annotations

import numpy as np

from fengong.engine.routing.arrays import Ints, Scene


def by_idleness(scene: Scene, members: Ints) -> Ints:
    """These members (positions), the longest idle first, then by id."""
    if len(members) < 2:
        return members
    return members[np.lexsort((scene.pool.ids[members], scene.pool.idle_since[members]))]
