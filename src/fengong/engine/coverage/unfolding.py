"""A topic with each cell as a class of its own, so that two teams with other duties can be laid side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.coverage.blocks import Block


def unfolded(block: Block) -> Block:
    """The same topic by its 3C cells."""
    of, team = block.of, block.ground.team
    served = block.served[of]
    known = None if team.demand is None else team.demand[block.topic].reshape(len(of), team.hours)
    return replace(
        block,
        of=np.arange(len(of)),
        row=block.row[of],
        count=block.count[of],
        state=block.state[of],
        single=block.single[of],
        served=served,
        demand=served.astype(np.float64) if known is None else known,
        answering=block.answering[of],
        responsible=block.responsible[of],
    )
