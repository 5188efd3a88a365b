"""bin/bench: one shape for every benchmark, and a closing line that a program can read."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks.shape import Figure, MissingData, Options, Report, machine, show

REPORT = Report(
    figures=(Figure("wait", 2.0, "ms", theirs=5.0, whose="peer"), Figure("rate", 1234.5, "/s")),
    summary={"rate": 1234.5, "p95_ms": 0.12345, "policy": "fengong"},
)


def test_the_closing_line_names_the_benchmark_and_its_figures(capsys: pytest.CaptureFixture[str]):
    show("waiting", REPORT, machine())
    assert capsys.readouterr().out.splitlines()[-1] == "waiting: rate=1234 p95_ms=0.1235 policy=fengong"


@pytest.mark.parametrize(("better", "factor"), [("less", "2.50×"), ("more", "0.40×")])
def test_a_factor_above_one_speaks_for_us(better: str, factor: str):
    assert Figure("x", 2.0, "ms", theirs=5.0, better=better).verdict == factor


def test_without_a_peer_there_is_no_verdict():
    assert Figure("x", 2.0, "ms").verdict == ""


def test_absent_data_are_named(tmp_path: Path):
    with pytest.raises(MissingData, match="FENGONG_BENCH_DATA"):
        Options().file("log.csv")
    with pytest.raises(MissingData, match=r"log\.csv"):
        Options(data=tmp_path).file("log.csv")


def test_figures_are_written_for_programs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _stand_in(monkeypatch, lambda options: REPORT)
    bench.run_one("stand_in", Options(quick=True), tmp_path / "out.json")
    written = json.loads((tmp_path / "out.json").read_text())
    assert (written["name"], written["quick"], written["figures"][0]["theirs"]) == ("stand_in", True, 5.0)
    assert written["machine"]["cores"] >= 1


def test_a_benchmark_without_its_data_says_so_and_ends_apart(monkeypatch: pytest.MonkeyPatch):
    _stand_in(monkeypatch, lambda options: options.file("log.csv"))
    with pytest.raises(SystemExit) as end:
        bench.run_one("stand_in", Options(), None)
    assert end.value.code == bench.NO_DATA


def _stand_in(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    module = types.ModuleType("benchmarks.stand_in")
    module.run = run
    monkeypatch.setitem(sys.modules, "benchmarks.stand_in", module)
