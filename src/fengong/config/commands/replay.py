"""Replay a log of handled cases under other ways of dividing the work, and compare.

Reads CSV or XES (gzipped or not), infers people, tiers, topics, hours, effort and difficulty, calibrates a simulated
status quo against the record, and runs the live dispatch policies on the same tickets.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from fengong.planning.replay.bridge import EVERYDAY, POLICIES
from fengong.planning.replay.mapping import default_mapping, load_mapping
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.report.page import chart_library, write
from fengong.planning.replay.results import Results
from fengong.planning.replay.study import Order, replay
from fengong.planning.replay.team_file import load_team
from fengong.planning.replay.telling import problem_line
from fengong.planning.replay.terminal import show
from fengong.planning.replay.words import LANGUAGES, say

_PIPED_WIDTH = 160  # columns when nobody is watching
_FILE = click.Path(path_type=Path)


def _usual_language() -> str:
    return "zh" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"


@click.command(help="Replay a log of handled cases under other ways of dividing the work, and compare.")
@click.argument("log", type=_FILE)
@click.option(
    "--mapping", type=_FILE, help="TOML: which column says what, how tiers are read, what statuses mean."
)
@click.option("--team", type=_FILE, help="TOML: members who differ from what the log shows, or are new.")
@click.option(
    "--policy",
    default="fengong",
    show_default=True,
    help=f"One or more of {', '.join(POLICIES)}, or all: the first {len(EVERYDAY)}.",
)
@click.option(
    "--seeds", default=5, show_default=True, type=click.IntRange(1, 1000), help="Runs of each policy."
)
@click.option("--report", type=_FILE, help="Write an HTML report that opens offline.")
@click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used.")
@click.option("--jobs", default=min(2, os.cpu_count() or 1), show_default=True, type=click.IntRange(1, 64))
@click.option("--lang", type=click.Choice(LANGUAGES), default=_usual_language, help="Default: from LANG.")
def command(
    log: Path,
    *,
    mapping: Path | None,
    team: Path | None,
    policy: str,
    seeds: int,
    report: Path | None,
    strict: bool,
    jobs: int,
    lang: str,
) -> None:
    """Exit with 2 when a file cannot be used."""
    console, talk = Console(highlight=False), Console(stderr=True, highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPED_WIDTH)
    try:
        library = chart_library() if report else ""
        order = Order(
            log=log,
            mapping=load_mapping(mapping) if mapping else default_mapping(),
            policies=_policies(policy),
            seeds=seeds,
            team=load_team(team) if team else None,
            strict=strict,
            jobs=jobs,
        )
        results = _with_progress(talk, lang, order)
    except Problem as problem:
        talk.print(problem_line(lang, problem), style="red", markup=False, soft_wrap=True)
        raise SystemExit(2) from problem
    show(console, lang, results)
    if report:
        write(report, results, library)
        console.print(say(lang, "written", path=report))


def _policies(text: str) -> tuple[str, ...]:
    names = EVERYDAY if text == "all" else tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in POLICIES:
            raise Problem("unknown-policy", name=name, present=POLICIES)
    return names


def _with_progress(talk: Console, language: str, order: Order) -> Results:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=talk, transient=True) as bar:
        tasks = {
            stage: bar.add_task(say(language, stage), total=1.0)
            for stage in ("read", "infer", "calibrate", "simulate")
        }
        return replay(order, lambda stage, done: bar.update(tasks[stage], completed=done))
