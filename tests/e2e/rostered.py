"""What the pages of the roster are shown with: a shift with a break, standby, leave, a pattern, time spent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.models import Member
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.leave import request_leave
from fengong.rota.actions.patterns import PatternWanted, save_pattern
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.actions.standby import plan_standby
from fengong.rota.models import Pattern, Shift, Standby
from fengong.rota.reading.weeks import Pause

HOUR = timedelta(hours=1)
WEEK = [[[540, 1080]]] * 5 + [[], []]


def rostered(member: Member) -> dict[str, dict[str, Any]]:
    """Put a member on the roster around now; the parameters of its pages and dialogs."""
    start = now().replace(minute=0, second=0, microsecond=0)
    whose: dict[str, Any] = {"actor": SYSTEM, "member": member, "at": start}
    shift = plan_shift(**whose, starts_at=start - 12 * HOUR, ends_at=start - 4 * HOUR)
    set_breaks(actor=SYSTEM, shift=shift, at=start, breaks=[Pause(start - 9 * HOUR, start - 8 * HOUR)])
    set_presence(actor=SYSTEM, member=member, status="online", at=start - 11 * HOUR)
    plan_shift(**whose, starts_at=start + 12 * HOUR, ends_at=start + 20 * HOUR)
    plan_standby(**whose, starts_at=start + 21 * HOUR, ends_at=start + 23 * HOUR, answers_within=15)
    request_leave(**whose, kind="annual", starts_at=start + 48 * HOUR, ends_at=start + 72 * HOUR)
    wanted = PatternWanted(name="Office", weeks=[WEEK], starts_on=start.date() + timedelta(days=30))
    save_pattern(**whose, wanted=wanted)
    return {
        "shift": {"pk": Shift.objects.order_by("pk")[0].pk},
        "standby": {"pk": Standby.objects.order_by("-pk")[0].pk},
        "pattern": {"pk": Pattern.objects.order_by("-pk")[0].pk},
        "status_of_member": {"pk": member.pk},
    }
