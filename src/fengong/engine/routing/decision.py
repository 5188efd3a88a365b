"""What a policy decided and why: terms of the cost, runners-up, and who was ruled out for which reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

# The named parts of the cost of a match, in the order in which surfaces list them.
TERMS = ("lateness", "skill_fit", "over_qualification", "load_spread", "continuity", "growth")

# Why a member cannot take a ticket; the first that holds is the one that is stored.
ABSENT = "absent"
BARRED = "barred"
NOT_ASKED = "not_asked"  # of a team that is asked later or not at all, or it is kept for somebody else
BELOW_TIER = "below_tier"
ABOVE_REACH = "above_reach"
NO_SKILL = "no_skill"
SHIFT_ENDING = "shift_ending"
NO_CAPACITY = "no_capacity"
NO_SLOT = "no_slot"  # as many tickets open as allowed, on this channel or in all
NOT_LENT = "not_lent"  # of another team, which needs its people itself
REASONS = (
    ABSENT,
    BARRED,
    NOT_ASKED,
    BELOW_TIER,
    ABOVE_REACH,
    NO_SKILL,
    NOT_LENT,
    SHIFT_ENDING,
    NO_CAPACITY,
    NO_SLOT,
)

# Why a ticket keeps waiting.
NOBODY = "nobody_eligible"  # no member passes the checks
OUTBID = "outbid"  # somebody does, but other tickets of the same batch took that capacity
HELD_BACK = "held_back"  # somebody could, but the policy lets it wait (say, a higher tier kept in reserve)
WAITS = (NOBODY, OUTBID, HELD_BACK)


@dataclass(frozen=True, slots=True)
class Alternative:
    """An eligible member who was not chosen, with the cost the match would have had (in points).

    `busy_with` are the tickets that the same batch gave to this member: why a cheaper match may not be the winner.
    """

    member: int
    cost: float
    terms: Mapping[str, float]
    busy_with: tuple[int, ...] = ()


class Exclusion(NamedTuple):
    """A member who could not take the ticket: one of REASONS and the figures behind it (minutes, tiers).

    A tuple, because a large team yields thousands of them per decision.
    """

    member: int
    reason: str
    detail: Mapping[str, float | int | str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one ticket. `member` None: it keeps waiting, and `waits` (one of WAITS) says why.

    `cost` is the sum of `terms` in points; for a waiting ticket it is the price of waiting on, with no
    terms. `eligible` counts the members who passed every check; winner and alternatives are among them. `eased`: by how
    much the proficiency asked for has fallen since it waits; `interrupts`: it may break into work in hand.
    """

    ticket: int
    member: int | None
    policy: str
    cost: float
    terms: Mapping[str, float]
    alternatives: tuple[Alternative, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    eligible: int = 0
    waits: str = ""
    waiting_cost: float = 0.0
    help_due: bool = False
    eased: float = 0.0
    interrupts: bool = False
