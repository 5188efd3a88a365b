"""How every child of the supervisor begins: `python -m fengong.config.serving.child MODULE ARGUMENT…`."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module

import django

from fengong.config.serving.orphan import die_with_parent


def main(module: str, *arguments: str) -> int:
    """Tie this process to its supervisor, load Django, and run the module's own `main`."""
    die_with_parent()
    # Until the module takes the signal over, Ctrl-C ends us without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")
    django.setup()
    status: int = import_module(module).main(*arguments)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
