"""Bullseye: who fits best may take a ticket at once, who fits less well only when it has waited longer."""

from __future__ import annotations

from math import ceil

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment


@inner
def ring_of(moment: Moment, ticket: int, member: int) -> int:
    """Rings from the centre: tiers above the ticket's own, and whole steps of proficiency below the wanted one."""
    line, crew = moment.line, moment.crew
    above = crew.tier[member] - line.tier[ticket]
    known = crew.proficiency[member, line.topic[ticket]]
    return int(above + max(0, ceil(moment.dials.wanted[line.difficulty[ticket] - 1] - known)))


@inner
def is_open(moment: Moment, ticket: int, ring: int) -> bool:
    """Ring r opens when the ticket has waited r times `ring` minutes."""
    return bool(moment.now - moment.line.waiting_since[ticket] >= ring * moment.dials.ring)
