"""Verbs that keep rules and switch them on and off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.automation.actions.naming import check_names
from fengong.automation.deeds import check
from fengong.automation.events import RuleDefined, RuleRemoved, RuleSwitched
from fengong.automation.following import RULES
from fengong.automation.models import Rule, Timer
from fengong.automation.occasions import OCCASIONS
from fengong.desk.language import condition
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import last_seq, record
from fengong.people.policies import require

LONGEST = 365 * 24 * 60
"""Minutes a clock may count."""


@dataclass(frozen=True)
class RuleDraft:
    """A rule as somebody writes it."""

    name_zh: str = ""
    name_en: str = ""
    when: str = Rule.When.EVENT
    events: list[str] = field(default_factory=list)
    clock: str = ""
    minutes: int = 0
    condition: str = ""
    deeds: list[dict[str, Any]] = field(default_factory=list)
    stops: bool = False
    position: int = 0


def define_rule(*, actor: Actor, draft: RuleDraft, at: datetime) -> Rule:
    """Keep a new rule; it rests until it is switched on."""
    require(actor, "desk.configure")
    rule = drafted(draft, at=at)
    with transaction.atomic():
        rule.save()
        record(RuleDefined(rule=rule.pk, name=rule.label), actor=actor, at=at)
    return rule


def update_rule(*, actor: Actor, rule: Rule, draft: RuleDraft, at: datetime) -> Rule:
    """Change a rule; one that is on concerns itself with what comes from now on."""
    require(actor, "desk.configure")
    values = {name: getattr(drafted(draft, at=at), name) for name in DRAFTED}
    with transaction.atomic():
        row = _locked(rule)
        for name, value in values.items():
            setattr(row, name, value)
        if row.active:
            _begin(row, at)
        row.save()
        record(RuleDefined(rule=row.pk, name=row.label), actor=actor, at=at)
    return row


def switch_rule(*, actor: Actor, rule: Rule, active: bool, at: datetime) -> Rule:
    """Switch a rule on or off. What happened before it was switched on does not concern it."""
    require(actor, "desk.configure")
    with transaction.atomic():
        row = _locked(rule)
        if row.active == active:
            return row
        if not Rule.objects.filter(active=True).exists():
            RULES.jump(at=at)
        row.active = active
        if active:
            _begin(row, at)
        else:
            Timer.objects.filter(rule=row).delete()
        row.save()
        record(RuleSwitched(rule=row.pk, name=row.label, active=active), actor=actor, at=at)
    return row


def remove_rule(*, actor: Actor, rule: Rule, at: datetime) -> None:
    """Give a rule up; its log stays."""
    require(actor, "desk.configure")
    with transaction.atomic():
        row = _locked(rule)
        row.active, row.removed_at = False, at
        row.save(update_fields=["active", "removed_at"])
        Timer.objects.filter(rule=row).delete()
        record(RuleRemoved(rule=row.pk, name=row.label), actor=actor, at=at)


def drafted(draft: RuleDraft, *, at: datetime) -> Rule:
    """The rule that a draft becomes, not saved; Invalid where it makes no sense."""
    _check(draft, at)
    timed = draft.when == Rule.When.TIME
    return Rule(
        name_zh=draft.name_zh.strip(),
        name_en=draft.name_en.strip(),
        when=draft.when,
        events=[] if timed else [name for name in OCCASIONS if name in draft.events],
        clock=draft.clock if timed else "",
        minutes=draft.minutes if timed else 0,
        condition=draft.condition.strip(),
        deeds=check(draft.deeds),
        stops=draft.stops,
        position=draft.position,
    )


DRAFTED = (
    "name_zh", "name_en", "when", "events", "clock", "minutes", "condition", "deeds", "stops", "position",
)  # fmt: skip


def _check(draft: RuleDraft, at: datetime) -> None:
    check_names(zh=draft.name_zh, en=draft.name_en)
    if draft.when not in Rule.When.values:
        raise Invalid(_("A rule waits for an event or for a time."), field="when")
    if draft.when == Rule.When.TIME:
        _check_clock(draft)
    elif not draft.events or set(draft.events) - set(OCCASIONS):
        raise Invalid(_("Choose at least one event."), field="events")
    if not draft.deeds:
        raise Invalid(_("A rule does at least one thing."), field="deeds")
    try:
        condition(draft.condition, member=None, at=at)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="condition") from refusal


def _check_clock(draft: RuleDraft) -> None:
    if draft.clock not in Rule.Clock.values:
        raise Invalid(_("Choose the time that passes."), field="clock")
    if not 1 <= draft.minutes <= LONGEST:
        raise Invalid(_("From one minute to one year."), field="minutes")


def _locked(rule: Rule) -> Rule:
    row = Rule.objects.select_for_update().filter(pk=rule.pk, removed_at__isnull=True).first()
    if row is None:
        raise Conflict(_("This rule was removed meanwhile."))
    return row


def _begin(rule: Rule, at: datetime) -> None:
    """Count from now: events after this one, and times that come up after this moment."""
    rule.since, rule.since_seq = at, last_seq()
    Timer.objects.filter(rule=rule).delete()
    rule.filled_to = 0 if rule.when == Rule.When.TIME else None
