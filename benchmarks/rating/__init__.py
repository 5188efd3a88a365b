"""Ability learned from outcomes: on desks whose truth is known, and on a real log of incidents.

On made desks: how well ability is ranked and how often intervals hold it, beside raw shares of solved tickets. On the
log: how well it is foretold that a person passes a ticket up, beside averages of product and line, for the same stints.
Data: bpic2013/ below FENGONG_BENCH_DATA (BPI Challenge 2013 incidents, flat CSV); without it the log is left out.
"""

from __future__ import annotations

from benchmarks.rating import foretelling, recovery
from benchmarks.shape import MissingData, Options, Report


def run(options: Options) -> Report:
    """Quick: one small desk, and no log."""
    made = recovery.report(options)
    if options.quick:
        return made
    try:
        real = foretelling.report(options)
    except MissingData as absent:
        return Report(made.figures, made.summary, (*made.notes, f"the incident log was left out: {absent}"))
    return Report(made.figures + real.figures, {**made.summary, **real.summary}, made.notes + real.notes)
