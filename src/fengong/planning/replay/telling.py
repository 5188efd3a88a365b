"""What a replay found, put into words: the notes and formats that terminal and report share."""

from __future__ import annotations

from math import isnan
from typing import Any

from fengong.planning.replay.problems import Problem
from fengong.planning.replay.readers.table import Fault
from fengong.planning.replay.results import Range, Results, Scenario
from fengong.planning.replay.words import say

SHARES = frozenset({"pingpong", "right_first", "respond_kept", "resolve_kept"})
BARE = frozenset({"handovers_mean", "gini"})


def label(language: str, figure: str) -> str:
    """Return the name of a figure with its unit, for the side of a table."""
    name = say(language, figure)
    return name if figure in SHARES | BARE else say(language, "in-hours", name=name)


def amount(language: str, figure: str, value: float, *, unit: bool = False) -> str:
    """Return a value of a figure, in words with its unit."""
    if isnan(value):
        return "–"
    if figure in SHARES:
        return f"{value:.1%}"
    if figure in BARE:
        return f"{value:.2f}"
    digits = 1 if abs(value) < 100 else 0
    bare = f"{value:,.{digits}f}"
    return say(language, "hours", value=bare) if unit else bare


def with_interval(language: str, figure: str, value: Range) -> str:
    """Return mean ± half the interval, without the latter where there is none."""
    text = amount(language, figure, value.mean)
    half = value.high - value.mean
    if half <= 0 or isnan(half):
        return text
    if figure in SHARES:
        plus = f"{half * 100:.1f}"
    else:
        plus = f"{half:,.{2 if figure in BARE or half < 0.1 else 1 if half < 100 else 0}f}"
    return f"{text} ±{plus}"


def error(value: float) -> str:
    """Return an error in per cent, a dash where there is none."""
    return "–" if isnan(value) else f"{value:+.0f} %"


def standing(results: Results, scenario: Scenario, figure: str) -> int:
    """Return 1 where a scenario is clearly better than the simulated status quo, -1 worse, 0 when not clear."""
    apart = scenario.against[figure]
    if apart.low <= 0 <= apart.high:
        return 0
    return 1 if (apart.mean < 0) == results.less_is_better[figure] else -1


def source_lines(language: str, results: Results) -> list[str]:
    """Return what was read."""
    source = results.source
    known = {name: getattr(source, name) for name in source.__slots__ if name != "faults"}
    return [
        say(language, "source-line", **known),
        say(language, "source-more", **known, faults=len(source.faults)),
    ]


def shown_lines(language: str, results: Results) -> list[str]:
    """Return what the log shows."""
    facts: dict[str, Any] = results.facts
    a, b, c = facts["members"]
    needed, highest = facts["needed"], facts["highest"]
    lines = [
        say(language, "shown-people", a=a, b=b, c=c),
        say(
            language, "shown-difficulty", a=needed[0], b=needed[1], c=needed[2], d=highest[0], e=highest[1],
            f=highest[2], high=facts["went_too_high"], right=facts["graded_right"],
        ),
        say(
            language, "shown-front", front=facts["first_line_alone"], changes=facts["team_changes"],
            one=facts["one_team"], back=facts["came_back"],
        ),
        say(
            language, "shown-hands", passed=facts["passed_on"], reopened=facts["reopened"],
            unresolved=facts["unresolved"],
        ),
        say(language, "shown-wait", share=facts["customer_share"], median=facts["customer_median"] / 60.0),
    ]  # fmt: skip
    if facts["changed_members"] or facts.get("team_file"):
        lines.append(say(language, "team-file", count=facts["changed_members"]))
    return lines


def cannot_lines(language: str, results: Results) -> list[str]:
    """Return what the log cannot tell, and how it was estimated."""
    facts: dict[str, Any] = results.facts
    odds = ", ".join(f"{value:.2f}" for value in facts["odds"][2:])
    return [
        say(
            language, "cannot-effort", hours=facts["effort_hours"], low=facts["effort_low"],
            high=facts["effort_high"],
        ),
        say(language, "cannot-presence", hours=facts["shift_hours"]),
        say(language, "cannot-why"),
        say(language, "cannot-skill", odds=odds, rest="other"),
        say(
            language, "cannot-reaction", queued=facts["queued_wait"] / 60.0,
            assigned=facts["assigned_wait"] / 60.0,
        ),
        say(language, "cannot-limits"),
        say(language, "cannot-time"),
        say(language, "cannot-given"),
    ]  # fmt: skip


def calibration_lines(language: str, results: Results) -> list[str]:
    """Return the calibration line and the fitted scales."""
    held, calibration = results.calibration.held, results.calibration
    return [
        say(
            language,
            "calibration-line",
            mean=held["resolved_mean"].error,
            median=held["resolved_median"].error,
            p90=held["resolved_p90"].error,
            ownerless=held["ownerless_mean"].error,
            kept=held["resolve_kept"].error,
        ),
        say(
            language,
            "calibration-scales",
            takeup=" / ".join(f"{value:.2f}" for value in calibration.takeup),
            dormant=" / ".join(f"{value:.2f}" for value in calibration.dormant),
        ),
    ]


def verdict_lines(language: str, results: Results) -> list[str]:
    """Return how each policy stands to the simulated status quo, losses named."""
    lines = []
    for scenario in results.policies:
        marks = {figure: standing(results, scenario, figure) for figure in results.less_is_better}
        worse = [say(language, figure) for figure, mark in marks.items() if mark < 0]
        lines.append(
            say(
                language,
                "verdict-better",
                policy=say(language, scenario.name),
                better=sum(mark > 0 for mark in marks.values()),
                worse=len(worse),
                all=len(marks),
            )
            + (" " + say(language, "verdict-worse", figures="; ".join(worse)) if worse else "")
        )
    return lines


def fault_line(language: str, fault: Fault) -> str:
    """Return one bad row in words."""
    return say(language, "fault", line=fault.line, reason=say(language, fault.code, **fault.detail))


def problem_line(language: str, problem: Problem) -> str:
    """Return what stopped the run, in words."""
    detail: dict[str, Any] = dict(problem.detail)
    for key in ("names", "present"):
        if isinstance(detail.get(key), tuple):
            detail[key] = ", ".join(f"“{name}”" for name in detail[key])
    if "faults" in detail:
        detail["faults"] = "; ".join(fault_line(language, fault) for fault in detail["faults"])
    if "fault" in detail:
        detail["reason"] = say(language, str(detail["fault"]), **dict(detail["detail"]))
        del detail["detail"]
    return say(language, problem.code, **detail)
