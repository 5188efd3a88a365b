"""A member's day: what to do next and the reason for that order, what is held, what happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fengong.desk import queries as desk
from fengong.kernel.spine import after, history, last_seq
from fengong.web import feed, words
from fengong.web.promises import next_promise
from fengong.web.today.mine import Mine
from fengong.web.today.setup import SetUp
from fengong.web.today.side import Side

NEXT, LATELY, MOST = 12, 40, 300
NEAR = timedelta(hours=4)
"""What an administrator sees of the desk's promises."""
URGENCY = {"late": 0, "soon": 1, "fine": 2}


class Day:
    """Today, for one member at one instant."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at

    @cached_property
    def open(self) -> list[Any]:
        """Open tickets: promises broken, then due soon, then those that have waited longest."""
        found = self._pressing if self.is_for_team else desk.pressing(self.member)
        return sorted((ticket for ticket in found if ticket.status == "open"), key=self._urgency)

    @cached_property
    def is_for_team(self) -> bool:
        """Whoever assigns work and holds none sees what presses in the team."""
        return not (self.side.load and self.side.load.capacity) and self.member.may("ticket.assign")

    @property
    def next(self) -> list[tuple[Any, str]]:
        """What to do next, each with its reason."""
        return [(ticket, self._reason(ticket)) for ticket in self.open[:NEXT]]

    @property
    def counts(self) -> dict[str, int]:
        states = [self._urgency(ticket)[0] for ticket in self.open]
        return {"open": len(states), "late": states.count(0), "soon": states.count(1)}

    @property
    def reads_tickets(self) -> bool:
        return bool(self.member.may("ticket.read"))

    @property
    def setup(self) -> SetUp | None:
        """For administrators: what is left to set up, and whether everything runs."""
        return SetUp(self.member, self.at) if self.member.may("desk.configure") else None

    @cached_property
    def mine(self) -> Mine:
        return Mine(self.member, self.at)

    @cached_property
    def side(self) -> Side:
        return Side(self.member, self.at)

    @property
    def happened(self) -> list[feed.Told]:
        """What happened lately, newest first: to this member's work, or for those who assign work to anybody's."""
        if not self.member.may("ticket.assign"):
            return feed.tell(history("member", self.member.pk).order_by("-seq")[:LATELY])[:NEXT]
        newest = list(after(last_seq() - LATELY * 5, limit=LATELY * 5))[::-1]
        return feed.tell(event for event in newest if event.verb in feed.NOTABLE)[:NEXT]

    @property
    def _pressing(self) -> Any:
        """What presses in the team, or for administrators at the whole desk."""
        if self.member.may("people.manage"):
            return desk.due_before(self.at + NEAR)[:MOST]
        return desk.view("team", self.member)[:MOST]

    def _urgency(self, ticket: Any) -> tuple[int, float]:
        promise = next_promise(ticket, self.at)
        state = URGENCY[promise.state] if promise else 2
        since = promise.due if promise and state < 2 else ticket.waiting_since
        return state, since.timestamp()

    def _reason(self, ticket: Any) -> str:
        promise = next_promise(ticket, self.at)
        if promise and promise.state != "fine":
            return promise.state_sentence
        time = words.duration(max((self.at - ticket.waiting_since).total_seconds() / 60, 1))
        if ticket.first_responded_at is None:
            return _("Not answered yet, for %(time)s") % {"time": time}
        return _("Open for %(time)s") % {"time": time}
