"""Who would be called to a swarm: by skill and by what they are free of, with the figures behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fengong.desk import queries as desk
from fengong.desk.models import Ticket
from fengong.emergency.models import SwarmMember
from fengong.people import queries as people
from fengong.people.models import Member
from fengong.rota import queries as rota

TEAM = 3
"""People proposed for a swarm, its lead among them."""
SKILL, FREE, TIER = 1.0, 3.0, 1.0
"""Points: per step of proficiency, for being free altogether, per tier."""


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who is here: proficiency in the topic, the share of capacity that is free, minutes held."""

    member: Member
    proficiency: int
    free: float
    held: int

    @property
    def points(self) -> float:
        """By what they are ranked."""
        return SKILL * self.proficiency + FREE * self.free + TIER * (self.member.position.tier or 0)

    @property
    def reason(self) -> dict[str, Any]:
        """The figures as they are stored."""
        return {"proficiency": self.proficiency, "free": round(self.free, 2), "held": self.held}


def callable_now(topic: int | None) -> list[Able]:
    """Everybody who is online and in no swarm, the best first; those who know the topic before those who do not."""
    here = rota.online() - set(_engaged())
    loads = {load.member_id: load for load in desk.loads()}
    levels: dict[int, int] = {}
    for member_id, topic_id, level in people.skills(here).values_list("member_id", "topic_id", "proficiency"):
        if topic is None or topic_id == topic:
            levels[member_id] = max(levels.get(member_id, 0), level)
    found = [
        _seen(member, levels.get(member.pk, 0), loads.get(member.pk))
        for member in people.members().filter(pk__in=here)
    ]
    return sorted(found, key=lambda one: (one.proficiency == 0, -one.points, one.member.pk))


def proposed(topic: int | None, size: int = TEAM) -> tuple[Able | None, list[Able]]:
    """A lead and members: the lead is of the highest tier among those proposed, then the most proficient."""
    team = [one for one in callable_now(topic) if one.member.position.tier][:size]
    if not team:
        return None, []
    lead = max(team, key=lambda one: (one.member.position.tier or 0, one.proficiency, one.free))
    return lead, [one for one in team if one is not lead]


def others_can(ticket: Ticket) -> bool:
    """Whether somebody who is online and in no swarm is of the tier and knows the topic at all."""
    here = rota.online() - set(_engaged())
    tiers = people.tiers()
    able = [pk for pk in here if (tiers.get(pk) or 0) >= ticket.tier]
    return people.skills(able).filter(topic=ticket.topic_id).exists()


def _engaged() -> list[int]:
    inside = SwarmMember.objects.filter(released_at__isnull=True)
    return list(inside.values_list("member_id", flat=True))


def _seen(member: Member, level: int, load: Any) -> Able:
    free = 1 - load.effort / load.capacity if load and load.capacity else 0.0
    return Able(member, level, free, load.effort if load else 0)
