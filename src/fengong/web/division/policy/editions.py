"""Editions of the policy: the page of the one in force, drafts and their editor, publishing, returning, the history."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.dispatch import queries as dispatch
from fengong.dispatch.actions.policies import draft_policy, drop_draft, publish_policy, return_to_policy
from fengong.dispatch.policy_rules import PolicyRules
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.planning import queries as planning
from fengong.web.division.policy.dials import SECTIONS, differences, shown, value_at
from fengong.web.division.policy.forms import PolicyForm, WhatIfForm
from fengong.web.division.policy.groups import group_forms
from fengong.web.division.policy.limits import LimitsForm
from fengong.web.member import MemberRequest, for_members

RUNS_SHOWN = 10


@require_safe
@for_members
def policy(request: MemberRequest) -> HttpResponse:
    """The policy in force, open drafts, and the what-ifs of late."""
    require(request.member, "board.assign")
    shown = {
        "current": dispatch.current_policy(),
        "sections": _read(in_force()),
        "drafts": [one for one in dispatch.policy_editions() if one.published_at is None],
        "runs": planning.comparisons()[:RUNS_SHOWN],
    }
    return render(request, "division/policy/page.html", shown)


@require_POST
@for_members
def drafts(request: MemberRequest) -> HttpResponse:
    """A new draft that begins with the rules in force."""
    rules = PolicyRules.from_json(in_force())
    draft = draft_policy(actor=request.member, rules=rules, at=now())
    return redirect("policy-edition", pk=draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def edition(request: MemberRequest, pk: int) -> HttpResponse:
    """An edition; a draft can be changed."""
    require(request.member, "board.assign")
    row = found(pk)
    rules = whole(row)
    forms = _Forms(request.POST or None, rules, row.note)
    if request.method == "POST" and forms.are_valid():
        wanted = PolicyRules.from_json(forms.wanted())
        draft_policy(actor=request.member, rules=wanted, note=forms.note, draft=row, at=now())
        return redirect("policy-edition", pk=pk)
    return render(request, "division/policy/edition.html", _told(row, rules, forms))


@require_POST
@for_members
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    publish_policy(actor=request.member, edition=found(pk), at=now())
    return redirect("policy-history")


@require_POST
@for_members
def returning(request: MemberRequest, pk: int) -> HttpResponse:
    """Put an earlier edition in force again."""
    row = found(pk)
    note = _("Back to edition %(number)s") % {"number": row.number}
    return_to_policy(actor=request.member, edition=row, note=note, at=now())
    return redirect("policy-history")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    drop_draft(actor=request.member, draft=found(pk), at=now())
    return redirect("policy")


@require_safe
@for_members
def history(request: MemberRequest) -> HttpResponse:
    """Every edition that was in force, the newest first, with what it changed."""
    require(request.member, "board.read")
    rows = [one for one in dispatch.policy_editions() if one.published_at is not None]
    rows.sort(key=lambda one: (one.published_at, one.number), reverse=True)
    before = [*(whole(one) for one in rows[1:]), PolicyRules().to_json()]
    told = [(one, differences(old, whole(one))) for one, old in zip(rows, before, strict=False)]
    return render(request, "division/policy/history.html", {"editions": told})


class _Forms:
    """The parts of the editor."""

    def __init__(self, data: Any, rules: dict[str, Any], note: str) -> None:
        self.dials = PolicyForm(data, rules=rules, note=note)
        self.groups = group_forms(data, rules)
        self.limits = LimitsForm(data, rules)

    def are_valid(self) -> bool:
        return all([form.is_valid() for form in (self.dials, self.limits, *self.groups)])

    @property
    def note(self) -> str:
        return str(self.dials.cleaned_data["note"])

    def wanted(self) -> dict[str, Any]:
        """The rules as all parts together say them."""
        groups = [one for group in self.groups if (one := group.wanted())]
        return self.dials.wanted() | {"groups": groups, "limits": self.limits.wanted()}


def _told(row: Any, rules: dict[str, Any], forms: _Forms) -> dict[str, Any]:
    return {
        "edition": row,
        "form": forms.dials,
        "groups": forms.groups,
        "limits": forms.limits,
        "changes": differences(in_force(), rules),
        "what_if": WhatIfForm(),
        "sections": _read(rules),
    }


def found(pk: int) -> Any:
    """The edition, or Missing."""
    row = dispatch.policy_edition(pk)
    if row is None:
        raise Missing(_("This policy does not exist."))
    return row


def in_force() -> dict[str, Any]:
    """The rules in force, whole."""
    row = dispatch.current_policy()
    return whole(row) if row else PolicyRules().to_json()


def whole(row: Any) -> dict[str, Any]:
    """An edition's rules with what it leaves out as it comes."""
    return PolicyRules.from_json(row.rules).to_json()


def _read(rules: dict[str, Any]) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """The rules for reading."""
    return [
        (section, [(dial.label, shown(dial.path, value_at(rules, dial.path))) for dial in section.dials])
        for section in SECTIONS
    ]
