"""What each attempt lets be seen: up to four channels, each with its own place in the likelihood.

Every channel sees `load * (edge) + offset`: solved or escalated, held or reopened (both 0 or 1), minus log minutes,
satisfaction (both real). They are sorted by ticket, because a ticket's channels share its residue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fengong.engine.rating.outcomes import Floats, Ints, Outcomes
from fengong.engine.rating.priors import Scales
from fengong.engine.rating.shared import Layout, Terms, difficulty_places
from fengong.engine.rating.slots import Slots

SOLVED, HELD, TIME, LIKED = range(4)
KINDS = 4


class Channels(NamedTuple):
    """c channels of n tickets with outcomes.

    `attempt`, `kind` i64[c], `seen` f64[c]. `bounds`, `pairs` i64[n + 1] bound each ticket's channels and pairs of
    channels; `same` f64[pairs] is 1 where both of a pair are one member's, else 0.

    Channel i looks at variables `places` i64[c, w] with weights `edge + rest`: `edge` f64[c, w] make up the edge
    without the ticket's residue and are multiplied by the channel's load, `rest` f64[c, w] are not. Places below s are
    shared effects, s + v is variable v of the slots.
    """

    attempt: Ints
    kind: Ints
    seen: Floats
    bounds: Ints
    pairs: Ints
    same: Floats
    places: Ints
    edge: Floats
    rest: Floats


@dataclass(frozen=True, slots=True)
class Sight:
    """Channels, and the numbers of the tickets they belong to, i64[n]."""

    channels: Channels
    tickets: Ints


def sight(outcomes: Outcomes, slots: Slots, layout: Layout, terms: Terms, ages: Ints) -> Sight:
    """Lay the channels out. `ages` i64[n] tells how many periods ago each attempt was."""
    attempt, kind, seen = channel_values(outcomes)
    order = np.lexsort((kind, attempt, outcomes.at[attempt], outcomes.ticket[attempt]))
    attempt, kind, seen = attempt[order], kind[order], seen[order]
    tickets, counts = np.unique(outcomes.ticket[attempt], return_counts=True)
    places, edge = _edge(outcomes, slots, layout, terms)
    places, edge = _with_age(places, edge, ages, layout)
    own, rest = _rest(outcomes, slots, layout, attempt, kind)
    padding = np.zeros_like(rest)
    return Sight(
        Channels(
            attempt=attempt,
            kind=kind,
            seen=seen,
            bounds=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            pairs=np.concatenate([[0], np.cumsum(counts**2)]).astype(np.int64),
            same=_same(outcomes.member[attempt], counts),
            places=np.concatenate([places[attempt], own], axis=1),
            edge=np.concatenate([edge[attempt], padding], axis=1),
            rest=np.concatenate([np.zeros_like(edge[attempt]), rest], axis=1),
        ),
        tickets,
    )


def _same(member: Ints, counts: Ints) -> Floats:
    """Per pair of channels of a ticket, whether both are one member's."""
    size = np.repeat(counts, counts)  # by channel: channels of its ticket
    first = np.repeat(np.cumsum(counts) - counts, counts)
    left = np.repeat(np.arange(len(member)), size)
    right = np.arange(len(left)) - np.repeat(np.cumsum(size) - size, size) + first[left]
    return np.asarray(member[left] == member[right], dtype=np.float64)


def channel_values(outcomes: Outcomes) -> tuple[Ints, Ints, Floats]:
    """Attempt i64[c], kind i64[c] and value f64[c] of every channel."""
    values = (
        (outcomes.solved | outcomes.escalated, outcomes.solved.astype(float)),
        (outcomes.solved, (~outcomes.reopened).astype(float)),
        (np.isfinite(outcomes.minutes), -np.log(np.where(outcomes.minutes > 0, outcomes.minutes, 1.0))),
        (np.isfinite(outcomes.satisfaction), outcomes.satisfaction),
    )
    which = [np.flatnonzero(there) for there, _ in values]
    kinds = [np.full(len(places), kind) for kind, places in enumerate(which)]
    seen = [value[places] for places, (_, value) in zip(which, values, strict=True)]
    return np.concatenate(which), np.concatenate(kinds), np.concatenate(seen)


def _edge(outcomes: Outcomes, slots: Slots, layout: Layout, terms: Terms) -> tuple[Ints, Floats]:
    """What adds up to each attempt's edge: the slot, the ability expected, less the difficulty expected."""
    member, topic = outcomes.member, outcomes.topic
    slot = len(layout) + slots.variable()[slots.of]
    harder = difficulty_places(layout, outcomes)
    places = np.concatenate([slot[:, None], terms.places[member], harder], axis=1)
    ones = np.ones((len(member), 1))
    weights = np.concatenate([ones, terms.weights[member, topic], -np.ones(harder.shape)], axis=1)
    return places, weights


def _with_age(places: Ints, edge: Floats, ages: Ints, layout: Layout) -> tuple[Ints, Floats]:
    """Add how much harder everything was then."""
    if not layout.ages:
        return places, edge
    then = np.where(ages > 0, layout.earlier + ages - 1, 0)
    return np.column_stack([places, then]), np.column_stack([edge, -(ages > 0).astype(float)])


def _rest(outcomes: Outcomes, slots: Slots, layout: Layout, attempt: Ints, kind: Ints) -> tuple[Ints, Floats]:
    """What else adds up to each channel: up to three effects, as the module `priors` has them."""
    member, topic = outcomes.member[attempt], outcomes.topic[attempt]
    pace = len(layout) + slots.first(member + 1) - 2
    places = np.zeros((len(attempt), 3), dtype=np.int64)
    weights = np.zeros((len(attempt), 3))
    timed, liked, held = kind == TIME, kind == LIKED, kind == HELD
    places[timed, 0], weights[timed, 0] = (layout.time + topic)[timed], -1.0
    places[timed, 1], weights[timed, 1] = layout.failed, -(~outcomes.solved[attempt][timed]).astype(float)
    places[timed, 2], weights[timed, 2] = pace[timed], 1.0
    places[liked, 0], weights[liked, 0] = layout.liked, 1.0
    places[liked, 2], weights[liked, 2] = pace[liked] + 1, 1.0
    places[held, 0], weights[held, 0] = layout.holds, 1.0
    return places, weights


def loads(scales: Scales) -> Floats:
    """Return how much of the edge each kind of channel shows, f64[4]."""
    return np.array([1.0, scales.reopen_load, scales.time_load, scales.satisfaction_load])


def spreads(scales: Scales) -> Floats:
    """Return the standard deviation of each real kind's noise, f64[4]; 0 marks a logistic one."""
    return np.array([0.0, 0.0, scales.time_sd, scales.satisfaction_sd])
