"""The work ahead, by topic and by customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.planning.reading.takers import takers
from fengong.planning.reading.workload import Ahead, ahead
from fengong.web import words
from fengong.web.member import MemberRequest, for_members


@require_safe
@for_members
def workload(request: MemberRequest) -> HttpResponse:
    """Hours queued, days to clear, trend, and who takes the capacity."""
    require(request.member, "board.read")
    return render(request, "division/workload/page.html", {"drawn": Work(now())})


@dataclass
class Work:
    """The work ahead at one instant, as a page tells it."""

    at: datetime

    @cached_property
    def ahead(self) -> Ahead:
        return ahead(self.at)

    @cached_property
    def takers(self) -> list[Any]:
        return takers(self.at)

    @property
    def topics(self) -> list[tuple[Any, str]]:
        """Each topic with how it moves."""
        return [(one, trend(one.net)) for one in self.ahead.topics]

    @property
    def scale(self) -> int:
        """The most that one day has in the picture."""
        return max([1, *(max(day.came, day.done, day.stood) for day in self.ahead.days)])

    @property
    def cleared(self) -> str:
        """When nothing would be left if nothing more came."""
        return self._when(self.ahead.cleared)

    @property
    def kept_up(self) -> str:
        """The same with what usually comes."""
        if self.ahead.pace is not None and self.ahead.kept_up is None:
            return _("never: more comes than goes")
        return self._when(self.ahead.kept_up)

    @property
    def trend(self) -> str:
        """How the backlog moves."""
        return trend(self.ahead.net)

    def _when(self, moment: datetime | None) -> str:
        if self.ahead.pace is None:
            return _("no pace known yet")
        if moment is None:
            return _("not within 90 days")
        if moment <= self.at:
            return _("nothing is left")
        days = (moment - self.at) / timedelta(days=1)
        if days < 2:
            return _("in %(time)s") % {"time": words.duration(days * 24 * 60)}
        return ngettext("in %(days)s day", "in %(days)s days", round(days)) % {"days": f"{days:.1f}"}


def trend(net: int) -> str:
    """Minutes a day as words."""
    if not net:
        return _("steady")
    grows, shrinks = _("grows by %(time)s a day"), _("shrinks by %(time)s a day")
    return (grows if net > 0 else shrinks) % {"time": words.duration(abs(net))}
