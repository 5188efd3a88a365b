"""What tests of rules do over and over: write one, switch it on, let the sweeps look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fengong.automation import tasks
from fengong.automation.actions.rules import RuleDraft, define_rule, switch_rule
from fengong.automation.models import Rule, RuleRun
from tests.world import World

PRIORITY = {"deed": "set_priority", "priority": 4}


def rule(world: World, *, active: bool = True, **more: Any) -> Rule:
    """A rule of the administrator, on from now."""
    given: dict[str, Any] = {"name_en": "rule", "events": ["opened"], "deeds": [PRIORITY], **more}
    kept = define_rule(actor=world.admin, draft=RuleDraft(**given), at=world.now)
    return switch_rule(actor=world.admin, rule=kept, active=True, at=world.now) if active else kept


def timed(world: World, clock: str, minutes: int, **more: Any) -> Rule:
    return rule(world, when="time", clock=clock, minutes=minutes, events=[], **more)


def sweep(world: World, minutes: float = 0) -> int:
    """What the worker does within a second, so many minutes after the beginning."""
    at = world.now + timedelta(minutes=minutes)
    return tasks.follow_rules(at=at) + tasks.ring_timers(at=at)


def runs(*fields: str) -> list[Any]:
    """All runs in order, as the fields named."""
    return list(RuleRun.objects.order_by("id").values_list(*fields, flat=len(fields) == 1))
