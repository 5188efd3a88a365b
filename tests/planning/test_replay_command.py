"""The command line: what it prints, what it refuses and why."""

from __future__ import annotations

import gzip

import pytest
from click.testing import CliRunner

from fengong.config.commands import replay
from fengong.planning.replay.report import page
from tests.planning import logs


@pytest.fixture
def ask(tmp_path):
    def run(data, *words, name="log.csv", text=logs.MAPPING):
        path = logs.put(tmp_path, name, data)
        chosen = ["--mapping", str(logs.mapping(tmp_path, text))] if text else []
        arguments = [str(path), *chosen, "--jobs", "1", "--seeds", "1", "--policy", "static-tiers", *words]
        return CliRunner().invoke(replay.command, arguments)

    return run


@pytest.mark.parametrize(("language", "words"), [("en", "Ping-pong"), ("zh", "基尼系数")])
def test_it_prints_the_comparison_the_calibration_and_the_limits(ask, language, words):
    done = ask(logs.as_csv(logs.busy()), "--lang", language)
    assert done.exit_code == 0, done.output
    assert words in done.output
    assert ("Calibration:" if language == "en" else "校准：") in done.output
    assert ("cannot tell" if language == "en" else "日志说不出的事") in done.output


def test_bad_rows_are_reported_with_their_lines_and_skipped(ask):
    lines = logs.as_csv(logs.busy()).decode().splitlines()
    lines[2] = lines[2].replace("2026-03", "someday", 1)
    lines[4] = "T9,only three,fields"
    lines[6] = (
        lines[6].replace("active", "dancing").replace("resolved", "dancing").replace("queued", "dancing")
    )
    done = ask("\n".join(lines).encode(), "--lang", "en")
    assert done.exit_code == 0, done.output
    for words in ("line 3: 'someday", "line 5: 3 fields instead of 7", "line 7:", "'dancing'", "3 of "):
        assert words in done.output
    strict = ask("\n".join(lines).encode(), "--lang", "en", "--strict")
    assert strict.exit_code == 2 and "Line 3:" in strict.output


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "log.csv", "is empty"),
        (b"case,time\n", "log.csv.gz", "is not gzip"),
        (gzip.compress(b"case,time\n" * 500, mtime=0)[:-20], "log.csv.gz", "damaged gzip"),
        (b"<log><trace><event></trace></log>", "log.xes", "broken XML at line 1"),
        (b"<html></html>", "log.xes", "not XES"),
        (b"case,time,person,team,status,topic,priority\nA,caf\xe9,,,,,\n", "log.csv", "is not utf-8"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><log/>', "log.xes", "document type"),
        (b"case,time,person,team,status,topic,priority\n", "log.csv", "No row"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong_with_it(ask, data, name, words):
    done = ask(data, "--lang", "en", name=name)
    assert done.exit_code == 2 and words in " ".join(done.output.split())


def test_a_file_that_is_not_there(tmp_path):
    done = CliRunner().invoke(replay.command, [str(tmp_path / "none.csv"), "--lang", "en"])
    assert done.exit_code == 2 and "cannot be read" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[columns]\nperson = ["Agent", "Owner"]', ("“Agent”, “Owner”", "person", "“status”")),
        ('[columns]\nagent = "x"', ("unknown name 'agent'",)),
        ("[columns", ("is wrong",)),
        ('[states]\nqueud = "x"', ("unknown state 'queud'",)),
        ('[tiers]\nrules = [{ match = "3rd", tier = 4 }]', ("a tier is 1, 2 or 3",)),
        ('[tiers]\nrules = [{ match = "(", tier = 1 }]', ("is wrong",)),
    ],
)
def test_a_mapping_that_does_not_fit_names_what_and_what_there_is(ask, text, words):
    done = ask(logs.as_csv(logs.by_hand()), "--lang", "en", text=text)
    assert done.exit_code == 2
    for each in words:
        assert each in " ".join(done.output.split())


def test_unknown_policies_members_and_topics_are_named(ask, tmp_path):
    assert (
        "no policy fastest" in ask(logs.as_csv(logs.by_hand()), "--policy", "fastest", "--lang", "en").output
    )
    for text, words in (
        ('[[member]]\nname = "Zed"', "does not know"),
        ('[[member]]\nname = "Ann"\nskills = { Cars = 3 }', "the topic Cars"),
        ('[[member]]\nname = "Ann"\nhours = "9-5"', "are not like 09:00-17:30"),
        ('only = true\n[[member]]\nname = "Ann"', "that need tier 2"),
    ):
        team = logs.put(tmp_path, "team.toml", text.encode())
        done = ask(logs.as_csv(logs.by_hand()), "--team", str(team), "--lang", "en")
        assert done.exit_code == 2 and words in " ".join(done.output.split()), done.output


def test_the_report_is_one_file_in_both_languages(ask, tmp_path, monkeypatch):
    monkeypatch.setattr(replay, "chart_library", lambda: "window.echarts = {}; // </script>")
    target = tmp_path / "out.html"
    done = ask(logs.as_csv(logs.busy()), "--report", str(target), "--lang", "en")
    assert done.exit_code == 0, done.output
    text = target.read_text(encoding="utf-8")
    assert 'lang="zh">负荷' in text and 'lang="en">Load' in text
    assert text.count("<script") == 3 and "src=" not in text and "href=" not in text
    assert (
        text.count("<figure") == text.count("<details><summary>") - 1
    )  # each chart has its table; topics too


def test_without_the_chart_library_it_says_what_to_run(tmp_path):
    with pytest.raises(Exception, match="no-charts"):
        page.chart_library(tmp_path / "missing.js")
