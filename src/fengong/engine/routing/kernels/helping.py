"""When one side helps another: fixed-queue-ratio control with activation and release thresholds, and overflow.

A side is a tier, or a tier of a team: number 4 team + tier. With D = tickets waiting on the side that asks - `ratio` x
tickets waiting on the helper's side, help begins when D > `activate` and ends when D <= `release`, both by the tier
that asks; between the two it goes on as it was. Of two sides only one helps the other. O. Perry, W. Whitt,
"Responding to unexpected overloads in large-scale service systems", Management Science 55(8), 2009 (thresholds on a
weighted difference of queues, one direction at a time); "Achieving rapid recovery in an overload control for
large-scale service systems", INFORMS J. Computing 27(3), 2015 (release thresholds; theirs count the helpers still at
work, here it is the queue again).
With `ratio` 0 it is plain overflow: help when more than T wait.
"""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment


@inner
def is_help(moment: Moment, ticket: int, member: int) -> bool:
    """The ticket is not of the member's own side."""
    crew, line = moment.crew, moment.line
    if crew.tier[member] != line.tier[ticket]:
        return True
    return bool(crew.team[member] != line.team[ticket] and crew.team[member] != 0 and line.team[ticket] != 0)


@inner
def helps_now(moment: Moment, ticket: int, member: int) -> bool:
    """The member's side helps the ticket's, and with this member gone enough of the tier stay free (`spare`).

    With `activate` below 0 help is always due, in every direction.
    """
    crew, line, tally = moment.crew, moment.line, moment.tally
    asking, helper = 4 * line.team[ticket] + line.tier[ticket], 4 * crew.team[member] + crew.tier[member]
    if moment.dials.activate[line.tier[ticket]] >= 0 and tally.helping[asking, helper] == 0:
        return False
    return bool(tally.open[crew.tier[member]] > moment.dials.spare[crew.tier[member]])


@inner
def note_help(moment: Moment) -> None:
    """Bring `tally.helping` up to date: first who stops, then who begins. To be called when a queue has changed."""
    sides = len(moment.tally.helping)
    for asking in range(sides):
        for helper in range(sides):
            if moment.tally.helping[asking, helper] == 1:
                _release(moment, asking, helper)
    for asking in range(sides):
        if moment.tally.queued[asking // 4, asking % 4] > 0:
            for helper in range(sides):
                _activate(moment, asking, helper)


@inner
def _release(moment: Moment, asking: int, helper: int) -> None:
    if _excess(moment, asking, helper) <= moment.dials.release[asking % 4]:
        moment.tally.helping[asking, helper] = 0


@inner
def _activate(moment: Moment, asking: int, helper: int) -> None:
    if helper == asking or helper % 4 < asking % 4 or moment.tally.helping[helper, asking] == 1:
        return
    excess = _excess(moment, asking, helper)
    if excess <= moment.dials.activate[asking % 4]:
        return
    # Two sides of one tier may both have enough waiting to ask for help; then the needier is helped, of equals neither.
    if helper % 4 == asking % 4 and excess <= _excess(moment, helper, asking):
        return
    moment.tally.helping[asking, helper] = 1


@inner
def _excess(moment: Moment, asking: int, helper: int) -> float:
    queued = moment.tally.queued
    own = queued[helper // 4, helper % 4]
    return float(queued[asking // 4, asking % 4] - moment.dials.ratio * own)
