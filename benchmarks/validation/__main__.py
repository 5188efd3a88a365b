"""Write the page docs/engine/validation.md: `python -m benchmarks.validation docs/engine/validation.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.validation import every_row, show_rows
from benchmarks.validation.page import page

if __name__ == "__main__":
    found = tuple(every_row(quick=False))
    show_rows(found)
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text("\n".join(page(found)) + "\n", encoding="utf-8")
    raise SystemExit(not all(row.holds for row in found))
