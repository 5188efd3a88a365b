"""Writes the report."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from fengong.planning.replay import telling
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.report import tables
from fengong.planning.replay.report.tables import two
from fengong.planning.replay.results import Results
from fengong.planning.replay.words import both, say

_HERE = Path(__file__).parent
_LIBRARY = _HERE.parents[2] / "web" / "static" / "vendor" / "echarts" / "echarts.min.js"
_BARS = ("resolved_mean", "ownerless_mean", "handovers_mean", "right_first", "resolve_kept", "gini")
_TILES = ("resolved_mean", "handovers_mean", "right_first", "resolve_kept")


def chart_library(path: Path = _LIBRARY) -> str:
    """Return the chart library, which bin/setup installs. Raises `Problem` where it is missing."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem("no-charts", path=path) from error


def write(path: Path, results: Results, library: str) -> None:
    """Write the report. Raises `Problem` when the file cannot be written."""
    try:
        path.write_text(page(results, library), encoding="utf-8")
    except OSError as error:
        raise Problem("unreadable", path=path, reason=error.strerror or error) from error


def page(results: Results, library: str) -> str:
    """Return the whole page."""
    charts = _charts(results)
    parts = {
        "title": escape(results.source.name),
        "css": _file("page.css"),
        "script": _file("page.js"),
        "library": library.replace("</script", "<\\/script"),
        "data": json.dumps(_data(results, charts), ensure_ascii=False).replace("</", "<\\/"),
        "heading": two(*both("title")) + " · " + escape(results.source.name),
        "source": two(*(" · ".join(telling.source_lines(lang, results)) for lang in ("en", "zh"))),
        "language": two(*both("language")),
        "theme": two(*both("theme")),
        "tiles": "".join(tables.tile(results, figure) for figure in _TILES),
        "comparison": tables.comparison(results),
        "calibration": tables.calibration(results),
        "topics": tables.topics(results),
        "charts": "".join(tables.figure(chart, results) for chart in charts),
        "faults": tables.faults(results),
    }
    return Template(_file("page.html")).substitute(parts | _sentences(results))


def _sentences(results: Results) -> dict[str, str]:
    sections = ("verdict", "calibration", "inferred", "unknown", "topic")
    titles = {f"{name}_title": two(*both(name)) for name in sections}
    lists = {
        "verdict": telling.verdict_lines,
        "inferred": telling.shown_lines,
        "unknown": telling.cannot_lines,
    }
    items = {
        name: "".join(
            f"<li>{two(en, zh)}</li>" for en, zh in zip(tell("en", results), tell("zh", results), strict=True)
        )
        for name, tell in lists.items()
    }
    lines = [
        two(en, zh)
        for en, zh in zip(*(telling.calibration_lines(x, results) for x in ("en", "zh")), strict=True)
    ]
    legend = [f"▲ {say(x, 'better')}, ▼ {say(x, 'worse')}: {say(x, 'against')}" for x in ("en", "zh")]
    return {
        **titles,
        **items,
        "comparison_title": two(*both("comparison", seeds=results.seeds, quo=results.status_quo_seeds)),
        "calibration_line": lines[0],
        "calibration_scales": lines[1],
        "legend": two(*legend),
    }


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _charts(results: Results) -> list[dict[str, Any]]:
    bars = [
        {
            "id": figure,
            "kind": "bars",
            "figure": figure,
            "title": both(figure),
            "share": figure in telling.SHARES,
        }
        for figure in _BARS
    ]
    others = [
        {"id": kind, "kind": kind, "title": both(f"chart-{kind}")}
        for kind in ("resolved", "lorenz", "hours", "arrivals")
    ]
    return [*bars, *others]


def _data(results: Results, charts: list[dict[str, Any]]) -> dict[str, object]:
    scenarios = [
        {
            "name": both(scenario.name),
            "values": {
                name: (v.mean, v.low, v.high) for name, v in scenario.values.items() if v.mean == v.mean
            },
            "resolved": [round(value, 3) for value in scenario.resolved],
            "lorenz": [round(value, 4) for value in scenario.lorenz],
        }
        for scenario in results.scenarios()
    ]
    return {
        "charts": charts,
        "scenarios": scenarios,
        "quantiles": results.quantiles,
        "by_hour": results.facts["by_hour"],
        "arrivals": tables.arrivals(results),
        "words": {
            "hours": both("axis-hours"),
            "people": both("axis-people"),
            "weekdays": both("weekdays"),
        },
    }
