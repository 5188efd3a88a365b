"""Write the page docs/engine/validation.md: `python -m benchmarks.validation docs/engine/validation.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.validation import every_row, show_rows
from benchmarks.validation.page import page
from benchmarks.validation.queues import FULL

if __name__ == "__main__":
    contacts = float(sys.argv[2]) if len(sys.argv) > 2 else FULL
    found = tuple(every_row(contacts))
    show_rows(found)
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text("\n".join(page(found, contacts)) + "\n", encoding="utf-8")
    raise SystemExit(not all(row.holds for row in found))
