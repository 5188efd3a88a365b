"""The whole what-if: learn, run both sides on every seed in processes of their own, say what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from joblib.externals.loky import ProcessPoolExecutor

from fengong.planning.comparison import bridge
from fengong.planning.comparison.history import LANGUAGES, Past
from fengong.planning.comparison.telling import told
from fengong.planning.replay.mapping import Mapping as LogMapping
from fengong.planning.replay.mapping import default_mapping
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.results import Source
from fengong.planning.whatif.cast import Cast
from fengong.planning.whatif.problems import Place
from fengong.planning.whatif.results import Outlook
from fengong.planning.whatif.scenario import Scenario, Side

Tell = Callable[[str, float], None]
LEAST = 20
"""Finished tickets without which nothing can be learned."""
BEAT = 2.0
"""Seconds between two signs of life."""
LEARNED = 0.3
"""How much of the work is done when learning is."""
SIDE = Side(Place(1, 1), bridge.POLICY)


class Stopped(Exception):
    """Somebody does not want to know any more, or another worker has taken over."""


class Refused(Exception):
    """It cannot be run; `told` says why, by language."""

    def __init__(self, code: str, reason: object = "") -> None:
        super().__init__(code, reason)
        self.told: dict[str, str] = {}
        for language in LANGUAGES:
            with override(language):
                self.told[language] = _sentence(code, reason)


def compare(
    past: Past, before: Mapping[str, Any], after: Mapping[str, Any], *, seeds: int, tell: Tell
) -> dict[str, Any]:
    """Run both sets of rules over a past; by language what was found. Raises Refused, and whatever `tell` raises."""
    log = past.log
    if len(log.facts) < LEAST:
        raise Refused("short", len(log.facts))
    tell("learn", 0.05)
    try:
        with _others() as others:
            task = (bridge.made_ready, (log, _mapping(len(log.facts)), before, after))
            ready = _apart(others, [task], tell, "learn", LEARNED)
            trial, cast, held, span = ready[0]
            tasks = [(bridge.run, (trial, seed)) for seed in range(seeds)]
            figures = _apart(others, tasks, tell, "simulate", 1.0)
    except (Problem, ValueError) as error:
        raise Refused("stuck", error) from error
    tell("simulate", 0.99)
    return {
        language: _said(past, language, (trial, cast, held, span), figures, seeds) for language in LANGUAGES
    }


def _mapping(tickets: int) -> LogMapping:
    """Topics with few tickets go together, so that each left has something to teach."""
    return replace(default_mapping(), least_cases=max(3, min(30, tickets // 20)))


@contextmanager
def _others() -> Iterator[ProcessPoolExecutor]:
    """Two processes of this study alone; what still runs there when it is stopped ends with it."""
    others = ProcessPoolExecutor(max_workers=2)
    try:
        yield others
    finally:
        others.shutdown(kill_workers=True)


def _apart(
    others: ProcessPoolExecutor,
    tasks: list[tuple[Callable[..., Any], tuple[Any, ...]]],
    tell: Tell,
    stage: str,
    until: float,
) -> list[Any]:
    """Run each in another process, so that the worker keeps its own for what is urgent; results in order."""
    futures = [others.submit(function, *arguments) for function, arguments in tasks]
    begun = 0.05 if until == LEARNED else LEARNED
    for ended in _watched(futures):
        tell(stage, begun + (until - begun) * 0.98 * ended / len(futures))
    return [future.result() for future in futures]


def _watched(futures: list[Future[Any]]) -> Iterator[int]:
    """How many are done, every few seconds and whenever one more is."""
    left = set(futures)
    while left:
        _, left = wait(left, timeout=BEAT, return_when=FIRST_COMPLETED)
        yield len(futures) - len(left)


def _said(
    past: Past, language: str, ready: tuple[Any, ...], figures: list[Any], seeds: int
) -> dict[str, Any]:
    trial, cast, held, (first, last) = ready
    with override(language):
        rows, found, identical = bridge.rows_of(trial, figures, _named(cast, past.labels[language]))
        outlook = Outlook(
            source=_source(past, first, last),
            scenario=Scenario(Path(), SIDE, SIDE),
            rows=rows,
            told=found,
            runs=seeds,
            weeks=trial.weeks,
            tickets=len(trial.desk.tickets),
            people=(len(trial.before.team.keys), len(trial.after.team.keys)),
            identical=identical,
            held=held,
            expected=None,
            seconds=0.0,
        )
        return told(outlook)


def _named(cast: Cast, labels: Mapping[str, str]) -> Cast:
    """The same names as a reader of this language knows them."""
    teams = ((name, labels.get(team.partition("/")[0], team)) for name, team in cast.members)
    return replace(
        cast, members=tuple(teams), topics=tuple(labels.get(topic, topic) for topic in cast.topics)
    )


def _source(past: Past, first: float, last: float) -> Source:
    log = past.log
    days = [datetime.fromtimestamp(at + log.offset, UTC).date().isoformat() for at in (first, last)]
    counts = {"events": len(log.events), "cases": len(log.facts), "people": len(log.people.codes)}
    none = dict.fromkeys(("rows", "teams", "topics", "ignored", "repeats", "out_of_order"), 0)
    return Source(name="", first=days[0], last=days[1], offset="", faults=(), **counts, **none)


def _sentence(code: str, reason: object) -> str:
    if code == "short":
        return _(
            "Only %(count)s graded tickets were opened in that time; fewer than %(least)s say nothing certain. "
            "Choose a longer stretch."
        ) % {"count": reason, "least": LEAST}
    if code == "stuck":
        return _("The past cannot be run under these rules: %(reason)s") % {"reason": reason}
    return _("It broke off three times; the log of the server says why.")
