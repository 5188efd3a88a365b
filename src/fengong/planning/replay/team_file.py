"""The team file: who would be there, in place of or beside the people the log shows.

Each `[[member]]` needs a name; what it says replaces what was inferred for the person of this name (and team, where it
names one); the rest stays. A name the log does not know is a new member and needs a tier and hours. `only = true` at
the top leaves out everybody the file does not name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fengong.planning.replay.problems import Problem

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = {"name", "team", "tier", "hours", "days", "capacity", "per_shift", "skills"}
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Person:
    """One member of the file. Minutes; `hours` are minutes of the day, the second one larger than the first."""

    name: str
    team: str | None = None
    tier: int | None = None
    hours: tuple[float, float] | None = None
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    capacity: float | None = None
    per_shift: float | None = None
    skills: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TeamFile:
    """The file, checked."""

    people: tuple[Person, ...]
    only: bool


def load_team(path: Path) -> TeamFile:
    """Read and check a team file. Raises `Problem`."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        people = tuple(_person(row) for row in data.get("member", []))
    except OSError as error:
        raise Problem("unreadable", path=path, reason=error.strerror or error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError, KeyError) as error:
        raise Problem("broken-team", path=path, reason=error) from error
    if not people:
        raise Problem("broken-team", path=path, reason="no [[member]]")
    return TeamFile(people, bool(data.get("only", False)))


def _person(row: dict[str, Any]) -> Person:
    strange = sorted(set(row) - _KEYS)
    if strange:
        raise ValueError(f"unknown key {strange[0]!r}; known: {', '.join(sorted(_KEYS))}")
    if "name" not in row:
        raise ValueError("a member has no name")
    tier = row.get("tier")
    if tier not in (None, 1, 2, 3):
        raise ValueError(f"{row['name']}: a tier is 1, 2 or 3, not {tier!r}")
    skills = {str(topic): int(level) for topic, level in row.get("skills", {}).items()}
    if any(level not in range(6) for level in skills.values()):
        raise ValueError(f"{row['name']}: a skill is 0 (none) to 5")
    return Person(
        name=str(row["name"]),
        team=row.get("team"),
        tier=tier,
        hours=_hours(row["hours"]) if "hours" in row else None,
        days=tuple(DAYS.index(day) for day in row.get("days", DAYS[:5])),
        capacity=_minutes(row, "capacity"),
        per_shift=_minutes(row, "per_shift"),
        skills=skills,
    )


def _minutes(row: dict[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is not None and float(value) <= 0:
        raise ValueError(f"{row['name']}: {key} is not above 0")
    return None if value is None else float(value)


def _hours(text: str) -> tuple[float, float]:
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(f"hours {text!r} are not like 09:00-17:30")
    a, b, c, d = (int(part) for part in match.groups())
    start, end = 60.0 * a + b, 60.0 * c + d
    return start, end if end > start else end + 1440.0
