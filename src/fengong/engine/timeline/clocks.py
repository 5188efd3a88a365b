"""The clocks of one matter: by when what was promised is due, worked out from what happened to it.

A clock stands still while the matter rests for a reason for which its promises pause, and while it is resolved.
Instants and amounts are whole microseconds, as in `working`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fengong.engine.timeline.working import ALWAYS, MINUTE, Rests, WorkingTime, after_rests

RESOLVED = "resolved"
FIRST_RESPONSE, NEXT_RESPONSE, UPDATE = "first_response", "next_response", "update"
RESOLUTION, OWNERSHIP = "resolution", "ownership"
TARGETS = (FIRST_RESPONSE, NEXT_RESPONSE, UPDATE, RESOLUTION, OWNERSHIP)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on, a matter rests for this reason (none: it is worked on) and lies with this tier."""

    at: int
    rest: str
    tier: int


@dataclass(frozen=True)
class Story:
    """What happened: `unanswered` is the oldest message of the customer since the last answer, `updated` the last
    message or note of a member. `turns` begin at `opened` and are in order."""

    opened: int
    turns: tuple[Turn, ...]
    responded: int | None = None
    unanswered: int | None = None
    updated: int | None = None

    @property
    def is_resolved(self) -> bool:
        return self.turns[-1].rest == RESOLVED

    @cached_property
    def tier_since(self) -> int:
        """Since when its tier has held it."""
        since = self.turns[-1].at
        for turn in reversed(self.turns):
            if turn.tier != self.turns[-1].tier:
                break
            since = turn.at
        return since

    @cached_property
    def reopened(self) -> int | None:
        """When it last came back after it had been resolved."""
        pairs = zip(self.turns, self.turns[1:], strict=False)
        backs = [after.at for before, after in pairs if before.rest == RESOLVED and after.rest != RESOLVED]
        return backs[-1] if backs else None


@dataclass(frozen=True)
class Promises:
    """What a policy promises at one priority, in minutes; None where it promises nothing. `pauses` are reasons."""

    first_response: int | None = None
    next_response: int | None = None
    update: int | None = None
    resolution: int | None = None
    ownership: Mapping[int, int] = field(default_factory=dict)
    pauses: frozenset[str] = frozenset()
    time: WorkingTime = ALWAYS


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise that runs: since when, how much time it has, when it is due if nothing stops it (again)."""

    target: str
    start: int
    amount: int
    due: int | None


@dataclass(frozen=True)
class Clocks:
    """Every clock of one matter. `resting` is since when they stand still; None while they run."""

    story: Story
    promises: Promises
    running: Mapping[str, Clock]

    @property
    def resting(self) -> int | None:
        return resting_since(self.story, self.promises.pauses)

    def reach(self, target: str, *, percent: int | None = None, minutes: int = 0) -> int | None:
        """When a part of a clock's time is used up, or so many minutes before or after it is due.

        Where that lies before its start, the first working instant. Only times that are reached before a rest that
        goes on still: None otherwise.
        """
        clock = self.running[target]
        amount = clock.amount * percent // 100 if percent is not None else clock.amount + minutes * MINUTE
        found = after_rests(self.promises.time, clock.start, amount, self._rests)
        since = self.resting
        return None if found is not None and since is not None and found > since else found

    @cached_property
    def _rests(self) -> Rests:
        return rests(self.story, self.promises.pauses)


def clocks(story: Story, promises: Promises) -> Clocks:
    """The clocks that count for a matter now. One whose promise is kept, or does not apply, is left out."""
    wanted = {
        FIRST_RESPONSE: (None if story.responded is not None else story.opened, promises.first_response),
        NEXT_RESPONSE: (_next_response(story), promises.next_response),
        UPDATE: (_update(story, promises), promises.update),
        RESOLUTION: (story.opened, promises.resolution),
        OWNERSHIP: (
            None if story.is_resolved else story.tier_since,
            promises.ownership.get(story.turns[-1].tier),
        ),
    }
    stood = rests(story, promises.pauses)
    running = {
        target: Clock(
            target, start, minutes * MINUTE, after_rests(promises.time, start, minutes * MINUTE, stood)
        )
        for target, (start, minutes) in wanted.items()
        if start is not None and minutes is not None
    }
    return Clocks(story, promises, running)


def rests(story: Story, pauses: frozenset[str]) -> Rests:
    """The stretches that are over in which the clocks stood still. One that goes on is left out."""
    found: list[tuple[int, int]] = []
    since: int | None = None
    for turn in story.turns:
        still = turn.rest == RESOLVED or turn.rest in pauses
        if still and since is None:
            since = turn.at
        elif not still and since is not None:
            found.append((since, turn.at))
            since = None
    return found


def resting_since(story: Story, pauses: frozenset[str]) -> int | None:
    """Since when the clocks stand still; None while they run."""
    since = None
    for turn in reversed(story.turns):
        if turn.rest != RESOLVED and turn.rest not in pauses:
            break
        since = turn.at
    return since


def _next_response(story: Story) -> int | None:
    """The first response covers what the customer writes before it."""
    if story.is_resolved or story.responded is None:
        return None
    return story.unanswered


def _update(story: Story, promises: Promises) -> int | None:
    """Before the first response that promise counts, and no update is due yet."""
    if story.is_resolved or (story.responded is None and promises.first_response is not None):
        return None
    moments = (story.opened, story.responded, story.updated, story.reopened)
    return max(moment for moment in moments if moment is not None)
