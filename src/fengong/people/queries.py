"""Named reads of people's records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from fengong.people.models import (
    AccessToken,
    Account,
    Duty,
    DutyAcknowledgement,
    DutyList,
    Member,
    Position,
    Skill,
    SkillEvidence,
    SkillRamp,
    SkillStretch,
    Team,
    Topic,
)


def member_of(account: Account) -> Member | None:
    """The active member who signs in with this account; no statement where the account brought them along."""
    if Account.member.is_cached(account):
        member: Member | None = getattr(account, "member", None)
        return member if member is not None and member.active else None
    return Member.objects.select_related("team", "position").filter(account=account, active=True).first()


def members(*, with_skills: bool = False) -> QuerySet[Member]:
    """Active members with team and position."""
    found = Member.objects.filter(active=True).select_related("team", "position")
    if with_skills:
        found = found.prefetch_related(Prefetch("skills", Skill.objects.select_related("topic")))
    return found


def everybody() -> QuerySet[Member]:
    """All who work here or did, those who do first."""
    found = Member.objects.select_related("team", "position", "account")
    return found.order_by("-active", "sort_key", "display_name")


def account(pk: int) -> Account | None:
    """One account."""
    return Account.objects.filter(pk=pk).select_related("member").first()


def team(pk: int) -> Team | None:
    """One team."""
    return Team.objects.filter(pk=pk).select_related("lead").first()


def member(pk: int) -> Member | None:
    """One active member."""
    return members().filter(pk=pk).first()


def members_seen_since(at: datetime) -> set[int]:
    """Members whose accounts a person has used since then."""
    return set(Member.objects.filter(account__last_seen__gte=at).values_list("pk", flat=True))


def teams() -> QuerySet[Team]:
    """All teams."""
    return Team.objects.order_by("slug")


def topics() -> QuerySet[Topic]:
    """All topics."""
    return Topic.objects.order_by("slug")


def topics_and_skilled() -> QuerySet[Any]:
    """All topics, with how many active members are skilled in each."""
    return topics().annotate(skilled=Count("skills", filter=Q(skills__member__active=True)))


def tiers() -> dict[int, int]:
    """Tier of every active member whose position has one, by member id."""
    found = Member.objects.filter(active=True, position__tier__isnull=False).order_by("pk")
    return {pk: tier for pk, tier in found.values_list("pk", "position__tier") if tier}


def positions() -> QuerySet[Position]:
    """All positions, by tier."""
    return Position.objects.order_by("tier", "slug")


def skills(member_ids: Iterable[int] | None = None) -> QuerySet[Skill]:
    """Skills of the members named, or of all active members."""
    found = Skill.objects.filter(member__active=True)
    return found if member_ids is None else found.filter(member_id__in=member_ids)


def account_by_email(email: str) -> Account | None:
    """The account with this address, whatever its case."""
    return Account.objects.filter(email__iexact=email).first()


def names(member_ids: Iterable[int]) -> dict[int, str]:
    """Display names, of those who left too."""
    return dict(Member.objects.filter(pk__in=member_ids).values_list("pk", "display_name"))


def token_by_secret(secret: str) -> AccessToken | None:
    """The token with this secret, whether it still holds or not, with its account and member; one statement."""
    known = AccessToken.objects.select_related("account__member__team", "account__member__position")
    return known.filter(digest=AccessToken.digest_of(secret)).first()


def tokens_of(account: Account) -> QuerySet[AccessToken]:
    """The tokens of an account that were not revoked, newest first."""
    found = AccessToken.objects.filter(account=account, revoked_at__isnull=True)
    return found.select_related("account__member").order_by("-id")


def topic(pk: int) -> Topic | None:
    """One topic."""
    return Topic.objects.filter(pk=pk).first()


def skills_of(member: Member) -> QuerySet[Skill]:
    """A member's skills with their topics."""
    return Skill.objects.filter(member=member).select_related("topic").order_by("topic__slug")


def most_known_topic(topic_ids: Iterable[int]) -> int | None:
    """Of these topics the one that most active members are skilled in."""
    counted = skills().filter(topic_id__in=list(topic_ids)).values("topic_id").annotate(members=Count("id"))
    found = counted.order_by("-members", "topic_id").first()
    return found["topic_id"] if found else None


def position(pk: int) -> Position | None:
    """One position."""
    return Position.objects.filter(pk=pk).first()


COMPARED = (
    "task_zh", "task_en", "raci", "topics", "difficulties", "channels", "hours", "calendar", "kpis", "hands_to"
)  # fmt: skip
"""What a duty says, apart from its place in the list."""


def duty_editions(position: Position) -> QuerySet[DutyList]:
    """All editions of a position's duties, the newest first."""
    found = DutyList.objects.filter(position=position, number__isnull=False)
    return found.order_by("-number").prefetch_related("duties")


def duty_draft(position: Position) -> DutyList | None:
    """What is being written for a position."""
    found = DutyList.objects.filter(position=position, number__isnull=True)
    return found.prefetch_related("duties").first()


def duty_edition(pk: int) -> DutyList | None:
    """One edition; drafts are not editions."""
    found = DutyList.objects.filter(pk=pk, number__isnull=False)
    return found.select_related("position").prefetch_related("duties").first()


def duties_in_force(position: Position, at: datetime) -> DutyList | None:
    """The edition that was, is or will be in force then, as far as is known now."""
    begun = duty_editions(position).filter(in_force_from__lte=at)
    return begun.order_by("-in_force_from", "-number").first()


def all_duties_in_force(at: datetime) -> list[DutyList]:
    """The edition in force of every position that has one, by tier."""
    begun = DutyList.objects.filter(number__isnull=False, in_force_from__lte=at)
    latest = {
        position: pk
        for position, pk in begun.order_by("in_force_from", "number").values_list("position_id", "pk")
    }
    found = DutyList.objects.filter(pk__in=latest.values()).select_related("position")
    return list(found.order_by("position__tier", "position__slug").prefetch_related("duties"))


@dataclass(frozen=True, slots=True)
class Readers:
    """Who among those who hold the position has acknowledged an edition, and who has not."""

    acknowledged: list[DutyAcknowledgement]
    missing: list[Member]


def readers(edition: DutyList) -> Readers:
    """Who has read an edition, the earliest first. Those who left the position since stay among them."""
    told = DutyAcknowledgement.objects.filter(duty_list=edition).select_related("member").order_by("at", "id")
    known = [row.member_id for row in told]
    missing = Member.objects.filter(active=True, position_id=edition.position_id).exclude(pk__in=known)
    return Readers(list(told), list(missing))


def to_acknowledge(member: Member, at: datetime) -> list[DutyList]:
    """Editions a member has still to read: the one in force, and those that come."""
    edition = duties_in_force(member.position, at)
    coming = duty_editions(member.position).filter(in_force_from__gt=at).order_by("in_force_from", "number")
    asked = [*([edition] if edition else []), *coming]
    read = set(
        DutyAcknowledgement.objects.filter(member=member, duty_list__in=asked).values_list(
            "duty_list_id", flat=True
        )
    )
    return [one for one in asked if one.pk not in read]


@dataclass(frozen=True, slots=True)
class DutyChange:
    """One duty that an edition says otherwise; `fields` holds what was said before and what is said now."""

    task: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class DutyChanges:
    """What makes one list of duties differ from another."""

    added: list[Duty]
    removed: list[Duty]
    changed: list[DutyChange]


def duty_changes(before: DutyList | None, after: DutyList) -> DutyChanges:
    """Compare two lists by task; the order of lines is no difference. Without one before, everything is new."""
    old = {duty.task: duty for duty in before.duties.all()} if before else {}
    new = {duty.task: duty for duty in after.duties.all()}
    compared = [DutyChange(task, _told_otherwise(old[task], new[task])) for task in new if task in old]
    return DutyChanges(
        added=[duty for task, duty in new.items() if task not in old],
        removed=[duty for task, duty in old.items() if task not in new],
        changed=[change for change in compared if change.fields],
    )


def _told_otherwise(old: Duty, new: Duty) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class RaciRow:
    """One task: the letters of each position by its id, and what is wrong with them."""

    task: str
    label: str
    letters: dict[int, str]
    faults: list[str]


def raci(at: datetime) -> tuple[list[Position], list[RaciRow]]:
    """Task by position as in force then. Faults: `no_accountable`, `two_accountables`, `no_responsible`."""
    lists = all_duties_in_force(at)
    rows: dict[str, tuple[str, dict[int, str]]] = {}
    for edition in lists:
        for duty in edition.duties.all():
            rows.setdefault(duty.task, (duty.label, {}))[1][edition.position_id] = duty.raci
    told = [RaciRow(task, label, letters, _faults(letters)) for task, (label, letters) in rows.items()]
    return [edition.position for edition in lists], told


def _faults(letters: dict[int, str]) -> list[str]:
    accountable = sum("A" in said for said in letters.values())
    responsible = any("R" in said for said in letters.values())
    faults = {0: ["no_accountable"], 1: []}.get(accountable, ["two_accountables"])
    return faults if responsible else [*faults, "no_responsible"]


def skill_evidence(member_ids: Iterable[int]) -> QuerySet[SkillEvidence]:
    """What every source says of these members."""
    return SkillEvidence.objects.filter(member_id__in=list(member_ids)).order_by("pk")


def skill_ramps(member_ids: Iterable[int]) -> QuerySet[SkillRamp]:
    """Ramps that stand."""
    return SkillRamp.objects.filter(member_id__in=list(member_ids)).select_related("mentor")


def skill_stretches(member_ids: Iterable[int]) -> QuerySet[SkillStretch]:
    """Stretch work that these members are given."""
    return SkillStretch.objects.filter(member_id__in=list(member_ids)).select_related("mentor")
