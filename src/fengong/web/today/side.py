"""The side of Today: my load, my shifts, and those I look after."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from fengong.desk import queries as desk
from fengong.dispatch import queries as dispatch
from fengong.dispatch.reading import absences
from fengong.people import queries as people
from fengong.rota import queries as rota

TEAM, WEEK = 8, timedelta(days=7)


class Side:
    """What stands beside a member's work, at one instant."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member, self.at = member, at

    @cached_property
    def load(self) -> Any:
        return desk.load_of(self.member)

    @property
    def free(self) -> int:
        return self.load.capacity - self.load.effort if self.load else 0

    @property
    def load_state(self) -> str:
        """Calm below nine tenths of capacity."""
        return "soon" if self.load and self.load.effort >= 0.9 * self.load.capacity else ""

    @cached_property
    def shifts(self) -> list[Any]:
        """The running shift and those of the coming week."""
        return list(rota.shifts_of(self.member, self.at, self.at + WEEK))

    @property
    def shift(self) -> Any:
        return self.shifts[0] if self.shifts else None

    @property
    def is_on_shift(self) -> bool:
        return bool(self.shift and self.shift.starts_at <= self.at)

    @cached_property
    def stand_ins(self) -> list[Any]:
        """Who is named to go on with their work while they are away."""
        return [
            one for one in absences.stand_ins_of(self.member.pk) if not one.ends_at or one.ends_at > self.at
        ]

    @cached_property
    def team(self) -> list[Any]:
        """For those who assign work: the team, the most loaded first."""
        if not self.member.may("ticket.assign"):
            return []
        rows = dispatch.board(self.at, waiting_limit=0).rows
        mine = [row for row in rows if row.member.team_id == self.member.team_id and row.status != "offline"]
        return sorted(mine, key=lambda row: -row.share)[:TEAM]

    @cached_property
    def duties(self) -> list[Any]:
        """Editions of their duties that they have still to read."""
        return people.to_acknowledge(self.member, self.at)

    @property
    def waiting(self) -> int:
        return int(desk.waiting().count())

    @cached_property
    def teams(self) -> list[tuple[Any, list[dict[str, Any]]]]:
        """For HR partners: everybody by team, with presence, shift and skills."""
        if not self.member.may("member.read"):
            return []
        statuses, ends = rota.presences(), rota.shift_ends(self.at)
        found: dict[Any, list[dict[str, Any]]] = {}
        for member in people.members(with_skills=True):
            row = {
                "member": member,
                "status": statuses.get(member.pk, "offline"),
                "off_at": ends.get(member.pk),
                "skills": sorted(member.skills.all(), key=lambda skill: -skill.proficiency)[:3],
                "more": max(len(member.skills.all()) - 3, 0),
            }
            found.setdefault(member.team, []).append(row)
        return list(found.items())
