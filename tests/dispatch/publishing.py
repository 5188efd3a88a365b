"""Puts rules in force for a test."""

from __future__ import annotations

from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.policy_rules import PolicyRules
from fengong.kernel.actor import SYSTEM
from tests.world import World


def publish(world: World, rules: PolicyRules) -> PolicyEdition:
    """These rules, from now on."""
    draft = draft_policy(actor=SYSTEM, rules=rules, at=world.now)
    return publish_policy(actor=SYSTEM, edition=draft, at=world.now)
