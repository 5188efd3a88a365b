"""Named reads of people's records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet

from fengong.people.models import AccessToken, Account, Member, Position, Skill, Team, Topic


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
