"""Bringing people in: customers become contacts; who served there is matched to a member by address, never added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fengong.customers.actions.importing import KnownPerson, bring_in_contacts
from fengong.customers.models import Contact
from fengong.integrations.imports.actions.judging import Known
from fengong.integrations.imports.actions.stretch import Stretch
from fengong.integrations.imports.models import Brought
from fengong.integrations.imports.readers.gather import Export
from fengong.integrations.imports.records import Matter, Person
from fengong.people.models import Member, Topic

PERSON = Brought.Kind.PERSON


def bring_people(stretch: Stretch, people: Sequence[Person]) -> Counter[str]:
    """Write down the customers that were not brought in before."""
    customers = [person for person in people if not person.is_member]
    standing = stretch.brought(PERSON, (person.external_id for person in customers))
    fresh = [person for person in customers if person.external_id not in standing]
    if fresh and not stretch.run.dry:
        _add(stretch, fresh)
    return Counter(people=len(fresh))


def known_to(stretch: Stretch, matters: Sequence[Matter]) -> Known:
    """Who and what these matters refer to, as it stands here."""
    export = stretch.export
    asked = {turn.author for matter in matters for turn in export.turns(matter)} - {""}
    asked |= {matter.customer for matter in matters} - {""}
    people = [export.people.get(ident, Person(ident, name=f"#{ident}")) for ident in sorted(asked)]
    customers = [person for person in people if not person.is_member]
    rows = stretch.brought(PERSON, (person.external_id for person in customers))
    by_pk = Contact.objects.in_bulk([row.ref for row in rows.values()])
    contacts = {ident: by_pk[row.ref] for ident, row in rows.items() if row.ref in by_pk}
    writers = {matter.customer for matter in matters}
    missing = [p for p in customers if p.external_id not in contacts and p.external_id in writers]
    return Known(contacts | _stubs(stretch, missing), members_of(export), _topics())


def members_of(export: Export) -> dict[str, Member]:
    """Agents of the other desk who are members here, by their id there."""
    served = {person.email.casefold(): ident for ident, person in export.people.items() if person.email}
    members = Member.objects.filter(account__isnull=False, active=True).select_related("account", "position")
    return {
        served[member.account.email.casefold()]: member
        for member in members
        if member.account and member.account.email.casefold() in served
    }


def _add(stretch: Stretch, people: Sequence[Person]) -> list[Contact]:
    known = [_as_known(person, stretch.export) for person in people]
    contacts = bring_in_contacts(actor=stretch.actor, people=known, at=stretch.at)
    Brought.objects.bulk_create(
        stretch.mark(PERSON, person.external_id, contact.pk)
        for person, contact in zip(people, contacts, strict=True)
    )
    return contacts


def _as_known(person: Person, export: Export) -> KnownPerson:
    company = export.companies.get(person.company)
    own_words = "" if person.company.isdecimal() else person.company
    return KnownPerson(
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        organization=company.name if company else own_words,
    )


def _stubs(stretch: Stretch, people: Sequence[Person]) -> dict[str, Contact]:
    """Customers whom the file names by an id alone, or that a dry run has not written down."""
    ids = [person.external_id for person in people]
    if stretch.run.dry:
        return {person.external_id: Contact(display_name=person.name) for person in people}
    return dict(zip(ids, _add(stretch, people), strict=True)) if people else {}


def _topics() -> dict[str, Topic]:
    named: dict[str, Topic] = {}
    for topic in Topic.objects.all():
        names: Iterable[str] = (topic.slug, topic.name_zh, topic.name_en)
        named |= {name.casefold(): topic for name in names if name}
    return named
