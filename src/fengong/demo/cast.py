"""The demo's people: teams, positions, members, read from cast.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

DOMAIN = "fengong.example"


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team and the login of who leads it."""

    slug: str
    name_zh: str
    name_en: str
    lead: str


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """A position: its role in the product, its tier where it takes tickets, the difficulties it takes."""

    slug: str
    name_zh: str
    name_en: str
    role: str
    tier: int | None = None
    difficulty: tuple[int, int] = (1, 3)


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """A member: who, where, how many minutes of effort they hold, on which wave of shifts, skilled in what."""

    login: str
    name: str
    sort_key: str
    team: str
    position: str
    language: str
    wave: str
    capacity: int = 0
    skills: Mapping[str, int] = field(default_factory=dict)

    @property
    def email(self) -> str:
        """How they sign in."""
        return f"{self.login}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    teams: tuple[TeamPlan, ...]
    positions: tuple[PositionPlan, ...]
    members: tuple[MemberPlan, ...]

    def position(self, slug: str) -> PositionPlan:
        """One position."""
        return next(position for position in self.positions if position.slug == slug)

    def tier(self, member: MemberPlan) -> int | None:
        """The tier a member works on; None for those beside the desk."""
        return self.position(member.position).tier


@cache
def cast() -> Cast:
    """The cast as written."""
    data = tomllib.loads(files("fengong.demo").joinpath("cast.toml").read_text("utf-8"))
    positions = (p | {"difficulty": tuple(p.get("difficulty", (1, 3)))} for p in data["position"])
    return Cast(
        teams=tuple(TeamPlan(**team) for team in data["team"]),
        positions=tuple(PositionPlan(**position) for position in positions),
        members=tuple(MemberPlan(**member) for member in data["member"]),
    )
