"""Compare two divisions of labour over a recorded history or a forecast.

Reads a log as `replay` does and a scenario that says what should differ, runs both sides on the same luck, and tells
what changes, who gains and who pays.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from fengong.planning.replay.mapping import default_mapping, load_mapping
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.telling import problem_line
from fengong.planning.replay.words import say
from fengong.planning.whatif.problems import BadScenario
from fengong.planning.whatif.refusals import refusal
from fengong.planning.whatif.report.page import check_target, write
from fengong.planning.whatif.results import Outlook
from fengong.planning.whatif.scenario_file.load import load_scenario
from fengong.planning.whatif.study import Question, what_if
from fengong.planning.whatif.terminal import show
from fengong.planning.whatif.words import LANGUAGES, replay_language, spoken

_PIPED_WIDTH = 160  # columns when nobody is watching
_FILE = click.Path(path_type=Path)


def _usual_language() -> str:
    return "zh-hans" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("zh") else "en"


@click.command(help="Compare two divisions of labour over a recorded history or a forecast.")
@click.argument("log", type=_FILE)
@click.option("--scenario", type=_FILE, required=True, help="TOML or JSON: what should differ.")
@click.option("--mapping", type=_FILE, help="TOML: how to read the log, as for replay.")
@click.option(
    "--seeds", default=5, show_default=True, type=click.IntRange(2, 1000), help="Runs of each side."
)
@click.option("--html", type=_FILE, help="Write an HTML report that opens offline.")
@click.option("--strict", is_flag=True, help="Stop at the first row of the log that cannot be used.")
@click.option("--jobs", default=min(2, os.cpu_count() or 1), show_default=True, type=click.IntRange(1, 64))
@click.option("--language", type=click.Choice(LANGUAGES), default=_usual_language, help="Default: from LANG.")
def command(
    log: Path,
    *,
    scenario: Path,
    mapping: Path | None,
    seeds: int,
    html: Path | None,
    strict: bool,
    jobs: int,
    language: str,
) -> None:
    """Exit with 2 when a file cannot be used; nothing is written then."""
    console, talk = Console(highlight=False), Console(stderr=True, highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_PIPED_WIDTH)
    with spoken(language):
        try:
            if html:
                check_target(html)
            question = Question(
                log=log,
                mapping=load_mapping(mapping) if mapping else default_mapping(),
                scenario=load_scenario(scenario),
                seeds=seeds,
                strict=strict,
                jobs=jobs,
            )
            outlook = _with_progress(talk, language, question)
            if html:
                write(html, outlook, language)
        except BadScenario as problem:
            _refuse(talk, refusal(problem))
        except Problem as problem:
            _refuse(talk, problem_line(replay_language(language), problem))
        show(console, outlook)
        if html:
            console.print(say(replay_language(language), "written", path=html))


def _refuse(talk: Console, line: str) -> NoReturn:
    talk.print(line, style="red", markup=False, soft_wrap=True)
    raise SystemExit(2)


def _with_progress(talk: Console, language: str, question: Question) -> Outlook:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=talk, transient=True) as bar:
        tasks = {
            stage: bar.add_task(say(replay_language(language), stage), total=1.0)
            for stage in ("read", "infer", "calibrate", "simulate")
        }
        return what_if(question, lambda stage, done: bar.update(tasks[stage], completed=done))
