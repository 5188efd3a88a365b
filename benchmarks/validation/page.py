"""The page docs/engine/validation.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.validation.queues import RUNS
from benchmarks.validation.table import Row, markdown

_OPENING = """# Does the simulator say the truth?

Written by `python -m benchmarks.validation docs/engine/validation.md {contacts:g}`; a shorter run is part of the tests
(`tests/engine/simulation/validation`).

## How it is compared
- Each setting is simulated in {runs} independent runs with the seeds 0 to {last}, from an empty start whose
  first minutes are left out (30 service times for large teams, up to 300 for one member).
- Intervals are Student's at 99.9 % over ratios of sums (delta method), for every figure on its own: nothing is widened
  because many are looked at.
- How long a setting is run is worked out beforehand, from the asymptotic variance of the process in theory
  (`benchmarks/validation/lengths.py`), so that half an interval is about 3 % of the figure at most, or 6 or 10 % where
  {millions:g} million contacts are too few for that. It is not chosen by the result, and neither are the seeds.
- Everything runs through the event loop but what is marked "by recursion": the same draws without events, for the long
  runs that large teams need in which few wait.
- What theory says comes from `fengong.engine.staffing`, which shares no code with the simulator and is itself held
  against computations with 40 digits in `tests/engine/staffing`.
- Contact by contact: on the same arrivals, work and patience, a simulator in a few lines of plain Python begins every
  contact at the same time (`tests/engine/simulation/validation/test_trace.py`).
- With 99.9 % intervals for so many figures, one in a thousand is expected to miss without anything being wrong.
"""
_FAMILIES = {
    "M/M/c": "Erlang C. `delayed`: share that waits; `wait`: its mean; target: 0.2 minutes; service: 1 minute.",
    "M/M/c+M": "Erlang A: who waits gives up after an exponential time. `wait` is that of all, answered or not.",
    "M/M/c/K": "A limited number of places; `delayed` and `wait` are about those let in.",
    "priorities": "Non-preemptive, class 0 goes first; waits from Cobham 1954, their distribution from Davis 1966.",
    "tiers": "Whom tier 1 cannot help waits for tier 2 (a Jackson network); class k is the wait at tier k + 1.",
    "skill graphs": "First come first served, longest-idle member first: the exact product form of Adan and Weiss.",
}


def page(rows: Sequence[Row], contacts: float) -> Iterator[str]:
    """Line by line; `contacts` as a setting was allowed."""
    theory = [row for row in rows if row.low == row.high]
    yield _OPENING.format(runs=RUNS, last=RUNS - 1, contacts=contacts, millions=contacts / 1e6)
    settings = len({(row.family, row.setting) for row in theory})
    outside = sum(not row.holds for row in theory)
    yield f"**{settings} settings, {len(theory)} figures, {outside} outside their interval of 99.9 %.**"
    for family, what in _FAMILIES.items():
        yield f"\n## {family}\n{what}\n"
        yield from markdown([row for row in rows if row.family == family], "theory", "99.9 %")
    yield _PUBLISHED
    yield from markdown([row for row in rows if row.family == "published"], "published, 95 %", "95 %")
    yield _POOLING
    yield from markdown([row for row in rows if row.family == "pooling"], "anchor with its error", "95 %")
    yield "\nWith one skill and with all six there is also an exact answer (a product form, and M/M/90/120):\n"
    yield from markdown([row for row in rows if row.family == "pooling, exact"], "theory", "99.9 %")


_PUBLISHED = """
## Published example models
MMC and SimpleMSK of the ContactCenters library (E. Buist, P. L'Ecuyer, github.com/umontreal-simul/contactcenters at
f5ddb4a), parameters restated in `benchmarks/validation/published.py`; theirs are 1000 days. SimpleMSK has three types,
two groups whose size changes by period, a gamma busyness of the day, patience, and rates by period of arrival. They
agree when the two intervals meet; `in target` counts contacts a day. Definitions are those of the published programs:
occupancy of MMC is that of the eight hours, that of SimpleMSK lasts until the last contact is done with.
"""
_POOLING = """
## Six types, 90 agents, one to six skills
After Wallace and Whitt 2005; the anchor is an independent simulation of the same model as recalled, 8 runs of 55,000
minutes, rounded as printed. Its standard errors were not kept: they are taken to be ours, scaled to that length. Here
24 runs of 55,000 minutes.
"""
