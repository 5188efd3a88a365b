"""The dispatcher board as it is drawn: figures on top, a lane of tickets for each member, what waits at the side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengong.desk import queries as desk
from fengong.dispatch import queries as dispatch
from fengong.web.explain import waiting_reason
from fengong.web.promises import next_promise

TOP_SKILLS = 2
STATUS_ORDER = {"online": 0, "engaged": 1, "away": 2, "offline": 3}


@dataclass(frozen=True)
class Part:
    """A ticket in a lane, as wide as the effort it holds."""

    ticket: Any
    state: str
    share: int


@dataclass(frozen=True)
class Lane:
    """A member with everything they hold."""

    row: Any
    parts: list[Part]
    full: int
    left: float | None

    @property
    def skills(self) -> list[Any]:
        """The best ones."""
        return sorted(self.row.member.skills.all(), key=lambda skill: -skill.proficiency)[:TOP_SKILLS]


class Drawn:
    """The board at one instant, for one reader."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.board = dispatch.board(at)

    @cached_property
    def lanes(self) -> list[Lane]:
        """Those here first, by tier and name; all lanes share one scale of minutes."""
        scale = max((max(row.load.capacity, row.load.effort) for row in self.board.rows), default=1) or 1
        rows = sorted(
            self.board.rows,
            key=lambda row: (STATUS_ORDER[row.status], row.member.position.tier or 9, row.member.sort_key),
        )
        return [self._lane(row, scale) for row in rows]

    @cached_property
    def waits(self) -> list[tuple[Any, str, str]]:
        """What waits, each with its reason and who could take it once there is room."""
        return [
            (ticket, waiting_reason(self.board.waits.get(ticket.pk)), self._next_owner(ticket))
            for ticket in self.board.waiting
        ]

    @cached_property
    def states(self) -> list[str]:
        """The state of every promise on the board."""
        held = [part.state for lane in self.lanes for part in lane.parts]
        return held + [self._state(ticket) for ticket in self.board.waiting]

    @property
    def soon(self) -> int:
        return self.states.count("soon")

    @property
    def late(self) -> int:
        return self.states.count("late")

    @cached_property
    def waiting_count(self) -> int:
        return int(desk.waiting().count())

    @property
    def oldest(self) -> float:
        return desk.oldest_waiting_seconds(self.at)

    @cached_property
    def median_response(self) -> float | None:
        """Seconds to the first response, median of those given today."""
        found = desk.first_response_seconds(self.midnight)
        return median(found) if found else None

    @property
    def right_tier(self) -> float | None:
        return dispatch.right_tier_first_share(self.midnight)

    @property
    def spread(self) -> float:
        """Gini coefficient of load over capacity among those online."""
        return gini([row.share for row in self.board.rows if row.status == "online"])

    @property
    def midnight(self) -> datetime:
        return timezone.make_aware(datetime.combine(timezone.localtime(self.at).date(), time.min))

    def _lane(self, row: Any, scale: int) -> Lane:
        ends = [
            round(100 * minutes / scale)
            for minutes in accumulate([0, *(ticket.held for ticket in row.tickets)])
        ]
        parts = [
            Part(ticket, self._state(ticket), end - start)
            for ticket, (start, end) in zip(row.tickets, pairwise(ends), strict=True)
        ]
        left = (row.off_at - self.at).total_seconds() / 60 if row.off_at else None
        return Lane(row, parts, round(100 * row.load.capacity / scale), left)

    @cached_property
    def _skilled(self) -> dict[int, list[Any]]:
        """Rows of those online by the topics they know."""
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self.board.rows:
            if row.status == "online":
                for skill in row.member.skills.all():
                    found[skill.topic_id].append(row)
        return found

    @cached_property
    def _barred(self) -> dict[int, set[int]]:
        return dispatch.barred([ticket.pk for ticket in self.board.waiting])

    def _next_owner(self, ticket: Any) -> str:
        """Who could take it next: fit for it, and lacking nothing but room; the one who needs to free the least."""
        fit = [row for row in self._skilled[ticket.topic_id] if self._fits(ticket, row)]
        if not fit:
            return ""
        row = min(fit, key=lambda row: row.load.effort - row.load.capacity)
        missing = row.load.effort + ticket.effort - row.load.capacity
        if missing <= 0:
            return ""
        return _("%(name)s, once %(minutes)s min are free") % {
            "name": row.member.display_name,
            "minutes": missing,
        }

    def _fits(self, ticket: Any, row: Any) -> bool:
        proficiency = max(
            skill.proficiency for skill in row.member.skills.all() if skill.topic_id == ticket.topic_id
        )
        left = (row.off_at - self.at).total_seconds() / 60 if row.off_at else float("inf")
        return (
            (row.member.position.tier or 0) >= ticket.tier
            and proficiency >= ticket.difficulty
            and left > ticket.effort
            and row.member.pk not in self._barred.get(ticket.pk, ())
        )

    def _state(self, ticket: Any) -> str:
        promise = next_promise(ticket, self.at)
        return promise.state if promise else "fine"


def gini(values: list[float]) -> float:
    """Inequality of non-negative values: 0 when all are equal, towards 1 when one holds everything.

    Gini coefficient from the ordered values x: (2 * sum of i * x_i) / (n * sum of x) - (n + 1) / n, i from 1.
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    count = len(ordered)
    return (
        2 * sum(place * value for place, value in enumerate(ordered, 1)) / (count * total)
        - (count + 1) / count
    )
