"""The preview of an edition on the last tickets, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.preview.preview import preview as compared
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.division.policy.editions import found, in_force
from fengong.web.explain import AGAINST, REASONS, TERMS, explain, waiting_reason
from fengong.web.member import MemberRequest, for_members

LAST = 200
SHOWN = 50
"""Tickets with another owner that are listed; all are counted."""


@dataclass(frozen=True)
class Line:
    """A ticket that would have gone to somebody else."""

    ticket: Any
    owner: Any
    before: str
    after: str
    reason: str
    why: Any


@require_safe
@for_members
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """Who would have got what under this edition, and why; beside the policy in force."""
    require(request.member, "board.assign")
    rules = PolicyRules.from_json(found(pk).rules)
    told = compared(PolicyRules.from_json(in_force()), rules, at=now(), limit=LAST)
    lines = [_line(row, told) for row in told.changed[:SHOWN]] if told else []
    return render(request, "division/policy/preview.html", {"told": told, "lines": lines})


def _line(row: Any, told: Any) -> Line:
    why = told.why(row.after)
    return Line(
        ticket=row.ticket,
        owner=row.owner,
        before=_who(row.before, told),
        after=_who(row.after, told),
        reason=_reason(why, row.before.member, told) if why else waiting_reason(row.after.wait),
        why=explain(why) if why else None,
    )


def _who(outcome: Any, told: Any) -> str:
    if outcome.member is None:
        return _("nobody yet")
    return str(told.past.members[outcome.member].display_name)


def _reason(why: Any, other: int | None, told: Any) -> str:
    """Why not who would have had it by the rules in force."""
    if other is None:
        return _("Finds somebody")
    name = told.past.members[other].display_name
    for choice in why.alternatives:
        if choice.member is not None and choice.member.pk == other:
            extra = {term: choice.terms.get(term, 0) - why.winner.terms.get(term, 0) for term in TERMS}
            term, value = max(extra.items(), key=lambda item: item[1])
            if value > 0.05:
                return f"{name}: {AGAINST[term]} (+{value:.1f})"
            return _("%(name)s fits as well; needed for other work") % {"name": name}
    for group in why.excluded:
        if any(member.pk == other for member, _figures in group.members):
            return f"{name}: {REASONS.get(group.reason, group.reason)}"
    return _("%(name)s comes after three others") % {"name": name}
