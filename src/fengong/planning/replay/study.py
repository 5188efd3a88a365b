"""The whole replay: read, understand, calibrate, run every policy over every seed, sum up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from joblib import Parallel, delayed

from fengong.planning.replay import bridge
from fengong.planning.replay.assemble import Assembled, Assembler, columns_of
from fengong.planning.replay.bridge import Sample, Study
from fengong.planning.replay.mapping import Mapping
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.readers.source import read_log
from fengong.planning.replay.results import Calibration, Check, Results, Source
from fengong.planning.replay.team_file import TeamFile

Progress = Callable[[str, float], None]  # the stage, and how much of it is done, 0..1
_STATUS_QUO_SEEDS = 5  # it varies little, and differences are taken seed by seed
_CHECK_SEEDS = (101, 102)  # apart from those of the comparison


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    log: Path
    mapping: Mapping
    policies: tuple[str, ...]
    seeds: int
    team: TeamFile | None = None
    strict: bool = False
    jobs: int = 2
    rest: str = "other"


@dataclass(slots=True)
class _Watch:
    seconds: dict[str, float] = field(default_factory=dict)
    since: float = field(default_factory=monotonic)

    def lap(self, name: str) -> None:
        now = monotonic()
        self.seconds[name] = now - self.since
        self.since = now


def replay(order: Order, progress: Progress) -> Results:
    """Run a replay. Raises `Problem`, also for the first bad row when `strict`."""
    watch = _Watch()
    assembled, rows = read_rows(order, progress)
    watch.lap("read")
    study = bridge.understand(assembled, order.mapping, rest=order.rest)
    progress("infer", 1.0)
    watch.lap("infer")
    study, calibration = _calibrated(study, order, progress)
    watch.lap("calibrate")
    samples = _run_all(study, order, progress)
    watch.lap("simulate")
    recorded = bridge.recorded_sample(study)
    baseline = samples[bridge.STATUS_QUO]
    return Results(
        source=source_of(order, assembled, study, rows),
        facts=bridge.facts(study),
        recorded=bridge.scenario(bridge.RECORDED, [recorded], [recorded]),
        status_quo=bridge.scenario(bridge.STATUS_QUO, baseline, baseline),
        policies=tuple(bridge.scenario(name, samples[name], baseline) for name in order.policies),
        calibration=calibration,
        seeds=order.seeds,
        status_quo_seeds=len(baseline),
        less_is_better=dict(bridge.LESS_IS_BETTER),
        quantiles=bridge.QUANTILES,
        seconds=watch.seconds,
    )


def read_rows(order: Order, progress: Progress) -> tuple[Assembled, int]:
    """Return the rows of the log as numbers, and how many there were. Raises `Problem`."""
    size = max(1, order.log.stat().st_size) if order.log.is_file() else 1
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress("read", min(1.0, done / size))

    mapping = order.mapping
    table = read_log(
        order.log, mapping.wanted(), encoding=mapping.encoding, delimiter=mapping.delimiter, advance=advance
    )
    assembled = Assembler(mapping, columns_of(table, mapping)).read(table)
    progress("read", 1.0)
    if order.strict and assembled.faults:
        first = assembled.faults[0]
        raise Problem(
            "strict", line=first.line, fault=first.code, detail=first.detail, count=len(assembled.faults)
        )
    return assembled, len(table.rows) + len(table.faults)


def _calibrated(study: Study, order: Order, progress: Progress) -> tuple[Study, Calibration]:
    """Fit on every other ticket, check on the rest; and, as a harder test, fit on the first half in time."""
    parts = _parallel(order.jobs, [delayed(_fit)(study, by_time) for by_time in (False, True)])
    fitted, fit, held = next(parts)
    progress("calibrate", 0.5)
    _, _, later = next(parts)
    progress("calibrate", 1.0)
    if order.team is not None:
        fitted = bridge.with_team(fitted, order.team)
    takeup, dormant = bridge.scales(fitted)
    return fitted, Calibration(fit, held, later, takeup, dormant)


def _fit(study: Study, by_time: bool) -> tuple[Study, dict[str, Check], dict[str, Check]]:
    part = bridge.halves(study, by_time=by_time)
    fitted = bridge.fitted(study, part)
    return fitted, *bridge.checks(fitted, part, _CHECK_SEEDS[: 1 if by_time else 2])


def _run_all(study: Study, order: Order, progress: Progress) -> dict[str, list[Sample]]:
    names = (bridge.STATUS_QUO, *order.policies)
    tasks = [
        (name, seed)
        for seed in range(order.seeds)
        for name in names
        if name != bridge.STATUS_QUO or seed < _STATUS_QUO_SEEDS
    ]
    found: dict[str, list[Sample]] = {name: [] for name in names}
    runs = _parallel(order.jobs, [delayed(bridge.run)(study, name, seed) for name, seed in tasks])
    for done, ((name, _), sample) in enumerate(zip(tasks, runs, strict=True), start=1):
        found[name].append(sample)
        progress("simulate", done / len(tasks))
    return found


def _parallel(
    jobs: int, tasks: list[tuple[Callable[..., object], tuple[object, ...], dict[str, object]]]
) -> Iterator[Any]:
    found: Iterator[Any] = Parallel(n_jobs=min(jobs, len(tasks)), return_as="generator", max_nbytes=None)(
        tasks
    )
    return found


def source_of(order: Order, assembled: Assembled, study: Study, rows: int) -> Source:
    """Return what was read."""
    times = study.log.time
    return Source(
        name=order.log.name,
        rows=rows,
        events=len(times),
        cases=len(study.inferred.reading.cases),
        people=len(study.inferred.reading.members),
        teams=len(assembled.teams.codes),
        topics=len(study.inferred.reading.topics),
        first=_date(study.epoch + float(times.min())),
        last=_date(study.epoch + float(times.max())),
        offset=f"{assembled.offset / 3600:+.4g} h",
        ignored=assembled.ignored,
        repeats=study.repeats,
        out_of_order=study.out_of_order,
        faults=tuple(assembled.faults),
    )


def _date(minutes: float) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%d")
