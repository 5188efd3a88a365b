"""Starts the process that plays the product: `python -m benchmarks.coverage.child product JSON`; answers on the last
line. Django has to be set up before anything that holds models is imported, hence this step between.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

import django

from fengong.config.sqlite import use_fixed_sqlite


def main() -> None:
    """Play it and say how long things took."""
    use_fixed_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")
    django.setup()
    played = importlib.import_module("benchmarks.coverage.product")
    print(json.dumps(played.product(**json.loads(sys.argv[2]))), flush=True)


if __name__ == "__main__":
    main()
