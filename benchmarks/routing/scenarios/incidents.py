"""The incident log, replayed: what came in, who was there and how they work as the log shows it, calibrated on half.

The customer of an incident is promised a solution, not an answer, so waiting and promises are counted up to that.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.routing.objective import PRIORITY, TERM_NAMES, Floats, gini_within
from benchmarks.shape import MissingData, Options
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.desk import Desk, Staff
from fengong.engine.simulation.outcome import Outcome
from fengong.engine.simulation.run import simulate
from fengong.planning.replay import bridge
from fengong.planning.replay.assemble import Assembler, columns_of
from fengong.planning.replay.mapping import load_mapping
from fengong.planning.replay.readers.source import read_log

NAME, TITLE = "incidents", "The incident log, replayed"
TELLS = "7,546 incidents of 2013 in three lines; who can do what, hours and hand-overs as the log shows them"
_MAPPING = Path(__file__).parents[3] / "examples" / "replay" / "bpic2013.toml"
_FILES = ("bpic2013/bpi_challenge_2013_incidents.xes.gz", "bpic2013/incidents_flat.csv.gz")


def incidents(options: Options) -> Desk:
    """The desk of the log, calibrated on every other ticket. Raises MissingData."""
    mapping = load_mapping(_MAPPING)
    table = read_log(
        _log(options),
        mapping.wanted(),
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        advance=lambda done: None,
    )
    assembled = Assembler(mapping, columns_of(table, mapping)).read(table)
    study = bridge.understand(assembled, mapping, rest="other")
    return bridge.fitted(study, bridge.halves(study, by_time=False)).desk


def incident_row(desk: Desk, outcome: Outcome) -> Floats:
    """f64[columns]: as `reading.row`, with the solution for the answer."""
    tickets = desk.tickets
    waited = outcome.resolved - outcome.arrival - outcome.customer
    late = ~(waited <= tickets.resolve_by - tickets.arrival)
    weight = np.array(PRIORITY)[tickets.priority - 1]
    right, handovers = float(outcome.right_first.mean()), float(outcome.handovers.mean())
    spread = gini_within(outcome.effort, _hours(desk.staff), desk.staff.tier)
    promise = tickets.resolve_by - tickets.arrival
    figures = [float(waited.mean()), float(np.quantile(waited, 0.95)), 1.0 - float(late.mean())]
    terms = {
        "waiting": float((weight * waited / promise).mean()),
        "missed": float((weight * late).mean()),
        "lost": 0.0,
        "handovers": handovers,
        "wrong_tier": 1.0 - right,
        "spread": spread,
        "growth": 0.0,
    }
    return np.array([*figures, right, handovers, spread, 0.0, 0.0, *(terms[name] for name in TERM_NAMES)])


def incident_run(desk: Desk, policy: str, rules: Rules, seed: int) -> Floats:
    """One row of results."""
    return incident_row(desk, simulate(desk, policy=policy, seed=seed, rules=rules))


def _hours(staff: Staff) -> Floats:
    """Minutes on shift, as far as the log shows them; the same for all where it shows none."""
    return np.array(
        [
            sum(b - a for a, b in zip(starts, ends, strict=True)) or 1.0
            for starts, ends in zip(staff.shifts.starts, staff.shifts.ends, strict=True)
        ]
    )


def _log(options: Options) -> Path:
    for name in _FILES[:-1]:
        try:
            return options.file(name)
        except MissingData:
            continue
    return options.file(_FILES[-1])
