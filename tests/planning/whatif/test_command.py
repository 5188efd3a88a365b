"""The command line: what it finds, in both languages; what it refuses, where; nothing half-written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fengong.config.commands import what_if
from fengong.planning.whatif import bridge
from fengong.planning.whatif.report import page
from tests.planning import logs

EXAMPLES = Path(__file__).parents[3] / "examples"
SAME = '[before]\npolicy = "static-tiers"\n[after]\n'
LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = {
    "English",
    "Fengong",
    "busy",
    "csv",
    "Holm",
    "forecast",
    "Mail",
    "Print",
    "Net",
    "Desk",
    "New",
    "html",
    "out",
}


@pytest.fixture
def ask(tmp_path):
    def run(scenario, *words, data=None, language="en", seeds="2"):
        log = logs.put(tmp_path, "busy.csv", data or logs.as_csv(logs.busy(100)))
        path = logs.put(tmp_path, "what.toml", scenario.encode())
        arguments = [str(log), "--mapping", str(logs.mapping(tmp_path)), "--scenario", str(path)]
        rest = ("--jobs", "1", "--seeds", seeds, "--language", language, *words)
        return CliRunner().invoke(what_if.command, [*arguments, *rest])

    return run


def told(done):
    return " ".join(done.output.split())


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no figure differs"), ("zh-hans", "两种分工效果相同")]
)
def test_two_equal_sides_are_said_to_be_equal(ask, language, words):
    done = ask(SAME, language=language)
    assert done.exit_code == 0, done.output
    assert words in told(done)
    assert "Who pays" not in done.output and "谁付出" not in done.output


CHANGES = """
groups = "priority"
[before]
policy = "longest-idle"
[after.rules]
reach = 1
[[after.join]]
name = "New"
tier = 3
hours = "00:00-24:00"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[[after.leave]]
member = "a4"
[[after.move]]
member = "a3"
tier = 2
[[after.skill]]
team = "Desk"
topic = "Net"
level = 5
[[after.absence]]
member = "a1"
from = 2026-03-04
days = 2
[[after.shift]]
member = "a0"
by = 60
"""


def test_every_change_is_run_told_and_reported_in_both_languages(ask, tmp_path):
    target = tmp_path / "out.html"
    done = ask(CHANGES, "--html", str(target), seeds="3")
    assert done.exit_code == 0, done.output
    for words in (
        "New joins as L3", "a4 leaves", "a3 moves to L2", "Desk knows Net at 5 of 5", "Rule reach = 1",
        "a1 is away from 2026-03-04 to 2026-03-05", "a0 begins and ends 60 min later", "9 members; 3 runs",
        "Time to resolution", "95 % interval", "What this rests on",
    ):  # fmt: skip
        assert words in told(done), words
    text = target.read_text(encoding="utf-8")
    assert 'lang="zh">谁受益' in text and 'lang="en">Who gains' in text
    assert "src=" not in text and "href=" not in text and "$" not in text
    assert text.count("<tr>") == text.count("</tr>") > 30 and 'class="strip' in text
    chinese = "".join(re.findall(r'<span lang="zh">(.*?)</span>', text))
    assert set(LATIN.findall(chinese)) - NAMES <= {"reach"}, set(LATIN.findall(chinese))
    assert [path.name for path in tmp_path.glob("*out.html*")] == ["out.html"]


def test_the_terminal_speaks_chinese_throughout(ask):
    done = ask(CHANGES, language="zh-hans")
    assert done.exit_code == 0, done.output
    assert set(LATIN.findall(done.output)) - NAMES <= {"reach"}


FORECAST = """
[after]
policy = "round-robin"
[forecast]
factor = 1.3
weeks = 1
busyness = 0.1
[forecast.topics]
Net = 2
"""


def test_a_forecast_says_what_it_expects_and_repeats_itself(ask):
    first, again = (ask(FORECAST) for _ in range(2))
    assert first.exit_code == 0, first.output
    assert "a forecast of 1 week from 2026-03-16" in told(first)
    assert "times 1.3" in told(first) and "variance 0.10" in told(first)

    def without_seconds(done):
        return [line for line in done.output.splitlines() if "s in all" not in line]

    assert without_seconds(first) == without_seconds(again)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (
            '[after]\npolicy = "fastest"',
            "line 2, column 10: there is no policy “fastest”. There are: fengong",
        ),
        ('[[after.leave]]\nmember = "a9"', "column 10: there is no member “a9” in the log. Did you mean “a"),
        (
            '[[after.leave]]\nteam = "Dask"',
            "column 8: there is no team “Dask” in the log. Did you mean “Desk”?",
        ),
        (
            '[[after.leave]]\nmember = "a0"\nteam = "Core 3rd"',
            "there is no member “a0 · Core 3rd” in the log",
        ),
        (
            '[[after.skill]]\nmember="a0"\ntopic="Nett"\nlevel=3',
            "line 3, column 7: there is no topic “Nett” in the log. Did you mean “Net”?",
        ),
        ('[[after.join]]\nname="a0"\ntier=1\nhours="9:00-17:00"', "“a0” is in the log already"),
        ('[[after.absence]]\nmember="a0"\nfrom=2031-01-01', "line 3, column 6: this lies outside the time"),
        ("[after.rules]\nspeed = 2", "line 2, column 1: there is no rule “speed”"),
        ("[after.rules]\nlateness_scale = 0", "the rules do not fit together"),
        ('groups = "colour"\n[after]', "line 1, column 10: tickets cannot be grouped by “colour”"),
        ("[after]\n[forecast]\nmeasured_weeks = 9", "line 2, column 1: the log has"),
        ('[after]\n[[after.leave]]\nteam = "Core 3rd"', "that come to L3"),
        (
            "".join(f'[[after.leave]]\nteam = "{team}"\n' for team in ("Desk", "Net 2nd", "Core 3rd")),
            "line 2, column 8: nobody is left on the team",
        ),
        ('[after]\npolicy = "static-tiers"\n[[after.leave]]\nteam = "Net 2nd"', "that come to L2"),
    ],
)
def test_what_does_not_fit_the_log_is_refused_with_its_place(ask, tmp_path, scenario, words):
    target = tmp_path / "out.html"
    target.write_text("before")
    done = ask(scenario, "--html", str(target))
    assert done.exit_code == 2, done.output
    assert "what.toml, line " in told(done) and words in told(done)
    assert target.read_text() == "before"


def test_a_bad_log_and_a_bad_target_are_refused_too(ask, tmp_path):
    bad = ask(SAME, data=b"case,time\n")
    assert bad.exit_code == 2 and "“person”" in told(bad)
    nowhere = ask(SAME, "--html", str(tmp_path / "none" / "out.html"))
    assert nowhere.exit_code == 2 and "No such file" in told(nowhere)
    assert ask(SAME, "--html", str(tmp_path)).exit_code == 2


def test_a_report_that_cannot_be_finished_leaves_nothing(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page, "page", lambda outlook, language: "text")
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(page.Problem):
        page.write(tmp_path / "out.html", None, "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("expert", "New expert joins as L2"), ("holiday", "Sun Jia is away from 2026-04-06 to 2026-04-10")],
)
def test_the_examples_run(name, words):
    log, mapping = EXAMPLES / "replay" / "service-desk.csv", EXAMPLES / "replay" / "service-desk.toml"
    scenario = EXAMPLES / "what-if" / f"{name}.toml"
    arguments = [
        str(log),
        "--mapping",
        str(mapping),
        "--scenario",
        str(scenario),
        "--jobs",
        "1",
        "--seeds",
        "2",
    ]
    done = CliRunner().invoke(what_if.command, [*arguments, "--language", "en"])
    assert done.exit_code == 0, done.output
    assert words in told(done)


def test_a_division_that_gets_stuck_is_told_as_such(ask, monkeypatch):
    def stuck(trial, seed):
        raise ValueError("nobody may ever take tickets [3]")

    monkeypatch.setattr(bridge, "run", stuck)
    done = ask(SAME)
    assert done.exit_code == 2
    assert "this division gets stuck: nobody may ever take tickets [3]" in told(done)
