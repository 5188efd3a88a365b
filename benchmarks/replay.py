"""A real log replayed: time for 20 seeds of one policy over every case, and how it compares with the record.

Data: bpic2013/ below FENGONG_BENCH_DATA (BPI Challenge 2013 incidents, as XES or as a flat CSV).
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from rich.console import Console

from benchmarks.shape import Figure, MissingData, Options, Report
from fengong.planning.replay.mapping import load_mapping
from fengong.planning.replay.results import Results
from fengong.planning.replay.study import Order, replay
from fengong.planning.replay.telling import calibration_lines
from fengong.planning.replay.terminal import comparison

_MAPPING = Path(__file__).parents[1] / "examples" / "replay" / "bpic2013.toml"
_FILES = ("bpic2013/bpi_challenge_2013_incidents.xes.gz", "bpic2013/incidents_flat.csv.gz")
_SEEDS, _BOUND = 20, 60.0


def run(options: Options) -> Report:
    """Replay under fengong; quick: two seeds."""
    seeds = 2 if options.quick else _SEEDS
    began = monotonic()
    results = replay(
        Order(_log(options), load_mapping(_MAPPING), ("fengong",), seeds), lambda stage, done: None
    )
    total = monotonic() - began
    Console(width=110, highlight=False).print(comparison("en", results))
    return Report(
        _figures(results, total, seeds),
        _summary(results, total, seeds),
        tuple(calibration_lines("en", results)),
    )


def _log(options: Options) -> Path:
    for name in _FILES[:-1]:
        try:
            return options.file(name)
        except MissingData:
            continue
    return options.file(_FILES[-1])


def _figures(results: Results, total: float, seeds: int) -> tuple[Figure, ...]:
    policy, status_quo = results.policies[0].values, results.status_quo.values
    bound = _BOUND if seeds == _SEEDS else None
    rows = [Figure(f"everything, {seeds} seeds", total, "s", bound, "bound")]
    rows.append(
        Figure(
            "reading and inferring", results.seconds["read"] + results.seconds["infer"], "s", 10.0, "bound"
        )
    )
    for name, what in (
        ("resolved_mean", "time to resolution, mean"),
        ("ownerless_mean", "time without an owner, mean"),
        ("handovers_mean", "hand-overs per case"),
        ("gini", "load spread (Gini)"),
    ):
        unit = "h" if name in ("resolved_mean", "ownerless_mean") else ""
        rows.append(Figure(what, policy[name].mean, unit, status_quo[name].mean, "status quo, simulated"))
    return tuple(rows)


def _summary(results: Results, total: float, seeds: int) -> dict[str, float | int]:
    held = results.calibration.held
    return {
        "cases": results.source.cases,
        "seeds": seeds,
        "seconds": total,
        "read_seconds": results.seconds["read"] + results.seconds["infer"],
        "resolved_mean_h": results.policies[0].values["resolved_mean"].mean,
        "resolved_mean_h_status_quo": results.status_quo.values["resolved_mean"].mean,
        "resolved_mean_h_recorded": results.recorded.values["resolved_mean"].mean,
        "held_out_error_mean_percent": held["resolved_mean"].error,
        "held_out_error_median_percent": held["resolved_median"].error,
    }
