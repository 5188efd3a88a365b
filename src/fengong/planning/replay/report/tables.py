"""The tables of the report. Everything a reader sees stands in both languages, one of them hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from fengong.planning.replay import telling
from fengong.planning.replay.results import Results, Scenario
from fengong.planning.replay.words import both

_DAYS_SHOWN = 70
_FAULTS_SHOWN = 200
_ARROWS = {1: ' <span class="up">▲</span>', -1: ' <span class="down">▼</span>', 0: ""}


def two(english: str, chinese: str) -> str:
    """Return both wordings, each marked with its language; one when they are the same."""
    if english == chinese:
        return escape(english)
    return f'<span lang="en">{escape(english)}</span><span lang="zh">{escape(chinese)}</span>'


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]], *, mine: int = -1) -> str:
    def cell(tag: str, i: int, content: str) -> str:
        scope = ' scope="col"' if tag == "th" and i else ""
        return f"<{tag}{scope}{' class=mine' if i == mine else ''}>{content}</{tag}>"

    head = "".join(cell("th", i, content) for i, content in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(cell("th" if i == 0 else "td", i, content) for i, content in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def comparison(results: Results) -> str:
    """Return every figure under every scenario."""
    scenarios = results.scenarios()
    heads = [two(*both("figure")), *(two(*both(s.name)) for s in scenarios)]
    rows = [
        [_label(figure), *(_value(results, s, figure) for s in scenarios)]
        for figure in results.less_is_better
    ]
    return _table(heads, rows, mine=3)


def _label(figure: str) -> str:
    return two(*(telling.label(language, figure) for language in ("en", "zh")))


def _value(results: Results, scenario: Scenario, figure: str) -> str:
    value = scenario.values[figure]
    words = [telling.with_interval(language, figure, value).partition(" ±") for language in ("en", "zh")]
    text = two(words[0][0], words[1][0])
    if words[0][2]:
        text += f" <small>±{escape(words[0][2])}</small>"
    return text + (
        _ARROWS[telling.standing(results, scenario, figure)] if scenario in results.policies else ""
    )


def calibration(results: Results) -> str:
    """Return recorded against simulated, and the errors on each part."""
    found = results.calibration
    names = ("figure", "recorded", "status-quo", "calibration-fit", "calibration-held", "calibration-later")
    rows = []
    for figure in results.less_is_better:
        held = found.held[figure]
        errors = (found.fit[figure].error, held.error, found.later[figure].error)
        amounts = [
            two(*(telling.amount(language, figure, value) for language in ("en", "zh")))
            for value in (held.recorded, held.simulated)
        ]
        rows.append([_label(figure), *amounts, *(telling.error(error) for error in errors)])
    return _table([two(*both(name)) for name in names], rows)


def topics(results: Results) -> str:
    """Return the topics: how many, how long, how hard."""
    facts: dict[str, Any] = results.facts
    rows = [
        [escape(row["name"]), f"{row['cases']:,}", f"{row['minutes']:.0f}", f"{row['above_first']:.0%}"]
        for row in facts["topics"]
    ]
    return _table([two(*both(name)) for name in ("topic", "cases", "effort-each", "above-first")], rows)


def tile(results: Results, figure: str) -> str:
    """Return one large figure of the first policy beside the simulated status quo and the record."""
    policy = results.policies[0]
    beside = [
        f"{two(*both(scenario.name))} {two(*_amounts(figure, scenario))}"
        for scenario in (results.status_quo, results.recorded)
    ]
    mark = _ARROWS[telling.standing(results, policy, figure)]
    return (
        f'<div class="tile"><h3>{two(*both(figure))} · {two(*both(policy.name))}</h3>'
        f"<strong>{two(*_amounts(figure, policy))}{mark}</strong><p>{'<br>'.join(beside)}</p></div>"
    )


def _amounts(figure: str, scenario: Scenario) -> list[str]:
    return [
        telling.amount(language, figure, scenario.values[figure].mean, unit=True) for language in ("en", "zh")
    ]


def figure(chart: dict[str, Any], results: Results) -> str:
    """Return one chart's place with its table."""
    wide = chart["kind"] in ("hours", "arrivals")
    low = " low" if wide or chart["kind"] == "bars" else ""
    return (
        f"<figure{' class=wide' if wide else ''}><figcaption>{two(*chart['title'])}</figcaption>"
        f'<div class="chart{low}" id="chart-{chart["id"]}" role="img"></div>'
        f"<details><summary>{two(*both('as-table'))}</summary>"
        f'<div class="scroll">{_behind(chart, results)}</div></details></figure>'
    )


def _behind(chart: dict[str, Any], results: Results) -> str:
    names = [two(*both(scenario.name)) for scenario in results.scenarios()]
    if chart["kind"] == "bars":
        row = [two(*chart["title"]), *(_value(results, s, chart["figure"]) for s in results.scenarios())]
        return _table(["", *names], [row])
    if chart["kind"] == "resolved":
        rows = [
            [f"{q:.1%}", *(f"{s.resolved[i]:,.2f}" for s in results.scenarios())]
            for i, q in enumerate(results.quantiles)
        ]
        return _table([two(*both("axis-share")), *names], rows)
    if chart["kind"] == "lorenz":
        count = len(results.recorded.lorenz) - 1
        rows = [
            [f"{i / count:.1%}", *(f"{s.lorenz[i]:.1%}" for s in results.scenarios())]
            for i in range(count + 1)
        ]
        return _table([two(*both("axis-people")), *names], rows)
    if chart["kind"] == "hours":
        return _hours(results)
    return _table(["", two(*both("cases"))], [[day, str(count)] for day, count in arrivals(results)])


def _hours(results: Results) -> str:
    by_hour: Any = results.facts["by_hour"]
    days = zip(*(words.split(" ") for words in both("weekdays")), strict=True)
    rows = [[two(*day), *(str(count) for count in row)] for day, row in zip(days, by_hour, strict=True)]
    return _table(["", *(str(hour) for hour in range(24))], rows)


def arrivals(results: Results) -> list[tuple[str, int]]:
    """Return day and number of arrivals of the last weeks of the log."""
    counts: Any = results.facts["arrivals"]
    first = date.fromisoformat(results.source.first)
    days = [((first + timedelta(days=i)).isoformat(), count) for i, count in enumerate(counts)]
    return days[-_DAYS_SHOWN:]


def faults(results: Results) -> str:
    """Return the rows that were skipped, nothing when there were none."""
    found = results.source.faults
    if not found:
        return ""
    counted = two(*both("skipped", count=f"{len(found):,}", rows=f"{results.source.rows:,}"))
    lines = "".join(
        f"<li>{two(*(telling.fault_line(language, fault) for language in ('en', 'zh')))}</li>"
        for fault in found[:_FAULTS_SHOWN]
    )
    return f"<section><h2>{two(*both('faults'))}</h2><p>{counted}</p><ul>{lines}</ul></section>"
