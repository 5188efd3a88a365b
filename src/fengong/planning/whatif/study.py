"""The whole comparison: read, understand, calibrate, run both sides on every seed, sum up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from joblib import Parallel, delayed

from fengong.planning.replay import bridge as replay_bridge
from fengong.planning.replay.bridge import Study
from fengong.planning.replay.mapping import Mapping
from fengong.planning.replay.results import Check
from fengong.planning.replay.study import Order, read_rows, source_of
from fengong.planning.whatif import bridge
from fengong.planning.whatif.grouping import grouping
from fengong.planning.whatif.problems import BadScenario
from fengong.planning.whatif.results import Outlook
from fengong.planning.whatif.scenario import Scenario

Progress = Callable[[str, float], None]  # the stage, and how much of it is done, 0..1
_CHECK_SEEDS = (101, 102)  # apart from those of the comparison


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for."""

    log: Path
    mapping: Mapping
    scenario: Scenario
    seeds: int
    strict: bool = False
    jobs: int = 2


def what_if(question: Question, progress: Progress) -> Outlook:
    """Compare the two sides of a scenario. Raises `Problem` for the log, `BadScenario` for the scenario."""
    started, scenario = monotonic(), question.scenario
    order = Order(question.log, question.mapping, (), question.seeds, strict=question.strict)
    assembled, rows = read_rows(order, progress)
    study = replay_bridge.understand(assembled, question.mapping, rest=order.rest)
    progress("infer", 1.0)
    groups = grouping(study, assembled, question.mapping, scenario)
    bridge.trial_of(study, scenario, groups.codes)  # refuse a bad scenario before the long part
    study, held = _calibrated(study, progress)
    trial, cast = bridge.trial_of(study, scenario, groups.codes)
    figures = _run(trial, question, progress)
    found, told, identical = bridge.rows_of(trial, figures, cast, groups.names)
    return Outlook(
        source=source_of(order, assembled, study, rows),
        scenario=scenario,
        rows=found,
        told=told,
        runs=question.seeds,
        weeks=trial.weeks,
        tickets=len(study.desk.tickets),
        people=(len(trial.before.team.keys), len(trial.after.team.keys)),
        identical=identical,
        held=held,
        expected=bridge.expected(study, trial, scenario),
        seconds=monotonic() - started,
    )


def _calibrated(study: Study, progress: Progress) -> tuple[Study, dict[str, Check]]:
    """Fit behaviour on every other ticket; return how well the rest is met."""
    part = replay_bridge.halves(study, by_time=False)
    progress("calibrate", 0.1)
    fitted = replay_bridge.fitted(study, part)
    progress("calibrate", 0.7)
    _, held = replay_bridge.checks(fitted, part, _CHECK_SEEDS)
    progress("calibrate", 1.0)
    return fitted, held


def _run(trial: bridge.Trial, question: Question, progress: Progress) -> list[Any]:
    seeds, figures = range(question.seeds), []
    jobs = min(question.jobs, question.seeds)
    try:
        runs = Parallel(n_jobs=jobs, return_as="generator", max_nbytes=None)(
            delayed(bridge.run)(trial, seed) for seed in seeds
        )
        for done, row in enumerate(runs, start=1):
            figures.append(row)
            progress("simulate", done / question.seeds)
    except ValueError as error:
        scenario = question.scenario
        raise BadScenario(scenario.path, scenario.after.place, "stuck", reason=str(error)) from error
    return figures
