"""Whose members may take another team's tickets: those of a team whose own figures hold, see `rules.Lending`."""

from __future__ import annotations

from math import inf

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment


@inner
def note_lending(moment: Moment) -> None:
    """Work out `tally.lends` for this moment. To be called before `is_lent` is asked, once for all pairs."""
    dials, tally = moment.dials, moment.tally
    if dials.lend_waiting == inf and dials.lend_risk == inf:
        return
    tally.lends[:] = 0
    _count_at_risk(moment)
    for team in range(len(tally.lends)):
        crowded = tally.queued[team].sum() > dials.lend_waiting * max(1, tally.staff[team])
        tally.lends[team] = 0 if crowded or tally.lends[team] > dials.lend_risk else 1


@inner
def is_lent(moment: Moment, ticket: int, member: int) -> bool:
    """The member and the ticket are of one team, or one of them of none, or the member's team can spare people."""
    team, own = moment.line.team[ticket], moment.crew.team[member]
    return bool(team in (own, 0) or own == 0 or moment.tally.lends[own] == 1)


@inner
def _count_at_risk(moment: Moment) -> None:
    """Into `tally.lends`, per team: tickets whose promise would be broken if they waited `patience` more minutes."""
    line, latest = moment.line, moment.now + moment.dials.patience
    for place in range(moment.length):
        ticket = moment.waiting[place]
        if line.due_at[ticket] < line.effort[ticket] + latest:
            moment.tally.lends[line.team[ticket]] += 1
