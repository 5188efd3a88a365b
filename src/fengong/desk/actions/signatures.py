"""Verbs on signatures."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.events import SignatureSet
from fengong.desk.models import Signature
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member, Team
from fengong.people.policies import is_self, require

LONGEST = 2000


def set_signature(
    *,
    actor: Actor,
    language: str,
    body: str,
    at: datetime,
    member: Member | None = None,
    team: Team | None = None,
) -> Signature | None:
    """Say what stands under answers in a language: a member their own, a lead that of a team. Blank takes it away."""
    if (member is None) == (team is None):
        raise Invalid(_("A signature belongs to a member or to a team."))
    if member is None or not is_self(actor, member):
        require(actor, "desk.curate")
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Answers are written in Chinese or English."), field="language")
    if len(body) > LONGEST:
        raise Invalid(_("A signature has at most %(most)s characters.") % {"most": LONGEST}, field="body")
    with transaction.atomic():
        signature = _written(member, team, language, body.strip())
        fact = SignatureSet(
            member=member.pk if member else None, team=team.pk if team else None, language=language
        )
        record(fact, actor=actor, at=at)
    return signature


def _written(member: Member | None, team: Team | None, language: str, body: str) -> Signature | None:
    if not body:
        Signature.objects.filter(member=member, team=team, language=language).delete()
        return None
    return Signature.objects.update_or_create(
        member=member, team=team, language=language, defaults={"body": body}
    )[0]
