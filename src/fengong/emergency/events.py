"""What can happen to surges and swarms."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class SurgeFound(Fact):
    verb = "surge.found"
    about = ("surge", "topic")
    surge: int
    topic: int | None
    expected: float
    observed: float


@dataclass(frozen=True)
class SurgeEnded(Fact):
    verb = "surge.ended"
    about = ("surge", "topic")
    surge: int
    topic: int | None


@dataclass(frozen=True)
class MeasureTaken(Fact):
    verb = "surge.measure_taken"
    about = ("surge",)
    surge: int
    measure: int
    kind: str


@dataclass(frozen=True)
class MeasureWithdrawn(Fact):
    verb = "surge.measure_withdrawn"
    about = ("surge",)
    surge: int
    measure: int
    kind: str


@dataclass(frozen=True)
class StandbyCalled(Fact):
    verb = "surge.standby_called"
    about = ("surge", "member")
    surge: int
    member: int
    answer_by: str


@dataclass(frozen=True)
class StandbyAnswered(Fact):
    """`state` is what became of the call: coming, declined, missed or dismissed."""

    verb = "surge.standby_answered"
    about = ("surge", "member")
    surge: int
    member: int
    state: str


@dataclass(frozen=True)
class ReadinessSet(Fact):
    verb = "surge.readiness_set"
    about = ()
    quiet_days: int
    automatic: list[str]


@dataclass(frozen=True)
class SwarmFormed(Fact):
    verb = "swarm.formed"
    about = ("swarm", "ticket", "member")
    swarm: int
    ticket: int | None
    member: int
    title: str


@dataclass(frozen=True)
class SwarmJoined(Fact):
    verb = "swarm.joined"
    about = ("swarm", "member")
    swarm: int
    member: int


@dataclass(frozen=True)
class SwarmLeft(Fact):
    verb = "swarm.left"
    about = ("swarm", "member")
    swarm: int
    member: int


@dataclass(frozen=True)
class MemberShielded(Fact):
    """Somebody was relieved of so many tickets and gets no other work."""

    verb = "swarm.shielded"
    about = ("swarm", "member")
    swarm: int
    member: int
    tickets: int


@dataclass(frozen=True)
class SwarmSaid(Fact):
    """Something new stands on the time line or among the tasks."""

    verb = "swarm.said"
    about = ("swarm",)
    swarm: int
    entry: int
    kind: str


@dataclass(frozen=True)
class SwarmStoodDown(Fact):
    verb = "swarm.stood_down"
    about = ("swarm", "ticket")
    swarm: int
    ticket: int | None
