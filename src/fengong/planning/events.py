"""What can happen to what-ifs."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class ComparisonAsked(Fact):
    verb = "comparison.asked"
    about = ("comparison",)
    comparison: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class ComparisonEnded(Fact):
    """`state` is done, failed or stopped."""

    verb = "comparison.ended"
    about = ("comparison",)
    comparison: int
    state: str
