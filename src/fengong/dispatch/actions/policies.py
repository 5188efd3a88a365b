"""Verbs on the policy of dispatch: drafted, tried, published, and returned to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.dispatch.events import PolicyDrafted, PolicyPublished
from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.rules.bridge import check_rules
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require

TO_PUBLISH = "desk.curate"


def draft_policy(
    *,
    actor: Actor,
    rules: PolicyRules,
    at: datetime,
    note: str = "",
    draft: PolicyEdition | None = None,
) -> PolicyEdition:
    """Write rules down without putting them in force, in a new draft or in one that is not published yet."""
    require(actor, TO_PUBLISH)
    check_rules(rules)
    with transaction.atomic():
        row = _locked_draft(draft) if draft else PolicyEdition(number=_next_number(), created_at=at)
        row.rules, row.note, row.author_id = rules.to_json(), note.strip(), _member_id(actor)
        row.save()
        record(PolicyDrafted(policy=row.pk, number=row.number), actor=actor, at=at)
    return row


def drop_draft(*, actor: Actor, draft: PolicyEdition, at: datetime) -> None:
    """Throw a draft away; Conflict once it is published."""
    require(actor, TO_PUBLISH)
    with transaction.atomic():
        _locked_draft(draft).delete()


def publish_policy(*, actor: Actor, edition: PolicyEdition, at: datetime) -> PolicyEdition:
    """Put a draft in force; the next round of matching follows it."""
    require(actor, TO_PUBLISH)
    with transaction.atomic():
        row = _locked_draft(edition)
        check_rules(PolicyRules.from_json(row.rules))
        return _published(row, actor, at)


def return_to_policy(*, actor: Actor, edition: PolicyEdition, at: datetime, note: str = "") -> PolicyEdition:
    """Put the rules of an earlier edition in force again, as a new edition."""
    require(actor, TO_PUBLISH)
    if edition.published_at is None:
        raise Conflict(_("This policy was never in force; publish it instead."))
    check_rules(PolicyRules.from_json(edition.rules))
    with transaction.atomic():
        row = PolicyEdition(
            number=_next_number(),
            created_at=at,
            rules=edition.rules,
            note=note.strip(),
            author_id=_member_id(actor),
            returns_to=edition,
        )
        return _published(row, actor, at)


def _published(row: PolicyEdition, actor: Actor, at: datetime) -> PolicyEdition:
    row.published_at, row.published_by_id = at, _member_id(actor)
    row.save()
    returns_to = row.returns_to.number if row.returns_to else None
    fact = PolicyPublished(policy=row.pk, number=row.number, returns_to=returns_to)
    record(fact, actor=actor, at=at)
    return row


def _locked_draft(draft: PolicyEdition) -> PolicyEdition:
    row = PolicyEdition.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise Missing(_("This policy does not exist."))
    if row.published_at is not None:
        raise Conflict(_("A published policy does not change; make a new draft."))
    return row


def _next_number() -> int:
    """The next free number. Whoever counts at the same time waits for the newest row, or is told to try again."""
    newest = PolicyEdition.objects.select_for_update().order_by("-number").first()
    return (newest.number if newest else 0) + 1


def _member_id(actor: Actor) -> int | None:
    return actor.pk if isinstance(actor, Member) else None
