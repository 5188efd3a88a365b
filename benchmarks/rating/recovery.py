"""Desks whose truth is known: what is recovered, seed by seed."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import spearmanr

from benchmarks.rating.truth import Shape, Truth, simulate
from benchmarks.shape import Figure, Options, Report
from fengong.engine.rating.fit import fit
from fengong.engine.rating.online import Online
from fengong.engine.rating.outcomes import Bools, Floats
from fengong.engine.rating.ratings import Ratings

SEEDS = (1, 2, 3, 4, 5)
ENOUGH = 100


@dataclass(frozen=True)
class Row:
    """One desk: cells with enough attempts, rank correlations with the truth, shares of intervals that hold it."""

    crooked: bool
    seed: int
    cells: int
    ours: float
    raw: float
    held: float
    held_often: float
    aligned: float
    seconds: float
    online: float


def report(options: Options) -> Report:
    """Every seed, straight and crooked."""
    shape = Shape(members=24, topics=5, tickets=3000) if options.quick else Shape()
    seeds = SEEDS[:1] if options.quick else SEEDS
    _warm_up()
    rows = [
        _row(Shape(shape.members, shape.topics, shape.tickets, crooked), s)
        for crooked in (False, True)
        for s in seeds
    ]
    _show(rows)
    straight, crooked = ([row for row in rows if row.crooked == which] for which in (False, True))
    ours, raw = min(row.ours for row in straight), max(row.raw for row in straight)
    held = float(np.mean([row.held for row in straight]))
    figures = (
        Figure(
            "rank correlation with true ability, worst seed", ours, "", raw, "raw shares, best seed", "more"
        ),
        Figure("the same, crooked world", *_worst(crooked), "raw shares, best seed", "more"),
        Figure("90 % intervals that hold the truth, seen cells", 100 * held, "%", 90.0, "promised", "more"),
        Figure("batch fit, processor time", max(row.seconds for row in rows), "s"),
        Figure("online, many at once, processor time each", max(row.online for row in rows), "µs"),
    )
    summary = {
        "spearman_worst": ours,
        "spearman_raw_best": raw,
        "spearman_crooked_worst": min(row.ours for row in crooked),
        "covered_percent": 100 * held,
        "covered_crooked_percent": 100 * float(np.mean([row.held for row in crooked])),
        "fit_seconds": max(row.seconds for row in rows),
        "online_microseconds": max(row.online for row in rows),
    }
    return Report(figures, summary, _NOTES)


_NOTES = (
    f"cells: member and topic with at least {ENOUGH} attempts (quick: 30); seen: at least 10",
    "straight worlds differ from the model in that grades are wrong at random, so residues are mixtures; crooked ones "
    "have another link with slips and guesses, topics of unequal sharpness, heavy tails, gamma times, rounded "
    "satisfaction, and a router that at times knows more than the record",
    "in a crooked world a logit is not the unit abilities are made in: `aligned` puts the truth on our scale by one "
    "straight line before intervals are checked",
)


def _worst(rows: list[Row]) -> tuple[float, str, float]:
    return min(row.ours for row in rows), "", max(row.raw for row in rows)


def _warm_up() -> None:
    """Compile before anything is timed."""
    truth = simulate(Shape(members=24, topics=3, tickets=200), 0)
    Online(fit(truth.outcomes, truth.members)).observe(truth.outcomes)


def _row(shape: Shape, seed: int) -> Row:
    truth = simulate(shape, seed)
    began = process_time()
    ratings = fit(truth.outcomes, truth.members)
    seconds = process_time() - began
    shares, tries = _raw(truth)
    often = tries >= (ENOUGH if shape.members == 60 else 30)
    held = _held(ratings, truth.ability)
    line = np.polyfit(truth.ability[often], ratings.ability[often], 1).tolist()
    return Row(
        crooked=shape.crooked,
        seed=seed,
        cells=int(often.sum()),
        ours=float(spearmanr(ratings.ability[often], truth.ability[often])[0]),
        raw=float(spearmanr(shares[often], truth.ability[often])[0]),
        held=float(held[tries >= 10].mean()),
        held_often=float(held[often].mean()),
        aligned=float(_held(ratings, line[0] * truth.ability + line[1])[often].mean()),
        seconds=seconds,
        online=_online(truth, ratings),
    )


def _raw(truth: Truth) -> tuple[Floats, Floats]:
    """Share solved, and attempts, by member and topic."""
    outcomes = truth.outcomes
    tries, wins = np.zeros(truth.ability.shape), np.zeros(truth.ability.shape)
    np.add.at(tries, (outcomes.member, outcomes.topic), 1.0)
    np.add.at(wins, (outcomes.member, outcomes.topic), outcomes.solved.astype(float))
    return wins / np.maximum(tries, 1.0), tries


def _held(ratings: Ratings, ability: Floats) -> Bools:
    low, high = ratings.interval()
    return (low <= ability) & (ability <= high)


def _online(truth: Truth, ratings: Ratings) -> float:
    """Microseconds an outcome."""
    online = Online(ratings)
    began = process_time()
    online.observe(truth.outcomes)
    return 1e6 * (process_time() - began) / len(truth.outcomes)


def _show(rows: list[Row]) -> None:
    table = Table(title="ability recovered, by world and seed", title_justify="left")
    for heading in ("world", "seed", "cells", "ours", "raw", "held", "held, often", "aligned", "fit s"):
        table.add_column(heading, justify="right")
    for row in rows:
        numbers = (row.ours, row.raw, row.held, row.held_often, row.aligned, row.seconds)
        world = "crooked" if row.crooked else "straight"
        table.add_row(world, str(row.seed), str(row.cells), *(f"{number:.3f}" for number in numbers))
    Console(width=110, highlight=False).print(table)
