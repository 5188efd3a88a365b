"""Giving a ticket by hand: who could take it, with what effect, shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengong.desk.actions.messages import add_note
from fengong.dispatch import queries as dispatch
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.policies import require_giving
from fengong.dispatch.reading.effect import of_giving_to_all
from fengong.kernel.clock import now
from fengong.kernel.errors import Denied, Missing
from fengong.people import queries as people
from fengong.web import words
from fengong.web.explain import REASONS
from fengong.web.member import MemberRequest

SEEN = {"", "absent", "below_tier", "no_skill", "shift_ending", "no_capacity"}
"""What the matcher has against somebody that is told here in other words."""
HERE = ("online", "engaged", "away", "offline")
SOON_OFF = 60
"""Minutes before the end of a shift from which giving work deserves a second thought."""


@dataclass(frozen=True)
class Effect:
    """What it would mean to give the ticket to this member. `refused` says why it cannot be done at all."""

    row: Any
    after: int
    refused: str
    warnings: list[str] = field(default_factory=list)
    place: int = 0

    @property
    def verdict(self) -> str:
        return "no" if self.refused else "warn" if self.warnings else "yes"

    @property
    def sentence(self) -> str:
        """Load after, whether the matcher would do the same, then what speaks against it."""
        if self.refused:
            return self.refused
        after = _("%(after)s of %(capacity)s min after") % {
            "after": self.after,
            "capacity": self.row.load.capacity,
        }
        chosen = [_("the matcher's first choice")] if self.place == 1 else []
        return " · ".join([after, *chosen, *self.warnings])


def choices_for(ticket: Any, request: MemberRequest) -> dict[str, Any]:
    """The members this reader may give the ticket to, the best suited first."""
    at = now()
    rows = [
        row
        for row in dispatch.board(at, waiting_limit=0).rows
        if may_give(request.member, ticket, row.member)
    ]
    weighed = of_giving_to_all(ticket, at)
    effects = [effect_of(ticket, row, at, weighed.get(row.member.pk)) for row in rows]
    effects.sort(key=_suited)
    return {
        "ticket": ticket,
        "effects": effects,
        "from_board": request.GET.get("from") == "board",
        "query": request.GET.urlencode(),
    }


def _suited(effect: Effect) -> tuple[bool, int, int, int, float]:
    """Those who can take it before those who cannot, whoever is here before whoever is not, the fewest doubts, then
    whom the matcher would choose."""
    here = HERE.index(effect.row.status) if effect.row.status in HERE else len(HERE)
    return effect.verdict == "no", here, len(effect.warnings), effect.place or 99, effect.row.share


def effect_of(ticket: Any, row: Any, at: datetime, weighed: Any = None) -> Effect:
    """Load after, refusal and warnings for one member; `weighed`: what the matcher would say to it."""
    after = row.load.effort + ticket.effort
    refused = ""
    if ticket.owner_id == row.member.pk and ticket.is_owned:
        refused = _("Has it already")
    elif after > row.load.capacity:
        refused = _("No room: %(after)s of %(capacity)s min") % {
            "after": after,
            "capacity": row.load.capacity,
        }
    warnings = _warnings(ticket, row, at)
    if weighed is not None and weighed.reason not in SEEN:
        warnings.append(str(REASONS.get(weighed.reason, weighed.reason)))
    place = weighed.place if weighed is not None and not warnings else 0
    return Effect(row=row, after=after, refused=refused, warnings=warnings, place=place)


def may_give(actor: Any, ticket: Any, member: Any) -> bool:
    """Whether the policy lets the actor give this ticket to this member."""
    try:
        require_giving(actor, ticket, member)
    except Denied:
        return False
    return True


def give(actor: Any, ticket: Any, wanted: dict[str, Any]) -> None:
    """Give it, with a note for the next owner where one was written."""
    member = people.member(wanted["member"])
    if member is None:
        raise Missing(_("This member is not on the team any more."))
    given = assign_ticket(actor=actor, ticket=ticket, member=member, at=now(), seen=wanted.get("seen"))
    if wanted.get("note"):
        add_note(actor=actor, ticket=given, member=actor, body=wanted["note"], at=now(), kind="handover")


def undo_giving(
    actor: Any, ticket: Any, target: str = "#open", swap: str = "innerMorph"
) -> dict[str, Any] | None:
    """How to give it back to its present owner; None where it came from the queue, or for who may not move it again."""
    if not ticket.is_owned or not actor.may("ticket.assign"):
        return None
    url = f"/tickets/{ticket.pk}/assignment" if target == "#open" else "/division/assignments"
    values = f'{{"member": {ticket.owner_id}, "ticket": {ticket.pk}}}'
    return {"method": "hx-post", "url": url, "target": target, "swap": swap, "values": values}


def _warnings(ticket: Any, row: Any, at: datetime) -> list[str]:
    found = []
    tier = row.member.position.tier or 1
    if tier < ticket.tier:
        found.append(_("Tier L%(tier)s is below L%(wanted)s") % {"tier": tier, "wanted": ticket.tier})
    if ticket.topic_id and ticket.topic_id not in {skill.topic_id for skill in row.member.skills.all()}:
        found.append(_("No skill in %(topic)s") % {"topic": ticket.topic.label})
    if row.status != "online":
        found.append(_("Not online"))
    if row.off_at and (row.off_at - at).total_seconds() < 60 * SOON_OFF:
        found.append(_("Shift ends in %(time)s") % {"time": words.until(row.off_at, at)})
    return found
