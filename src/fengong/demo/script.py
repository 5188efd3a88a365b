"""What comes next in a conversation and how soon; the past and the live demo follow the same script."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fengong.demo.dice import Dice
from fengong.demo.story import Handover, Story, Turn

Spread = tuple[float, float]
TOP_TIER = 3


@dataclass(frozen=True, slots=True)
class Escalate:
    """The next step is to hand the ticket up a tier."""

    note: Handover
    kind: str = "escalate"
    by_customer: bool = False


@dataclass(frozen=True, slots=True)
class Resolve:
    """The next step is to close the matter."""

    kind: str = "resolve"
    by_customer: bool = False


Step = Turn | Escalate | Resolve


def next_step(story: Story, said: Collection[str], *, owner_tier: int, ticket_tier: int) -> Step:
    """What happens next when these texts have been written: the story's first turn that has not.

    A member whose tier is below the matter's true difficulty says hello, and then hands it up.
    """
    too_hard = owner_tier < story.difficulty and ticket_tier < TOP_TIER
    for turn in story.turns:
        if turn.body in said:
            continue
        if too_hard and not turn.by_customer and turn.kind != "ack":
            return _up(story, ticket_tier)
        return turn
    return _up(story, ticket_tier) if too_hard else Resolve()


def customer_turn(story: Story, said: Collection[str], *, asked: bool) -> Turn | None:
    """What the customer says to a real person who wrote something: the answer where asked, else thanks."""
    wanted = ("answer", "thanks") if asked else ("thanks",)
    left = (turn for turn in story.turns if turn.by_customer and turn.body not in said)
    return next((turn for turn in left if turn.kind in wanted), None)


def _up(story: Story, ticket_tier: int) -> Escalate:
    return Escalate(story.handovers[1 if ticket_tier + 1 >= story.difficulty else 0])


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one step to the next, from and to; a fix takes `fix` per minute of effort raised to `growth`."""

    steps: Mapping[str, Spread]
    fix: Spread
    growth: float

    def seconds(self, kind: str, minutes: int, dice: Dice) -> float:
        """How long this step takes to come, for a matter of this many minutes of work."""
        if kind == "fix":
            return dice.between(*self.fix) * math.pow(minutes, self.growth)
        return dice.between(*self.steps[kind])


PAST = Pace(
    steps={
        "ack": (60, 540),
        "ask": (150, 900),
        "answer": (300, 4500),
        "note": (120, 900),
        "chase": (900, 4500),
        "soothe": (120, 700),
        "thanks": (300, 3600),
        "resolve": (60, 1200),
        "escalate": (240, 1200),
    },
    fix=(40, 110),
    growth=1.0,
)
LIVE = Pace(
    steps={
        "ack": (8, 60),
        "ask": (20, 120),
        "answer": (30, 180),
        "note": (20, 100),
        "chase": (60, 240),
        "soothe": (15, 60),
        "thanks": (40, 200),
        "resolve": (15, 80),
        "escalate": (30, 110),
    },
    fix=(36, 84),
    growth=0.6,
)
