"""The approximate posterior of a batch: its mode by Newton's method, its spread by the curvature there (Laplace)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.arrow import Solved, diagonal_part, empty, solve
from fengong.engine.rating.channels import Sight, loads, spreads
from fengong.engine.rating.kernels.curvature import Arrow, Bench, Rows, Swing, accumulate, blur
from fengong.engine.rating.kernels.expectation import Found, Look, expect
from fengong.engine.rating.outcomes import Floats
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.shared import Belief, Layout
from fengong.engine.rating.slots import Slots, member_precision

NODES = 21
_FARTHEST = 2.0  # how far one step may move a variable


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not change while a batch is learned."""

    sight: Sight
    slots: Slots
    layout: Layout
    priors: Priors


@dataclass(frozen=True, slots=True)
class Posterior:
    """`at` f64[s + v] and the covariance there; what the tickets' channels say, how uncertain
    variables blur it; prior precision by member."""

    at: Floats
    solved: Solved
    found: Found
    look: Look
    inner: tuple[Floats, ...]


def swing(problem: Problem, now: Posterior) -> Swing:
    """How uncertain variables blur what tickets say."""
    found = now.found
    out = Swing(np.zeros(len(found.mean)), np.zeros(len(found.score)))
    blur(_rows(problem, now.look), found.lean, now.solved.covariance(), _bench(problem, len(now.at)), out)
    return out


def standard_normal(count: int = NODES) -> tuple[Floats, Floats]:
    """Nodes and weights f64[count] that integrate over a standard normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(count)
    return nodes, weights / np.sqrt(2.0 * np.pi)


def newton(problem: Problem, scales: Scales, belief: Belief, at: Floats, *, whole: bool) -> Posterior:
    """Take one step of Newton's method from `at`, with the covariance of the place it starts from.

    Unless `whole`, what members learn from one another's attempts at a ticket is in the gradient, not in the curvature.
    """
    look = _look(problem, scales, at)
    found = _expected(look, scales)
    arrow = empty(len(belief.mean), problem.slots.blocks(whole=whole))
    curve = found.curve if whole else found.curve * problem.sight.channels.same
    accumulate(_rows(problem, look), found.score, curve, arrow, _bench(problem, len(at)))
    shared = len(belief.mean)
    arrow.head[:] += belief.precision
    arrow.gradient[:shared] -= belief.precision @ (at[:shared] - belief.mean)
    inner = _add_prior(problem.slots, scales, at[shared:], arrow.gradient[shared:], arrow)
    solved = solve(arrow)
    farthest = float(np.abs(solved.step).max(initial=1e-12))
    return Posterior(at + solved.step * min(1.0, _FARTHEST / farthest), solved, found, look, inner)


def _look(problem: Problem, scales: Scales, at: Floats) -> Look:
    channels = problem.sight.channels
    values = at[channels.places]
    return Look(
        edge=(channels.edge * values).sum(axis=1),
        offset=(channels.rest * values).sum(axis=1),
        load=loads(scales)[channels.kind],
        sd=spreads(scales)[channels.kind],
        seen=channels.seen,
        bounds=channels.bounds,
        pairs=channels.pairs,
    )


def _rows(problem: Problem, look: Look) -> Rows:
    channels = problem.sight.channels
    weights = channels.edge * look.load[:, None] + channels.rest
    return Rows(channels.places, weights, channels.edge, look.load, channels.bounds, channels.pairs)


def _expected(look: Look, scales: Scales) -> Found:
    count, tickets = len(look.seen), len(look.bounds) - 1
    channel, ticket = np.empty((5, count)), np.empty((3, tickets))
    found = Found(
        score=channel[0],
        info=channel[1],
        pull=channel[2],
        lean=channel[3],
        miss=channel[4],
        curve=np.empty(int(look.pairs[-1])),
        mean=ticket[0],
        variance=ticket[1],
        loglik=ticket[2],
    )
    nodes, weights = standard_normal()
    expect(look, nodes, weights, scales.ticket, found)
    return found


def _bench(problem: Problem, variables: int) -> Bench:
    channels = problem.sight.channels
    longest, width = int(np.diff(channels.bounds).max(initial=1)), channels.places.shape[1]
    room = min(longest * width, variables)
    return Bench(
        np.full(variables, -1),
        np.zeros(room, dtype=np.int64),
        np.zeros((longest, room)),
        np.zeros((room, room)),
        *np.zeros((3, room)),
    )


def _add_prior(
    slots: Slots, scales: Scales, at: Floats, gradient: Floats, arrow: Arrow
) -> tuple[Floats, ...]:
    """Add the members' prior to information and gradient; return each member's prior precision."""
    made = []
    for member in range(slots.members):
        inner = member_precision(slots, scales, member)
        first = int(slots.first(member))
        mine = slice(first, first + len(inner))
        diagonal_part(arrow, first, len(inner))[:] += inner
        gradient[mine] -= inner @ at[mine]
        made.append(inner)
    return tuple(made)
