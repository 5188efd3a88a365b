"""Named reads of signatures."""

from __future__ import annotations

from django.db.models import Q

from fengong.desk.models import Signature
from fengong.people.models import Member, Team


def signature_for(member: Member, language: str) -> str:
    """What stands under a member's answer in a language: their own, else their team's, else what they have at all."""
    found = list(Signature.objects.filter(Q(member=member) | Q(team=member.team_id)))
    found.sort(key=lambda one: (one.language != language, one.member_id is None))
    return found[0].body if found else ""


def signatures_of_member(member: Member) -> dict[str, str]:
    """A member's own, by language."""
    return dict(Signature.objects.filter(member=member).values_list("language", "body"))


def signatures_of_teams() -> dict[tuple[int, str], str]:
    """Those of all teams, by team and language."""
    found = Signature.objects.filter(team__isnull=False).values_list("team_id", "language", "body")
    return {(team, language): body for team, language, body in found if team is not None}


def signatures_of_team(team: Team) -> dict[str, str]:
    """A team's, by language."""
    return dict(Signature.objects.filter(team=team).values_list("language", "body"))
