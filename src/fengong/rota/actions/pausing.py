"""What breaks have to keep to, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid
from fengong.rota.models import PlannedShift, ShiftBreak
from fengong.rota.reading.spans import Span, overlap
from fengong.rota.reading.weeks import Pause


def check_pauses(breaks: Sequence[Pause], span: Span) -> None:
    """Breaks lie inside their shift and their windows, and do not overlap."""
    done: list[Span] = []
    for pause in breaks:
        own = (pause.starts_at, pause.ends_at)
        if own[0] >= own[1] or own[0] < span[0] or own[1] > span[1]:
            raise Invalid(_("A break must lie inside its shift."), field="breaks")
        if pause.window and (own[0] < pause.window[0] or own[1] > pause.window[1]):
            raise Invalid(_("A break must lie inside its window."), field="breaks")
        if any(overlap(own, other) for other in done):
            raise Invalid(_("Breaks may not overlap."), field="breaks")
        done.append(own)


def write_pauses(planned: PlannedShift, breaks: Sequence[Pause]) -> None:
    """Make these the breaks of a shift."""
    ShiftBreak.objects.filter(planned=planned).delete()
    ShiftBreak.objects.bulk_create(pause_row(planned, pause) for pause in breaks)


def pause_row(planned: PlannedShift, pause: Pause) -> ShiftBreak:
    """A break as a row."""
    begins, ends = pause.window or (None, None)
    return ShiftBreak(
        planned=planned,
        starts_at=pause.starts_at,
        ends_at=pause.ends_at,
        window_starts_at=begins,
        window_ends_at=ends,
    )


def pauses(planned: PlannedShift) -> list[Pause]:
    """The breaks of a shift."""
    return [
        Pause(
            row.starts_at,
            row.ends_at,
            (row.window_starts_at, row.window_ends_at)
            if row.window_starts_at and row.window_ends_at
            else None,
        )
        for row in planned.breaks.all()
    ]


def shifted(planned: PlannedShift, by: timedelta, span: Span) -> list[Pause]:
    """The breaks of a shift so much later; those that fall outside its new time are left out."""
    moved = [
        Pause(
            pause.starts_at + by,
            pause.ends_at + by,
            (pause.window[0] + by, pause.window[1] + by) if pause.window else None,
        )
        for pause in pauses(planned)
    ]
    return [pause for pause in moved if span[0] <= pause.starts_at and pause.ends_at <= span[1]]
