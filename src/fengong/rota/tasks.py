"""Wake-ups of the roster. Each may be lost or come twice: what is due stands in the patterns."""

from __future__ import annotations

from datetime import datetime

from fengong.rota.actions.materialising import materialise


def write_shifts(*, at: datetime) -> int:
    """Write the shifts of patterns that are due; returns for how many members they changed."""
    return materialise(at=at).members
