"""Who of the demo's members is here: on shift, on a short break, finishing what they hold, or at home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from fengong.demo.dice import Dice
from fengong.demo.setup import DEMO, People
from fengong.desk import queries as desk
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence

STRETCH = 1500.0
"""Seconds at speed 1 of which a member may spend one break, and the share of stretches that have one."""
HAVE_BREAK = 0.3


class Presence:
    """Keeps presences as the shifts and the breaks say."""

    def __init__(self, everybody: People, *, speed: float) -> None:
        self._everybody, self._speed = everybody, speed

    def keep(self, *, at: datetime, real: Collection[int]) -> set[int]:
        """Set what has changed, but not for members whom a real person is; returns who is at rest."""
        ends, known = rota.shift_ends(at), rota.presences()
        holding = set(desk.held_by().values_list("owner_id", flat=True))
        here = Counter(m.position.tier for m in self._everybody.values() if known.get(m.pk) == "online")
        resting: set[int] = set()
        for member in self._everybody.values():
            if member.pk in real:
                continue
            status = "away" if member.pk in holding else "offline"
            if member.pk in ends:
                rests = self._rests(member, at, was=known.get(member.pk, "offline"), here=here)
                status = "away" if rests else "online"
                if rests:
                    resting.add(member.pk)
            if status != known.get(member.pk):
                set_presence(actor=DEMO, member=member, status=status, at=at)
        return resting

    def welcome(self, came: Collection[int], *, at: datetime) -> None:
        """A person who signs in as somebody on a break has ended that break; later they say for themselves."""
        ends, known = rota.shift_ends(at), rota.presences()
        for member in self._everybody.values():
            if member.pk in came and member.pk in ends and known.get(member.pk) == "away":
                set_presence(actor=DEMO, member=member, status="online", at=at)

    def _rests(self, member: Any, at: datetime, *, was: str, here: Counter[int | None]) -> bool:
        """Whether they are on a break; nobody takes one as the last of their tier."""
        stretch, second = divmod(at.timestamp() * self._speed, STRETCH)
        dice = Dice("break", member.pk, int(stretch))
        begins, lasts = dice.between(0, STRETCH - 400), dice.between(200, 400)
        on_break = dice.chance(HAVE_BREAK) and begins <= second < begins + lasts
        if on_break and was == "online":
            if here[member.position.tier] <= 1:
                return False
            here[member.position.tier] -= 1
        return on_break
