"""Verbs on lanes: what goes first, found by a rule of the desk that administrators may change like any other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.automation.actions.rules import RuleDraft, define_rule, switch_rule
from fengong.automation.models import Rule
from fengong.emergency.models import Lane
from fengong.emergency.policies import require_commanding
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.policies import require

DRAFTS = {
    Lane.Kind.COMPLAINT: RuleDraft(
        name_zh="投诉通道",
        name_en="Complaint lane",
        events=["opened", "customer_wrote"],
        condition='-tag:投诉 (投诉 或 举报 或 维权 或 曝光 或 complaint 或 "consumer protection")',
        deeds=[
            {"deed": "add_tags", "tags": "投诉"},
            {"deed": "set_priority", "priority": 4},
            {"deed": "notify", "who": "lead", "text": "有客户投诉，请跟进 · A customer complains"},
        ],
    ),
    Lane.Kind.VIP: RuleDraft(
        name_zh="重点客户通道",
        name_en="Key account lane",
        events=["opened"],
        condition="grade:key -tag:VIP",
        deeds=[{"deed": "add_tags", "tags": "VIP"}, {"deed": "set_priority", "priority": 3}],
    ),
}


def open_lane(*, actor: Actor, kind: str, at: datetime) -> Lane:
    """Let matters of a kind go first from now on; the rule for it is made the first time."""
    require_commanding(actor)
    require(actor, "desk.configure")
    if kind not in DRAFTS:
        raise Invalid(_("There is no such lane."), field="kind")
    with transaction.atomic():
        lane = Lane.objects.select_for_update(of=("self",)).select_related("rule").filter(kind=kind).first()
        if lane is None or lane.rule.removed_at is not None:
            rule = define_rule(actor=actor, draft=DRAFTS[Lane.Kind(kind)], at=at)
            given = {"rule": rule, "opened_at": at}
            lane, _made = Lane.objects.update_or_create(kind=kind, defaults=given)
        switch_rule(actor=actor, rule=lane.rule, active=True, at=at)
    return lane


def close_lane(*, actor: Actor, kind: str, at: datetime) -> None:
    """Let them queue like others again; what is urgent already stays so."""
    require_commanding(actor)
    require(actor, "desk.configure")
    for rule in Rule.objects.filter(
        pk__in=Lane.objects.filter(kind=kind).values("rule"), removed_at__isnull=True
    ):
        switch_rule(actor=actor, rule=rule, active=False, at=at)
