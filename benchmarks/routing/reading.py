"""From what a run showed to one row of figures and terms, in the order of `objective.COLUMNS`."""

from __future__ import annotations

import numpy as np

from benchmarks.routing.objective import PRIORITY, TERM_NAMES, Floats, gini_within
from fengong.engine.simulation.centre.model import Model
from fengong.engine.simulation.centre.result import Counts, Result


def row(model: Model, result: Result) -> Floats:
    """f64[columns]. Waiting is all time without hands on the ticket, also after a failed attempt."""
    counts, people = result.counts, result.people
    offered = max(1, int(counts.offered.sum()))
    waited = result.in_queue * result.minutes
    right = float(counts.right_first.sum()) / max(1, int(counts.served.sum()))
    figures = {
        "wait": float(waited.sum()) / offered,
        "wait_p95": result.wait_quantile(0.95),
        "promise_kept": float(counts.in_time.sum()) / offered,
        "right_tier": right,
        "handovers": float(counts.handovers.sum()) / offered,
        "spread": gini_within(people.worked, people.present, people.tier),
        "growth": _grown(model, people.proficiency),
        "lost": float((counts.abandoned + counts.blocked).sum()) / offered,
    }
    terms = _customer_terms(model, counts, waited)
    terms |= {
        "handovers": figures["handovers"],
        "wrong_tier": 1.0 - right,
        "spread": figures["spread"],
        "growth": figures["growth"] / offered,
    }
    return np.array([*figures.values(), *(terms[name] for name in TERM_NAMES)])


def _customer_terms(model: Model, counts: Counts, waited: Floats) -> dict[str, float]:
    """The terms that weigh with priority, per ticket of any."""
    weight = np.array([PRIORITY[stream.priority - 1] for stream in model.streams])
    promise = np.array([stream.promise for stream in model.streams])
    offered = max(1, int(counts.offered.sum()))
    missed = (counts.offered - counts.in_time).sum(axis=1)
    lost = (counts.abandoned + counts.blocked).sum(axis=1)
    return {
        "waiting": float((weight * waited / promise).sum()) / offered,
        "missed": float((weight * missed).sum()) / offered,
        "lost": float((weight * lost).sum()) / offered,
    }


def _grown(model: Model, proficiency: Floats) -> float:
    """Steps of proficiency gained by all members together."""
    before = [
        [group.skills.get(topic, 0.0) for topic in range(model.topics)]
        for group in model.crew
        for _ in range(group.count)
    ]
    return float((proficiency - np.array(before)).sum())
