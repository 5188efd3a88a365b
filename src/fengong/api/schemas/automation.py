"""Deeds, macros and rules as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from fengong.api.fields import Id, Line, Shown, Taken, Text

Deeds = list[dict[str, Any]]
DEEDS = (
    "A list of deeds in the order they are done, each an object with `deed` and its parameters; see /deeds."
)
Place = Field(default=0, ge=0, le=9999)


class ParameterOut(Shown):
    """Something a deed must be told. `choices` are the values it takes, where it takes one of several."""

    name: str
    label: str
    kind: str
    required: bool
    choices: list[Any]


class DeedOut(Shown):
    """Something that can be done to a ticket by name."""

    deed: str
    label: str
    parameters: list[ParameterOut]


class MacroIn(Taken):
    """A macro. Without `team_id` and `own` it is everybody's."""

    name_zh: Line = ""
    name_en: Line = ""
    writes: Literal["reply", "note"] = "reply"
    body_zh: Text = ""
    body_en: Text = ""
    deeds: Deeds = Field(default_factory=list, max_length=20, description=DEEDS)
    team_id: Id | None = None
    own: bool = Field(default=False, description="Only for whoever keeps it.")
    position: int = Place


class Macro(Shown):
    """A macro as it stands."""

    id: int
    name_zh: str
    name_en: str
    writes: str
    body_zh: str
    body_en: str
    deeds: Deeds
    team_id: int | None
    member_id: int | None
    position: int
    uses: int
    used_at: datetime | None


class MacroFilter(Taken):
    """Which macros."""

    q: Line = Field(default="", description="Words in the name or the text.")


class PreviewOut(Shown):
    """What a macro would write on a ticket, in the customer's language, and do."""

    body: str
    deeds: list[str]


class PreviewOf(Taken):
    """On which ticket."""

    ticket: Id


class ApplicationIn(Taken):
    """A macro applied to a ticket. `body` is the text as it was edited; without it the macro's own is written."""

    ticket_id: Id
    body: Text | None = None


class RuleIn(Taken):
    """A rule: after `events`, or when `minutes` of a `clock` have passed, where the condition holds, some deeds."""

    name_zh: Line = ""
    name_en: Line = ""
    when: Literal["event", "time"] = "event"
    events: list[Line] = Field(default_factory=list, max_length=50)
    clock: Line = ""
    minutes: int = Field(default=0, ge=0, le=10**6)
    condition: Text = Field(
        default="", description="In the query language of tickets; empty means every ticket."
    )
    deeds: Deeds = Field(max_length=20, description=DEEDS)
    stops: bool = Field(
        default=False, description="Whether later rules are left out on an event on which it acted."
    )
    position: int = Place


class Rule(Shown):
    """A rule as it stands."""

    id: int
    name_zh: str
    name_en: str
    when: str
    events: list[str]
    clock: str
    minutes: int
    condition: str
    deeds: Deeds
    stops: bool
    position: int
    active: bool
    runs: int
    ran_at: datetime | None


class ActivityIn(Taken):
    """On or off."""

    active: bool


class RehearsalIn(RuleIn):
    """A rule to be tried on the newest tickets."""

    last: int = Field(default=200, ge=1, le=1000)


class FoundOut(Shown):
    """A ticket on which it would have acted."""

    ticket_id: int
    times: int
    last: datetime


class RehearsalOut(Shown):
    """What a rule would have done. Conditions are asked of tickets as they are now."""

    looked_at: int
    since: datetime | None
    times: int
    found: list[FoundOut]


class RunFilter(Taken):
    """Which runs."""

    rule: Id | None = None
    ticket: Id | None = None
    state: Literal["done", "partly", "refused", "looped", "too_many"] | None = None


class OutcomeOut(Shown):
    """What became of one deed."""

    deed: str
    done: bool
    code: str
    said: str


class Run(Shown):
    """What a rule did on one occasion: the event `seq`, or the time `due_at`."""

    id: int
    rule_id: int
    ticket_id: int
    seq: int | None
    due_at: datetime | None
    at: datetime
    depth: int
    state: str
    outcomes: list[OutcomeOut]
