"""A swarm that is being formed: who could be called, what is proposed, and what somebody typed."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fengong.desk import queries as desk
from fengong.emergency import queries
from fengong.emergency.actions.swarms import form_swarm
from fengong.emergency.policies import require_commanding
from fengong.emergency.reading.calling import callable_now, proposed
from fengong.kernel.errors import Invalid, Refused
from fengong.web.emergency.forms import SwarmForm
from fengong.web.member import MemberRequest


class Forming:
    """The form of a new swarm."""

    def __init__(self, request: MemberRequest, at: datetime) -> None:
        require_commanding(request.member)
        self.request, self.at = request, at
        self.given = request.POST if request.method == "POST" else request.GET
        self.refusal: Refused | None = None

    @cached_property
    def ticket(self) -> Any:
        return desk.ticket(int(number)) if (number := self._number("ticket")) else None

    @cached_property
    def surge(self) -> Any:
        return queries.surge(int(number)) if (number := self._number("surge")) else None

    @cached_property
    def able(self) -> list[Any]:
        """Who could be called, the best first."""
        return callable_now(self._topic)

    @cached_property
    def lead(self) -> int | None:
        """Who is chosen to lead, or proposed."""
        if self.request.method == "POST":
            return int(self.given["lead"]) if self.given.get("lead", "").isdecimal() else None
        first, _members = self._proposed
        return first.member.pk if first else None

    @cached_property
    def chosen(self) -> set[int]:
        """Who is ticked."""
        if self.request.method == "POST":
            return {int(pk) for pk in self.given.getlist("members") if pk.isdecimal()}
        return {one.member.pk for one in self._proposed[1]}

    @property
    def title(self) -> str:
        """What was typed, or what it is about."""
        if typed := self.given.get("title"):
            return str(typed)
        if self.ticket:
            return str(self.ticket.subject)
        return self.surge.topic.label if self.surge and self.surge.topic else ""

    @property
    def announcement(self) -> str:
        return str(self.given.get("announcement", ""))

    def done(self) -> Any:
        """The swarm, where it was formed; else None, and `refusal` says why not."""
        if self.request.method != "POST":
            return None
        try:
            return self._formed()
        except Refused as refusal:
            self.refusal = refusal
            return None

    def _formed(self) -> Any:
        known = {one.member.pk: one for one in self.able}
        form = SwarmForm(self.given, able=list(known))
        if not form.is_valid() or form.cleaned_data["lead"] not in known:
            raise Invalid(_("Say what it is about, and choose a lead who is here."))
        wanted = form.cleaned_data
        if wanted["ticket"] and self.ticket is None:
            raise Invalid(_("There is no ticket with this number."))
        return form_swarm(
            actor=self.request.member,
            title=wanted["title"],
            lead=known[wanted["lead"]].member,
            members=[known[pk].member for pk in wanted["members"]],
            ticket=self.ticket,
            surge=self.surge,
            announcement=wanted["announcement"],
            reasons={pk: one.reason for pk, one in known.items()},
            at=self.at,
        )

    @cached_property
    def _proposed(self) -> Any:
        return proposed(self._topic)

    @property
    def _topic(self) -> int | None:
        if self.ticket:
            return int(self.ticket.topic_id) if self.ticket.topic_id else None
        return self.surge.topic_id if self.surge else None

    def _number(self, name: str) -> str:
        typed = str(self.given.get(name, "")).strip().lstrip("#")
        return typed if typed.isdecimal() and len(typed) < 18 else ""
