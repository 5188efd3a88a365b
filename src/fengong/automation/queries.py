"""Named reads of macros and rules, and of what rules have done."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from fengong.automation.models import LadderRun, Macro, Rule, RuleRun
from fengong.people.models import Member


def macros_for(member: Member, text: str = "") -> QuerySet[Macro]:
    """The macros a member may use, the most used first; those whose name or text contains the words."""
    shared = Q(team__isnull=True, member__isnull=True)
    found = Macro.objects.filter(shared | Q(team_id=member.team_id) | Q(member=member))
    found = found.select_related("team", "member")
    for word in text.split():
        known = Q(name_zh__icontains=word) | Q(name_en__icontains=word)
        found = found.filter(known | Q(body_zh__icontains=word) | Q(body_en__icontains=word))
    return found.order_by("-uses", "position", "id")


def macros_kept_by(member: Member) -> QuerySet[Macro]:
    """The macros a member may change, in their order: their own, and for who curates all that are shared."""
    kept = Q(member=member)
    if member.may("desk.curate"):
        kept |= Q(member__isnull=True)
    return Macro.objects.filter(kept).select_related("team", "member").order_by("position", "id")


def macro(pk: int) -> Macro | None:
    """One macro."""
    return Macro.objects.select_related("team", "member").filter(pk=pk).first()


def rules() -> QuerySet[Rule]:
    """The rules that were not removed, in the order they are asked."""
    return Rule.objects.filter(removed_at__isnull=True).order_by("position", "id")


def rule(pk: int) -> Rule | None:
    """One rule that was not removed."""
    return rules().filter(pk=pk).first()


def runs(*, rule: int | None = None, ticket: int | None = None, state: str = "") -> QuerySet[RuleRun]:
    """What rules have done, removed ones too; to be read newest first by `-id`."""
    wanted = {"rule_id": rule, "ticket_id": ticket, "state": state or None}
    found = RuleRun.objects.select_related("rule", "ticket")
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def ladder_runs(ticket: int) -> QuerySet[LadderRun]:
    """What ladders did on a ticket, newest first."""
    return LadderRun.objects.filter(ticket_id=ticket).order_by("-at", "-id")
