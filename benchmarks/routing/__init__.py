"""Every policy on every kind of day, at equal staffing and with dials found by the same effort.

Seeds are shared by all policies (common random numbers); dials were found on other seeds than those of the test.
`--tune` finds them anew. The page in docs/engine is written anew by a full run that has the incident log.
"""

from __future__ import annotations

from time import monotonic

from benchmarks.routing.contest import Settings, explore, one_run, search, store, stored
from benchmarks.routing.contestants import OURS
from benchmarks.routing.field import CONTESTANTS, SCENARIOS
from benchmarks.routing.finding import Finding
from benchmarks.routing.log import incident_finding
from benchmarks.routing.page import write_page
from benchmarks.routing.telling import show_findings
from benchmarks.routing.verdict import mean_points
from benchmarks.shape import Figure, MissingData, Options, Report
from fengong.engine.simulation.experiment import Workers

QUICK_RUNS = 4
NOTES = (
    "same seeds for every policy; dials found with the same number of runs for each, on other seeds than the test's",
    "margins: paired 95 % intervals over runs; p-values after Holm over all classical policies of the scenario",
)


def run(options: Options) -> Report:
    """All scenarios; quick: few runs each and without the log."""
    began = monotonic()
    workers = Workers(2)
    if options.tune:
        store(_tuned(workers))
    settings = stored()
    one_run(next(iter(SCENARIOS)), OURS, {}, 0)  # compiled here, not by every worker at the same time
    findings = [
        explore(make(), settings, QUICK_RUNS if options.quick else make().runs, workers)
        for make in SCENARIOS.values()
    ]
    missing: tuple[str, ...] = ()
    try:
        if not options.quick:
            findings.append(incident_finding(options, workers))
    except MissingData as absent:
        missing = (f"SKIPPED the incident log: {absent}",)
    show_findings(findings)
    if not options.quick and not missing:
        write_page(findings)
    return Report(_figures(findings), _summary(findings, monotonic() - began), (*NOTES, *missing))


def _tuned(workers: Workers) -> Settings:
    found: Settings = stored()
    for name, make in SCENARIOS.items():
        for contestant in CONTESTANTS.values():
            if contestant.dials(make()):
                tuned = search(make(), contestant, workers)
                found.setdefault(name, {})[contestant.name] = dict(tuned.parameters)
                print(f"{name}: {contestant.name}: {tuned.start:.3f} -> {tuned.value:.3f} points", flush=True)
    return found


def _figures(findings: list[Finding]) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            finding.title,
            mean_points(finding.rows[OURS])[0],
            "points a ticket",
            mean_points(finding.rows[finding.margin.rival])[0],
            finding.margin.rival,
        )
        for finding in findings
    )


def _summary(findings: list[Finding], seconds: float) -> dict[str, float | int]:
    return {
        "scenarios": len(findings),
        "ahead": sum(finding.margin.says == "ahead" for finding in findings),
        "behind": sum(finding.margin.says == "behind" for finding in findings),
        "at_the_front": sum(finding.at_front for finding in findings),
        "seconds": seconds,
    }
