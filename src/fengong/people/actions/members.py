"""Verbs on members and their skills."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.events import MemberJoined, SkillDropped, SkillSet
from fengong.people.models import Account, Member, Position, Skill, Team, Topic
from fengong.people.policies import require


def add_member(
    *,
    actor: Actor,
    team: Team,
    position: Position,
    display_name: str,
    at: datetime,
    sort_key: str = "",
    account: Account | None = None,
) -> Member:
    """Bring a person onto a team, in a position."""
    require(actor, "people.manage")
    if not display_name.strip():
        raise Invalid(_("A member needs a name."), field="display_name")
    with transaction.atomic():
        member = Member.objects.create(
            account=account,
            team=team,
            position=position,
            display_name=display_name.strip(),
            sort_key=sort_key or display_name.casefold(),
        )
        record(MemberJoined(member=member.pk, team=team.pk, position=position.pk), actor=actor, at=at)
    return member


def set_skill(
    *, actor: Actor, member: Member, topic: Topic, proficiency: int, source: str, at: datetime
) -> Skill:
    """State how proficient a member is in a topic, 1 to 5."""
    require(actor, "skill.set")
    if not 1 <= proficiency <= 5:
        raise Invalid(_("Proficiency goes from 1 to 5."), field="proficiency")
    with transaction.atomic():
        skill, _created = Skill.objects.update_or_create(
            member=member, topic=topic, defaults={"proficiency": proficiency, "source": source}
        )
        fact = SkillSet(member=member.pk, topic=topic.pk, proficiency=proficiency, source=source)
        record(fact, actor=actor, at=at)
    return skill


def drop_skill(*, actor: Actor, member: Member, topic: Topic, at: datetime) -> None:
    """Say that a member is not skilled in a topic; saying it again changes nothing."""
    require(actor, "skill.set")
    with transaction.atomic():
        gone, _rows = Skill.objects.filter(member=member, topic=topic).delete()
        if gone:
            record(SkillDropped(member=member.pk, topic=topic.pk), actor=actor, at=at)
