"""Starts one process of the benchmark: `python -m benchmarks.desk.child ROLE JSON`; the last line is its result.

Django has to be set up before anything that holds models is imported, hence this step between.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

import django

from fengong.config.sqlite import use_fixed_sqlite

ROLES = ("load", "measure", "intake", "keys", "statements")


def main() -> None:
    """Play the role named on the command line."""
    role, words = sys.argv[1], json.loads(sys.argv[2])
    use_fixed_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")
    django.setup()
    assert role in ROLES, f"one of {ROLES}"
    result = getattr(importlib.import_module(f"benchmarks.desk.{role}"), role)(**words)
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
