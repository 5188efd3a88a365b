"""What a run refused, as a table that spreadsheets open in Chinese and that runs nothing there."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpResponse

COLUMNS = ("file", "line", "column", "external_id", "reason", "excerpt")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_refusals(response: HttpResponse, refusals: Any) -> None:
    """Write the rows one by one, however many there are."""
    response.write("\ufeff")  # so that spreadsheets see Chinese
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for refusal in refusals.iterator():
        writer.writerow([_harmless(getattr(refusal, name)) for name in COLUMNS])


def _harmless(cell: object) -> object:
    """Text that a spreadsheet would take for a formula is shown as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
