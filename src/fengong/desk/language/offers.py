"""Values to offer for a word, from fixed lists and from what the desk has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q

from fengong.customers.models import Contact, Organization
from fengong.desk.language import choices
from fengong.desk.language.choices import Choices
from fengong.desk.models import Tag, TicketType
from fengong.people.models import Member, Team, Topic

Offer = tuple[str, str]
LOOKED_AT = 12
FIXED: dict[str, Choices] = {
    "status": choices.STATUS,
    "is": choices.IS,
    "tier": choices.TIER,
    "difficulty": choices.DIFFICULTY,
    "priority": choices.PRIORITY,
    "channel": choices.CHANNEL,
    "language": choices.LANGUAGE,
    "reason": choices.REASON,
    "grade": choices.GRADE,
    "breached": choices.BREACHED,
    "snoozed": choices.YES_NO,
    "has": choices.HAS,
}
AGES = ("1h", "1d", "7d", "30d", "today", "yesterday", "week", "month")
TIMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("opened", "updated", "assigned", "resolved", "waiting"), AGES),
    "due": ("30m", "2h", "1d", "today", "tomorrow"),
}


def values_of(word: str, beginning: str, member: Member | None) -> list[Offer]:
    """Values that begin so, as (what to insert, what to show)."""
    start = beginning.strip().lower()
    if word in FIXED:
        return _fixed(FIXED[word], start)
    if word in TIMES:
        return [(age, age) for age in TIMES[word] if age.startswith(start)]
    named = NAMED.get(word)
    return named(start) if named else []


def _fixed(known: Choices, start: str) -> list[Offer]:
    found = []
    for choice, others in known.items():
        chinese = next((other for other in others if not other.isascii()), "")
        if any(typed.startswith(start) for typed in (choice, *others)):
            found.append((choice, f"{choice} {chinese}".strip()))
    return found


def _members(start: str) -> list[Offer]:
    people = _fixed(choices.ANYBODY, start)
    found = Member.objects.filter(active=True, display_name__istartswith=start)
    return people + [(name, name) for name in found.values_list("display_name", flat=True)[:LOOKED_AT]]


def _teams(start: str) -> list[Offer]:
    return _bilingual(Team.objects.order_by("slug"), start)


def _topics(start: str) -> list[Offer]:
    return _bilingual(Topic.objects.order_by("slug"), start)


def _types(start: str) -> list[Offer]:
    return _bilingual(TicketType.objects.filter(active=True), start)


def _tags(start: str) -> list[Offer]:
    found = Tag.objects.filter(key__startswith=start).order_by("key")
    return [(name, name) for name in found.values_list("name", flat=True)[:LOOKED_AT]]


def _bilingual(known: Iterable[Team | Topic | TicketType], start: str) -> list[Offer]:
    return [
        (each.slug, f"{each.slug} {each.label}")
        for each in known
        if any(name.lower().startswith(start) for name in (each.slug, each.name_zh, each.name_en))
    ]


def _contacts(start: str) -> list[Offer]:
    if not start:
        return []
    found = Contact.objects.filter(Q(display_name__istartswith=start) | Q(email__istartswith=start))
    return [(name, name) for name in found.values_list("display_name", flat=True)[:LOOKED_AT]]


def _organizations(start: str) -> list[Offer]:
    if not start:
        return []
    found = Organization.objects.filter(name__istartswith=start)
    return [(name, name) for name in found.values_list("name", flat=True)[:LOOKED_AT]]


NAMED: dict[str, Callable[[str], list[Offer]]] = {
    "owner": _members,
    "team": _teams,
    "topic": _topics,
    "customer": _contacts,
    "org": _organizations,
    "tag": _tags,
    "type": _types,
    "watching": _members,
}
