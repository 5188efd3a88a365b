"""Whom and what a comparison is about: figures of everything, of customer groups, of tiers and of members."""

from __future__ import annotations

from typing import Literal, NamedTuple

from fengong.engine.simulation.desk import Ints

Kind = Literal["all", "group", "tier", "member"]
KINDS: tuple[Kind, ...] = ("all", "group", "tier", "member")
TICKETS = ("wait", "resolution", "answered", "kept", "right_first", "handovers")
PEOPLE = ("effort", "busy", "taken")
BETTER: dict[str, int] = {
    "wait": -1,  # hours from opening until work begins
    "resolution": -1,  # hours from opening to the lasting solution
    "answered": 1,  # share begun within the promised time
    "kept": 1,  # share resolved within it, waiting for the customer left out
    "right_first": 1,  # share that began at the tier they needed and stayed there
    "handovers": -1,  # changes of person per ticket
    "effort": -1,  # hours of work a week: of all together, or of each
    "busy": -1,  # share of the time at work that is spent working
    "taken": 0,  # tickets begun a week
    "spread": -1,  # Gini coefficient of effort over members
}
"""1 where more is better for whom it concerns, -1 where less is, 0 where it is neither."""
FIGURES: dict[Kind, tuple[str, ...]] = {
    "all": (*TICKETS, *PEOPLE, "spread"),
    "group": TICKETS,
    "tier": (*TICKETS, *PEOPLE),  # of the tickets that need it, and of its members, each
    "member": PEOPLE,
}


class Subject(NamedTuple):
    """One figure of one subject. `key`: the group's code, the tier, the member's key; 0 for everything."""

    kind: Kind
    key: int
    figure: str


def subjects(groups: int, keys: Ints) -> tuple[Subject, ...]:
    """Return every figure of everything, of groups 0 .. groups - 1, of the tiers and of these members, in order."""
    who: dict[Kind, list[int]] = {
        "all": [0],
        "group": list(range(groups)),
        "tier": [1, 2, 3],
        "member": keys.tolist(),
    }
    return tuple(
        Subject(kind, key, figure) for kind in KINDS for key in who[kind] for figure in FIGURES[kind]
    )
