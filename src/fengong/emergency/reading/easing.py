"""What a surge changes in the rules of dispatch, as other rules; nothing here is put in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import inf

from fengong.dispatch.policy_rules import Group, Lending, PolicyRules, Relaxation, Tiers

QUICKER = 4.0
"""Rings open in this part of their time."""
EASED_EVERY, AT_ONCE = 10.0, 0.25
HEALTHY = Lending(waiting=1.0, at_risk=2.0)
"""A team lends while at most one of its tickets waits per member present and two promises are at risk."""


def eased(rules: PolicyRules, kinds: Iterable[str]) -> PolicyRules:
    """The rules with the measures of these kinds that concern them, `rings` and `borrow`."""
    for kind in sorted(set(kinds)):
        rules = CHANGES[kind](rules) if kind in CHANGES else rules
    return rules


def _widened(rules: PolicyRules) -> PolicyRules:
    """Rings open four times as soon, higher tiers help early, and the proficiency asked for falls after ten minutes."""
    tiers = replace(
        rules.tiers, overflow=min(rules.tiers.overflow, AT_ONCE), urgent=min(rules.tiers.urgent, 3)
    )
    easing = replace(rules.relaxation, every=min(rules.relaxation.every, EASED_EVERY))
    return replace(rules, tiers=_reaching(tiers), relaxation=_floored(easing), groups=_sooner(rules.groups))


def _reaching(tiers: Tiers) -> Tiers:
    return replace(tiers, reach=max(tiers.reach, 2))


def _floored(easing: Relaxation) -> Relaxation:
    return replace(easing, floor=max(easing.floor, 1.0))


def _sooner(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(
        replace(
            group,
            rings=tuple(replace(ring, after=ring.after / QUICKER) for ring in group.rings),
            anybody=group.anybody / QUICKER,
        )
        for group in groups
    )


def _borrowed(rules: PolicyRules) -> PolicyRules:
    """Whoever is in no ring is asked at once, but a team lends only while its own figures are healthy."""
    groups = tuple(replace(group, anybody=0.0) for group in rules.groups)
    lending = rules.lending
    if lending.waiting == inf and lending.at_risk == inf:
        lending = HEALTHY
    return replace(rules, groups=groups, lending=lending)


CHANGES = {"rings": _widened, "borrow": _borrowed}
