"""Starts one process of the week: `python -m benchmarks.week.child ROLE JSON`; the last line is its result.

Before anything is imported that could keep the real clock, the product's one clock is replaced by the week's.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import django

from benchmarks.week.pace import Week
from benchmarks.week.scene import GO, SCENES
from fengong.config.sqlite import use_fixed_sqlite
from fengong.kernel import clock


def main() -> None:
    """Play the role named on the command line."""
    role, words = sys.argv[1], json.loads(sys.argv[2])
    scene = replace(SCENES[words["scene"]], seconds=words["seconds"])
    week = Week(scene, Path(os.environ.get(GO, "/nowhere")))
    clock.now = week.now
    use_fixed_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")
    django.setup()
    result = importlib.import_module(f"benchmarks.week.{role}").play(week, words["policy"])
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
