"""A member's roster as a calendar."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengong.people.models import Member
from fengong.rota.files.calendars import Shown, write_calendar
from fengong.rota.models import Leave, Shift, ShiftBreak, Standby


def calendar_of(
    member: Member, start: datetime, end: datetime, *, at: datetime, with_leave: bool = True
) -> bytes:
    """Shifts with their breaks, standby and approved leave of a member in a span, as iCalendar."""
    touching = {"member": member, "starts_at__lt": end, "ends_at__gt": start}
    breaks: dict[int, list[str]] = {}
    for pause in ShiftBreak.objects.filter(planned__member=member, starts_at__lt=end, ends_at__gt=start):
        words = f"{pause.starts_at:%Y-%m-%d %H:%M}Z/{pause.ends_at:%H:%M}Z"
        breaks.setdefault(pause.planned_id, []).append(words)
    events = [
        Shown(
            f"shift-{row.pk}@fengong",
            pgettext("calendar", "Shift"),
            row.starts_at,
            row.ends_at,
            "shift",
            _("Breaks: %(times)s") % {"times": ", ".join(found)}
            if (found := breaks.get(row.planned_id or 0))
            else "",
        )
        for row in Shift.objects.filter(**touching)
    ]
    events += [
        Shown(
            f"standby-{row.pk}@fengong",
            pgettext("calendar", "Standby"),
            row.starts_at,
            row.ends_at,
            "standby",
        )
        for row in Standby.objects.filter(**touching)
    ]
    events += [
        Shown(f"leave-{row.pk}@fengong", row.get_kind_display(), row.starts_at, row.ends_at, row.kind)
        for row in (Leave.objects.filter(state=Leave.State.APPROVED, **touching) if with_leave else ())
    ]
    ordered = sorted(events, key=lambda one: (one.starts_at, one.uid))
    return write_calendar(ordered, name=member.display_name, at=at)
