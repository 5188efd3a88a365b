"""Small desks that tests learn from."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np

from benchmarks.rating.truth import Shape, Truth, simulate
from fengong.engine.rating.fit import fit
from fengong.engine.rating.outcomes import Members, Outcomes
from fengong.engine.rating.ratings import Ratings

NAN = float("nan")


@cache
def small() -> Truth:
    """24 members, 5 topics, 3,000 tickets; whoever changes an array of it works on a copy."""
    return simulate(Shape(members=24, topics=5, tickets=3000), 5)


@cache
def learned() -> Ratings:
    return fit(small().outcomes, small().members)


def joined(*parts: Outcomes) -> Outcomes:
    return Outcomes(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Outcomes)))


def attempts(member, solved, *, topic=0, ticket=None, at=0.0, **given) -> Outcomes:
    """One attempt per entry of `solved`, at tickets of their own unless told."""
    solved = np.asarray(solved, dtype=bool)
    n = len(solved)
    whole = {"topic": topic, "grade": 2, "text_grade": 0, "kind": 0, "member": member}
    columns = {
        name: np.broadcast_to(given.get(name, value), n).astype(np.int64) for name, value in whole.items()
    }
    return Outcomes(
        **columns,
        ticket=np.arange(n) if ticket is None else np.broadcast_to(ticket, n).astype(np.int64),
        solved=solved,
        escalated=~solved,
        reopened=np.broadcast_to(given.get("reopened", False), n) & solved,
        satisfaction=np.broadcast_to(given.get("satisfaction", NAN), n).astype(float),
        minutes=np.broadcast_to(given.get("minutes", NAN), n).astype(float),
        at=np.broadcast_to(at, n).astype(float),
    )


def team(declared) -> Members:
    declared = np.asarray(declared, dtype=float)
    return Members(declared, np.zeros((len(declared), 0), dtype=np.int64))


def numbered(outcomes: Outcomes, first: int) -> Outcomes:
    """The same attempts at other tickets."""
    return replace(outcomes, ticket=outcomes.ticket + first)
