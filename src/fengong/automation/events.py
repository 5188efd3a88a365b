"""What automation does beside the verbs it calls, and how it is told what to do."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class MemberNotified(Fact):
    verb = "ticket.member_notified"
    about = ("ticket", "member")
    ticket: int
    member: int
    text: str


@dataclass(frozen=True)
class WebhookAsked(Fact):
    """Somebody wants an endpoint told of this ticket now, whatever it listens to."""

    verb = "ticket.webhook_asked"
    about = ("ticket",)
    ticket: int
    endpoint: str


@dataclass(frozen=True)
class MacroApplied(Fact):
    verb = "ticket.macro_applied"
    about = ("ticket", "macro")
    ticket: int
    macro: int
    name: str


@dataclass(frozen=True)
class MacroDefined(Fact):
    verb = "macro.defined"
    about = ("macro",)
    macro: int
    name: str


@dataclass(frozen=True)
class MacroRemoved(Fact):
    verb = "macro.removed"
    about = ("macro",)
    macro: int
    name: str


@dataclass(frozen=True)
class RuleDefined(Fact):
    verb = "rule.defined"
    about = ("rule",)
    rule: int
    name: str


@dataclass(frozen=True)
class RuleSwitched(Fact):
    verb = "rule.switched"
    about = ("rule",)
    rule: int
    name: str
    active: bool


@dataclass(frozen=True)
class RuleRemoved(Fact):
    verb = "rule.removed"
    about = ("rule",)
    rule: int
    name: str


@dataclass(frozen=True)
class RuleActed(Fact):
    """A rule's condition held, and it did what it could; its run has the outcome of each deed."""

    verb = "rule.acted"
    about = ("rule", "ticket")
    rule: int
    ticket: int
    name: str
    run: int
    state: str


@dataclass(frozen=True)
class LadderActed(Fact):
    """A step of a promise's ladder did what it could."""

    verb = "ladder.acted"
    about = ("ticket",)
    ticket: int
    target: str
    run: int
