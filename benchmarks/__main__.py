"""bin/bench NAME [--json FILE] [--quick], or --all for every one of them in turn."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import benchmarks
from benchmarks.shape import MissingData, Options, Report, Value, machine, show

NO_DATA = 3


def main() -> None:
    """Run what was asked for."""
    names = [
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if module.name not in ("shape", "__main__")
    ]
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure, beside a peer or a bound.")
    parser.add_argument("name", nargs="?", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--all", action="store_true", help="every benchmark, each in a process of its own")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--quick", action="store_true", help="only show that it works: small and soon done")
    parser.add_argument("--tune", action="store_true", help="find the stored parameters anew (routing)")
    asked = parser.parse_args()
    if asked.all:
        raise SystemExit(_run_all(names, quick=asked.quick))
    if not asked.name:
        parser.error(f"name a benchmark: {', '.join(names)}")
    folder = os.environ.get("FENGONG_BENCH_DATA")
    data = Path(folder) if folder else None
    run_one(asked.name, Options(quick=asked.quick, data=data, tune=asked.tune), asked.json)


def run_one(name: str, options: Options, target: Path | None) -> None:
    made = machine()
    try:
        report: Report = importlib.import_module(f"benchmarks.{name}").run(options)
    except MissingData as absent:
        print(f"{name}: not run: {absent}", file=sys.stderr)
        raise SystemExit(NO_DATA) from absent
    show(name, report, made)
    if target:
        target.write_text(json.dumps(_record(name, options, report, made), indent=1) + "\n", encoding="utf-8")


def _record(name: str, options: Options, report: Report, made: dict[str, Value]) -> dict[str, object]:
    return {"name": name, "quick": options.quick, "machine": made, **asdict(report)}


def _run_all(names: list[str], *, quick: bool) -> int:
    """0 unless one failed; one whose real data are not here is left out."""
    words = ["--quick"] if quick else []
    ended = {
        name: subprocess.run([sys.executable, "-m", "benchmarks", name, *words], check=False).returncode
        for name in names
    }
    failed = [name for name, status in ended.items() if status not in (0, NO_DATA)]
    absent = [name for name, status in ended.items() if status == NO_DATA]
    ran = len(names) - len(failed) - len(absent)
    print(f"bench: {ran} ran, {len(absent)} without data {absent or ''}, {len(failed)} failed {failed or ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    main()
