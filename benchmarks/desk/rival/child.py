"""Starts a process of the rival: `python -m benchmarks.desk.rival.child ROLE JSON`; the last line is its result."""

from __future__ import annotations

import importlib
import json
import os
import sys

import django


def main() -> None:
    """Play the role named on the command line: `fill` or `statements`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.desk.rival.settings")
    django.setup()
    role = getattr(importlib.import_module(f"benchmarks.desk.rival.{sys.argv[1]}"), sys.argv[1])
    print(json.dumps(role(**json.loads(sys.argv[2]))), flush=True)


if __name__ == "__main__":
    main()
