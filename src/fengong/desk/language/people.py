"""Words whose values are names: members, teams, topics, customers, organisations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fengong.customers.models import Contact, Organization
from fengong.desk.language.choices import ANYBODY
from fengong.desk.language.compare import any_of, equal_only
from fengong.desk.language.errors import not_one_of, wrong
from fengong.desk.language.tree import Term, Value
from fengong.desk.models import TicketType, Watcher
from fengong.people.models import Member, Team, Topic

NONE = (*ANYBODY["none"], "none")
ANY = (*ANYBODY["any"], "any")
ME = (*ANYBODY["me"], "me")


def owner(term: Term, member: Member | None) -> Q:
    """Who owns it."""
    equal_only(term)
    return any_of([_owner(value, member) for value in term.values])


def team(term: Term, member: Member | None) -> Q:
    """The team of who owns it; `mine` is the reader's own."""
    equal_only(term)
    return any_of([_team(value, member) for value in term.values])


def topic(term: Term) -> Q:
    """What it is about."""
    equal_only(term)
    return any_of([_topic(value) for value in term.values])


def customer(term: Term) -> Q:
    """Who wrote in, by a part of their name or their whole address."""
    equal_only(term)
    return any_of([_customer(value.text.strip()) for value in term.values])


def organization(term: Term) -> Q:
    """Their company, by a part of its name."""
    equal_only(term)
    found = [Organization.objects.filter(name__icontains=value.text.strip()) for value in term.values]
    return any_of([Q(customer__organization__in=each) for each in found])


def owned_by_reader(member: Member | None, place: int = 0) -> Q:
    """What the reader owns."""
    return Q(owner_id=_reader(member, place).pk)


def watching(term: Term, member: Member | None) -> Q:
    """Who wants to hear of it."""
    equal_only(term)
    return any_of([_watching(value, member) for value in term.values])


def _watching(value: Value, member: Member | None) -> Q:
    typed = value.text.strip().lower()
    watched = Watcher.objects.filter(ticket=OuterRef("pk"))
    if typed in NONE or typed in ANY:
        found = Q(Exists(watched))
        return ~found if typed in NONE else found
    wanted = [_reader(member, value.place).pk] if typed in ME else _members(value)
    return Q(Exists(watched.filter(member_id__in=wanted)))


def _reader(member: Member | None, place: int) -> Member:
    if member is None:
        raise wrong(place, _("“me” means nobody here; name the member."))
    return member


def _owner(value: Value, member: Member | None) -> Q:
    typed = value.text.strip().lower()
    if typed in NONE or typed in ANY:
        return Q(owner__isnull=typed in NONE)
    if typed in ME:
        return owned_by_reader(member, value.place)
    return Q(owner_id__in=_members(value))


def _members(value: Value) -> list[int]:
    typed = value.text.strip()
    exact = Q(display_name__iexact=typed) | Q(account__email__iexact=typed)
    begins = Q(display_name__istartswith=typed)
    for wanted in (exact, begins):
        if found := list(Member.objects.filter(wanted).values_list("pk", flat=True)[:50]):
            return found
    raise wrong(value.place, _("There is no member “%(name)s”.") % {"name": typed})


def _team(value: Value, member: Member | None) -> Q:
    typed = value.text.strip().lower()
    if typed in ("mine", *ME, "我的", "本组"):
        return Q(owner__team_id=_reader(member, value.place).team_id)
    return Q(owner__team_id=one_of(value, Team.objects.order_by("slug")))


def _topic(value: Value) -> Q:
    if value.text.strip().lower() in NONE:
        return Q(topic__isnull=True)
    return Q(topic_id=one_of(value, Topic.objects.order_by("slug")))


def one_of(value: Value, known: Iterable[Team | Topic | TicketType]) -> int:
    """The id of what has this name in any language."""
    typed, standing = value.text.strip().lower(), list(known)
    for each in standing:
        if typed in (each.slug.lower(), each.name_zh.lower(), each.name_en.lower()):
            return each.pk
    raise not_one_of(value.place, value.text, (each.slug for each in standing))


def _customer(typed: str) -> Q:
    if "@" in typed:
        return Q(customer__in=Contact.objects.filter(email__iexact=typed))
    return Q(customer__in=Contact.objects.filter(display_name__icontains=typed))
