"""What the matcher thinks of every member for one ticket, whoever has it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fengong.desk.queries import Queued
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.rules.bridge import engine_rules
from fengong.dispatch.situation.bridge import Standing, explained, situation_of
from fengong.engine.routing.decide import decide


@dataclass(frozen=True, slots=True)
class Comparison:
    """`refused`: by member the reason and the figures behind it; everybody else could take it. `best` are those it
    would choose first, with their costs in points, the cheapest first.
    """

    refused: Mapping[int, tuple[str, list[Any]]] = field(default_factory=dict)
    best: tuple[tuple[int, float], ...] = ()
    eligible: int = 0


def compare(
    *, ticket: Queued, standing: Standing, barred: set[int], rules: PolicyRules, at: datetime
) -> Comparison:
    """One ticket alone against everybody, by these rules."""
    situation = situation_of([ticket], standing, {ticket.pk: barred}, rules, at)
    [verdict] = decide(situation, policy="fengong", rules=engine_rules(rules))
    ranked = [(other.member, other.cost) for other in verdict.alternatives]
    if verdict.member is not None:
        ranked.insert(0, (verdict.member, verdict.cost))
    exclusions = explained(verdict.exclusions, standing, situation.now)
    return Comparison(
        refused={e.member: (e.reason, list(e.detail.values())) for e in exclusions},
        best=tuple(ranked),
        eligible=verdict.eligible,
    )
