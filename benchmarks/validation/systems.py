"""A queueing system in plain words, before it becomes the simulator's model or anybody else's."""

from __future__ import annotations

from dataclasses import dataclass

FOREVER = 0.0  # as a rate: it never happens


@dataclass(frozen=True)
class Skill:
    """A class a group serves. A contact is offered to groups in the order `offered`, and among equals to the member
    idle longest; a member who becomes free takes classes in the order `taken`, and among equals who waits longest.
    """

    topic: int
    offered: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Group:
    """`members` alike: what they serve, and how fast compared with the classes' service rates."""

    members: int
    skills: tuple[Skill, ...]
    speed: float = 1.0


@dataclass(frozen=True)
class System:
    """Poisson arrivals, exponential service and patience, rates per minute and class; `places` hold all inside.

    `escalated`: the share of served contacts of class 0 that are then not solved and wait again, as class 1.
    """

    arrival_rates: tuple[float, ...]
    service_rates: tuple[float, ...]
    groups: tuple[Group, ...]
    patience_rate: float = FOREVER
    places: int | None = None
    escalated: float = 0.0

    @property
    def members(self) -> int:
        """How many members there are in all groups."""
        return sum(group.members for group in self.groups)


def one_line(servers: int, arrival_rate: float, service_rate: float = 1.0, **more: float) -> System:
    """One class, one group."""
    places = more.pop("places", None)
    return System(
        (arrival_rate,),
        (service_rate,),
        (Group(servers, (Skill(0),)),),
        places=None if places is None else int(places),
        **more,
    )


def ranked(servers: int, *arrival_rates: float) -> System:
    """Classes of priority, the first one highest, and one group that serves them all at rate 1."""
    skills = tuple(Skill(topic, taken=topic) for topic in range(len(arrival_rates)))
    return System(arrival_rates, (1.0,) * len(arrival_rates), (Group(servers, skills),))


def tiers(
    first: int, second: int, arrival_rate: float, escalated: float, rates: tuple[float, float]
) -> System:
    """Two tiers in tandem: a share of what the first tier served goes on to the second."""
    groups = Group(first, (Skill(0),)), Group(second, (Skill(1),))
    return System((arrival_rate, FOREVER), rates, groups, escalated=escalated)


def graph(arrival_rates: tuple[float, ...], *members: tuple[tuple[int, ...], float]) -> System:
    """First come first served, longest-idle member first, on any skill graph: each member's classes and speed."""
    groups = tuple(Group(1, tuple(map(Skill, topics)), speed) for topics, speed in members)
    return System(arrival_rates, (1.0,) * len(arrival_rates), groups)
