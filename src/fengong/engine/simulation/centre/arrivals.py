"""When the next ticket of a stream comes."""

from __future__ import annotations

from math import floor, inf, log

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.chance import GAP, gamma, uniform
from fengong.engine.simulation.centre.state import World


@inner
def next_arrival(world: World, stream: int) -> float:
    """The moment of the next arrival; inf after the horizon."""
    source = world.streams[stream]
    if source.traced:
        at = world.pool[source.first + source.number] if source.number < source.size else inf
    else:
        gap = -log(uniform(world.keys[stream, GAP], source.number))
        if source.size > 1 or source.busyness < inf:
            at = _inverted(world, stream, gap)
        else:
            at = source.last + gap / world.pool[source.first]
    return float(at) if at <= world.habits[0].horizon else inf


@inner
def _inverted(world: World, stream: int, gap: float) -> float:
    """When the cumulative rate has grown by `gap` since the last arrival."""
    source, at = world.streams[stream], world.streams[stream].last
    piece = floor(at / source.span)
    if (piece + 1) * source.span <= at:
        piece += 1
    while at < world.habits[0].horizon:
        rate = world.pool[source.first + piece % source.size] * _busyness(world, stream, piece // source.day)
        end = (piece + 1) * source.span
        if rate * (end - at) >= gap:
            return float(at + gap / rate)
        gap -= rate * (end - at)
        at = end
        piece += 1
    return inf


@inner
def _busyness(world: World, stream: int, day: int) -> float:
    """The factor of this day."""
    source = world.streams[stream]
    if source.busyness == inf:
        return 1.0
    if source.factor_day != day:
        source.factor_day = day
        source.factor = gamma(source.busy_key, day, source.busyness) / source.busyness
    return float(source.factor)
