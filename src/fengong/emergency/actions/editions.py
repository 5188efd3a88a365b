"""Measures that are rules of dispatch: an edition of the policy while they stand, and the one before afterwards.

All standing measures of all surges together make one edition, from the rules that people have published. What a person
publishes meanwhile is the new ground; the measures are put on top of it again.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.models import PolicyEdition
from fengong.dispatch.policy_rules import PolicyRules
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.models import Measure
from fengong.emergency.reading.easing import CHANGES, eased

MARK = "⚠"
"""How the note of an edition begins that was made because of a surge."""


def put_in_force(measure: Measure, at: datetime) -> None:
    """Let dispatch follow the measures that stand now."""
    settle(at)


def settle(at: datetime) -> PolicyEdition | None:
    """Publish what is to be in force by the measures that stand, unless it is in force already."""
    current = PolicyEdition.objects.filter(published_at__isnull=False).first()
    standing = Measure.objects.filter(kind__in=CHANGES, withdrawn_at__isnull=True).order_by("id")
    kinds = sorted(set(standing.values_list("kind", flat=True)))
    ours = current is not None and _is_ours(current)
    if not kinds and not ours:
        return None
    ground = _ground()
    wanted = eased(ground, kinds)
    in_force = PolicyRules.from_json(current.rules) if current else PolicyRules()
    if wanted == in_force:
        return None
    draft = draft_policy(actor=EMERGENCY, rules=wanted, note=_note(kinds), at=at)
    return publish_policy(actor=EMERGENCY, edition=draft, at=at)


def _ground() -> PolicyRules:
    """The rules that people put in force last."""
    editions = PolicyEdition.objects.filter(published_at__isnull=False).order_by("-published_at", "-number")
    for edition in editions.iterator():
        if not _is_ours(edition):
            return PolicyRules.from_json(edition.rules)
    return PolicyRules()


def _is_ours(edition: PolicyEdition) -> bool:
    return edition.published_by_id is None and edition.note.startswith(MARK)


def _note(kinds: list[str]) -> str:
    """In Chinese and English, for the history is everybody's."""
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            names = " · ".join(str(Measure.Kind(kind).label) for kind in kinds)
            said.append(_("Surge: %(measures)s") % {"measures": names} if kinds else _("The surge is over"))
    return f"{MARK} {' / '.join(said)}"
