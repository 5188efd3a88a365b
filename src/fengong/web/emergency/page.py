"""The room Emergency as it is drawn at one instant for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengong.emergency import queries
from fengong.emergency.policies import EMERGENCY
from fengong.people import queries as people

PAST = 20
ICONS = {"rings": "expand", "borrow": "users", "shed": "alarm-clock", "standby": "phone-call"}
DOES = {
    "rings": _(
        "Rings open four times as soon, higher tiers help early, and the skill asked for falls after ten minutes."
    ),
    "borrow": _(
        "All teams are asked at once; a team lends only while its own queue and promises are healthy."
    ),
    "shed": _("Waiting tickets of low priority rest for a while, and their customers are told."),
    "standby": _("Everybody on standby who knows the topic is called, and answers with one tap."),
}


@dataclass(frozen=True)
class Lever:
    """A measure that can be taken, or taken back, for one surge."""

    kind: str
    label: Any
    icon: str
    does: Any
    standing: Any


@dataclass(frozen=True)
class StreamRow:
    """What comes in of one topic: what an hour should bring, up to what is usual, and how near an alarm is."""

    label: str
    mean: float | None
    ceiling: float | None
    near: int
    surging: bool


class Room:
    """Everything on the page."""

    def __init__(self, member: Any, at: datetime) -> None:
        self.member = member
        self.at = at
        self.commands = member.may(EMERGENCY)
        self.configures = member.may("desk.configure")

    @cached_property
    def surges(self) -> list[tuple[Any, list[Lever]]]:
        """Those that go on, each with what can be done."""
        return [(surge, levers_of(surge)) for surge in queries.running_surges()]

    @cached_property
    def swarms(self) -> list[Any]:
        return list(queries.running_swarms())

    @cached_property
    def calls(self) -> list[Any]:
        """Calls that wait for the reader."""
        return list(queries.calls_of(self.member))

    @cached_property
    def past_swarms(self) -> list[Any]:
        return list(queries.swarms().filter(ended_at__isnull=False)[:PAST])

    @cached_property
    def past_surges(self) -> list[Any]:
        return list(queries.surges().filter(ended_at__isnull=False)[:PAST])

    @cached_property
    def lanes(self) -> list[Any]:
        """What goes first."""
        return queries.lanes()

    @cached_property
    def readiness(self) -> Any:
        return queries.readiness()

    @cached_property
    def topics(self) -> list[Any]:
        return list(people.topics())

    @cached_property
    def streams(self) -> list[StreamRow]:
        """The nearest to an alarm first; everything together on top."""
        rows = [_row(stream) for stream in queries.streams()]
        return sorted(rows, key=lambda row: (bool(row.label), not row.surging, -row.near, row.label))

    @property
    def learns(self) -> bool:
        """Whether nothing is known yet of what is usual."""
        return all(row.mean is None for row in self.streams)

    @property
    def is_calm(self) -> bool:
        return not self.surges and not self.swarms


def levers_of(surge: Any) -> list[Lever]:
    """Every measure for a surge, with the one that stands."""
    standing = {one.kind: one for one in surge.measures.all() if one.withdrawn_at is None}
    return [
        Lever(kind, label, ICONS[kind], DOES[kind], standing.get(kind)) for kind, label in queries.MEASURES
    ]


def _row(stream: Any) -> StreamRow:
    return StreamRow(
        label=stream.topic.label if stream.topic else "",
        mean=stream.expected.get("mean"),
        ceiling=stream.expected.get("ceiling"),
        near=round(100 * stream.standing.get("near", 0.0)),
        surging=bool(stream.standing.get("surging")),
    )
