"""Times and quantities in human words, the same on the server and in the browser."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

HOUR, DAY = 60, 24 * 60
FEW = 3
"""Hours from which minutes tell nobody anything."""


def duration(minutes: float) -> str:
    """Minutes in words: `4 min`, `1 h 40 min`, from three hours on `3 h`, `1 d 4 h`, from two days on `2 d`."""
    whole = max(int(minutes), 0)
    if whole < HOUR:
        return _("%(minutes)s min") % {"minutes": whole}
    if whole < DAY:
        hours, rest = divmod(whole, HOUR) if whole < FEW * HOUR else (whole // HOUR, 0)
        return (_("%(hours)s h %(minutes)s min") if rest else _("%(hours)s h")) % {
            "hours": hours,
            "minutes": rest,
        }
    days, hours = divmod(whole // HOUR, 24) if whole < 2 * DAY else (whole // DAY, 0)
    return (_("%(days)s d %(hours)s h") if hours else _("%(days)s d")) % {"days": days, "hours": hours}


def seconds(value: float) -> str:
    """Seconds in words: `42 s`, `4 min 10 s`, from an hour on as minutes."""
    if value >= 60 * HOUR:
        return duration(value / 60)
    minutes, rest = divmod(round(value), 60)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def effort(minutes: float) -> str:
    """Effort in plain minutes, the unit of load."""
    return _("%(minutes)s min") % {"minutes": round(minutes)}


def ago(at: datetime, now: datetime) -> str:
    """How long ago, or the day and time once a week has passed."""
    minutes = (now - at) / timedelta(minutes=1)
    if minutes < 1:
        return _("just now")
    if minutes > 7 * DAY:
        return moment(at)
    return _("%(time)s ago") % {"time": duration(minutes)}


def until(at: datetime, now: datetime) -> str:
    """How long until then, or by how much it has passed."""
    minutes = (at - now) / timedelta(minutes=1)
    if minutes < 0:
        return pgettext("deadline", "%(time)s over") % {"time": duration(-minutes)}
    return duration(minutes)


def moment(at: datetime) -> str:
    """Day and time in the reader's zone."""
    return date_format(timezone.localtime(at), pgettext("date format", "N j, H:i"))


def hour(at: datetime) -> str:
    """Time of day in the reader's zone."""
    return timezone.localtime(at).strftime("%H:%M")


def initials(name: str) -> str:
    """One or two characters for a badge: `周敏`, `敏霞` of `王敏霞`, `AS` of `Ana Silva`."""
    if name[:1].isascii():
        return "".join(part[0] for part in name.split()[:2]).upper()
    return name if len(name) <= 2 else name[-2:]


def patterns() -> dict[str, str]:
    """The sentences that the ticking clocks in the browser fill in."""
    return {
        "minutes": _("%(minutes)s min"),
        "hoursMinutes": _("%(hours)s h %(minutes)s min"),
        "hours": _("%(hours)s h"),
        "daysHours": _("%(days)s d %(hours)s h"),
        "days": _("%(days)s d"),
        "now": _("just now"),
        "ago": _("%(time)s ago"),
        "over": pgettext("deadline", "%(time)s over"),
    }
