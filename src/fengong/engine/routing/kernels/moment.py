"""Everything a kernel looks at, at one moment."""

from __future__ import annotations

from typing import NamedTuple

from fengong.engine.routing.arrays import Ints
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.kernels.state import Crew, Line
from fengong.engine.routing.kernels.tally import Tally


class Moment(NamedTuple):
    """`waiting[:length]` are the slots in `line` of the tickets that wait, in no particular order; `now` in minutes."""

    crew: Crew
    line: Line
    tally: Tally
    dials: Dials
    waiting: Ints
    length: int
    now: float
