"""Named reads of mentions, and of those who can be mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from fengong.desk.models import Mention, Ticket
from fengong.kernel.marks import Surroundings
from fengong.people import queries as people
from fengong.people.models import Member, Team


@dataclass(frozen=True)
class Nameable:
    """Somebody, or a team, that `@` may stand before; `also` are other words under which it is found."""

    name: str
    hint: str
    also: str
    is_team: bool


def nameable() -> list[Nameable]:
    """Teams, then members, as an `@` offers them."""
    teams = [
        Nameable(team.label, "", f"{team.name_zh} {team.name_en} {team.slug}", is_team=True)
        for team in people.teams()
    ]
    members = [
        Nameable(member.display_name, member.team.label, member.sort_key, is_team=False)
        for member in people.members()
    ]
    return teams + members


def names() -> tuple[str, ...]:
    """Every name that is marked in a note; sorted, so that the same desk gives the same tuple."""
    members, teams = _by_name()
    return tuple(sorted({*members, *teams}))


def names_on(ticket: Ticket) -> tuple[str, ...]:
    """The names that notes on a ticket mention."""
    rows = Mention.objects.filter(ticket=ticket).values_list(
        "member__display_name", "team__name_zh", "team__name_en"
    )
    return tuple(sorted({name for row in rows for name in row if name}))


def named_in(text: str) -> Iterator[tuple[Member, Team | None]]:
    """The members that a text names; those named by their team come with it, and before those named themselves."""
    if "@" not in text:
        return
    members, teams = _by_name()
    pattern = Surroundings(tuple({*members, *teams})).pattern()
    found = {match["name"].removeprefix("@") for match in pattern.finditer(text)}
    for name in found & teams.keys():
        for member in (one for same in members.values() for one in same):
            if member.team_id == teams[name].pk:
                yield member, teams[name]
    for name in found & members.keys():
        for member in members[name]:
            yield member, None


def mentions_of(member: Member, *, unseen: bool = False) -> QuerySet[Mention]:
    """Where a member was named, the newest first."""
    found = Mention.objects.filter(member=member).select_related("message__member", "ticket", "team")
    return (found.filter(seen_at__isnull=True) if unseen else found).order_by("-at", "-id")


def _by_name() -> tuple[dict[str, list[Member]], dict[str, Team]]:
    members: dict[str, list[Member]] = {}
    for member in people.members():
        members.setdefault(member.display_name, []).append(member)
    teams = {name: team for team in people.teams() for name in (team.name_zh, team.name_en) if name}
    return members, teams
