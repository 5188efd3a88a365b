"""What can happen to people's records."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class MemberJoined(Fact):
    verb = "member.joined"
    about = ("member", "team")
    member: int
    team: int
    position: int


@dataclass(frozen=True)
class MemberChanged(Fact):
    """`fields` names what is otherwise than before."""

    verb = "member.changed"
    about = ("member", "team")
    member: int
    team: int
    position: int
    fields: list[str]


@dataclass(frozen=True)
class MemberLeft(Fact):
    verb = "member.left"
    about = ("member", "team")
    member: int
    team: int


@dataclass(frozen=True)
class MemberReturned(Fact):
    verb = "member.returned"
    about = ("member", "team")
    member: int
    team: int


@dataclass(frozen=True)
class SkillSet(Fact):
    verb = "skill.set"
    about = ("member", "topic")
    member: int
    topic: int
    proficiency: int
    source: str


@dataclass(frozen=True)
class SkillDropped(Fact):
    verb = "skill.dropped"
    about = ("member", "topic")
    member: int
    topic: int


@dataclass(frozen=True)
class TeamFormed(Fact):
    verb = "team.formed"
    about = ("team",)
    team: int


@dataclass(frozen=True)
class TeamChanged(Fact):
    verb = "team.changed"
    about = ("team",)
    team: int


@dataclass(frozen=True)
class TeamDisbanded(Fact):
    verb = "team.disbanded"
    about = ("team",)
    team: int


@dataclass(frozen=True)
class LeadAppointed(Fact):
    verb = "team.lead_appointed"
    about = ("team", "member")
    team: int
    member: int


@dataclass(frozen=True)
class PositionDefined(Fact):
    verb = "position.defined"
    about = ("position",)
    position: int


@dataclass(frozen=True)
class PositionChanged(Fact):
    """`fields` names what is otherwise than before."""

    verb = "position.changed"
    about = ("position",)
    position: int
    fields: list[str]


@dataclass(frozen=True)
class PositionRemoved(Fact):
    verb = "position.removed"
    about = ("position",)
    position: int


@dataclass(frozen=True)
class TopicChanged(Fact):
    """`fields` names what is otherwise than before."""

    verb = "topic.changed"
    about = ("topic",)
    topic: int
    fields: list[str]


@dataclass(frozen=True)
class TopicRemoved(Fact):
    verb = "topic.removed"
    about = ("topic",)
    topic: int


@dataclass(frozen=True)
class TopicDefined(Fact):
    verb = "topic.defined"
    about = ("topic",)
    topic: int


@dataclass(frozen=True)
class AccountInvited(Fact):
    """A link was made by which the account's owner chooses a password; the link itself is written nowhere."""

    verb = "account.invited"
    about = ("account",)
    account: int


@dataclass(frozen=True)
class PasswordChanged(Fact):
    verb = "account.password_changed"
    about = ("account",)
    account: int


@dataclass(frozen=True)
class TokenIssued(Fact):
    verb = "token.issued"
    about = ("account", "token")
    account: int
    token: int
    name: str


@dataclass(frozen=True)
class TokenRevoked(Fact):
    verb = "token.revoked"
    about = ("account", "token")
    account: int
    token: int


@dataclass(frozen=True)
class DutiesDrafted(Fact):
    verb = "position.duties_drafted"
    about = ("position",)
    position: int


@dataclass(frozen=True)
class DutiesChanged(Fact):
    verb = "position.duties_changed"
    about = ("position",)
    position: int
    duties: int


@dataclass(frozen=True)
class DutiesDropped(Fact):
    verb = "position.duties_draft_dropped"
    about = ("position",)
    position: int


@dataclass(frozen=True)
class DutiesPublished(Fact):
    verb = "position.duties_published"
    about = ("position",)
    position: int
    edition: int
    number: int
    in_force_from: str


@dataclass(frozen=True)
class DutiesAcknowledged(Fact):
    verb = "position.duties_acknowledged"
    about = ("position", "member")
    position: int
    member: int
    edition: int


@dataclass(frozen=True)
class SkillRampSet(Fact):
    verb = "skill.ramp_set"
    about = ("member",)
    member: int
    difficulty: int


@dataclass(frozen=True)
class SkillRampEnded(Fact):
    verb = "skill.ramp_ended"
    about = ("member",)
    member: int


@dataclass(frozen=True)
class SkillStretched(Fact):
    verb = "skill.stretched"
    about = ("member", "topic")
    member: int
    topic: int
    level: int
    mentor: int


@dataclass(frozen=True)
class SkillStretchEnded(Fact):
    verb = "skill.stretch_ended"
    about = ("member", "topic")
    member: int
    topic: int
