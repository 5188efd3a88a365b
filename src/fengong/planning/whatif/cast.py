"""Who and what the names of a scenario mean in a log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from fengong.planning.whatif.problems import BadScenario, Place
from fengong.planning.whatif.scenario import Who


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of a log: `members` as (name, team), by position, and topics by number."""

    path: Path
    members: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]

    def who(self, who: Who) -> list[int]:
        """Return the members meant. Raises `BadScenario` for nobody."""
        found = [
            place
            for place, (name, team) in enumerate(self.members)
            if who.name in (None, name) and who.team in (None, team)
        ]
        if found:
            return found
        names = [name for name, team in self.members if who.team in (None, team)]
        if who.name is None or not names:
            teams = sorted({team for _, team in self.members})
            raise self._unknown(who.place, "unknown-team", who.team or "", teams)
        raise self._unknown(who.place, "unknown-member", who.shown(), names, asked=who.name)

    def topic(self, name: str, place: Place) -> int:
        """Return the number of a topic. Raises `BadScenario`."""
        if name not in self.topics:
            raise self._unknown(place, "unknown-topic", name, self.topics)
        return self.topics.index(name)

    def _unknown(
        self, place: Place, code: str, name: str, known: Sequence[str], *, asked: str | None = None
    ) -> BadScenario:
        near = get_close_matches(asked or name, known, 1, 0.5)
        few = tuple(dict.fromkeys(known))
        return BadScenario(self.path, place, code, name=name, near=near[0] if near else "", known=few)

    def newcomer(self, name: str, place: Place) -> None:
        """Refuse a newcomer who is there already."""
        if any(name == known for known, _ in self.members):
            raise BadScenario(self.path, place, "already-there", name=name)

    def shown(self, member: int) -> tuple[str, str]:
        """Return name and team; the team is left out where the name says it all."""
        name, team = self.members[member]
        return name, team if sum(name == other for other, _ in self.members) > 1 else ""
