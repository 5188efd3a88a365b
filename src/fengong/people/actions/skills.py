"""Verbs on what members can do: what each source says, which of them counts, ramps of newcomers, stretch work.

The row of Skill is what work is given by. It follows from the source that counts, at most the difficulty of a ramp,
at least the level of stretch work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.events import (
    SkillDropped,
    SkillRampEnded,
    SkillRampSet,
    SkillSet,
    SkillStretched,
    SkillStretchEnded,
)
from fengong.people.models import Member, Skill, SkillEvidence, SkillRamp, SkillStretch, Topic
from fengong.people.policies import require

HARDEST = 3
PRECEDENCE = (Skill.Source.ASSESSED, Skill.Source.DECLARED, Skill.Source.LEARNED)


@dataclass(frozen=True, slots=True)
class Learned:
    """A level that outcomes tell of a member at a topic."""

    member: int
    topic: int
    level: float
    deviation: float
    seen: int


def set_skill(
    *, actor: Actor, member: Member, topic: Topic, proficiency: int, source: str, at: datetime
) -> Skill:
    """State how proficient a member is in a topic, 1 to 5; this source counts from now on."""
    require(actor, "skill.set")
    if not 1 <= proficiency <= 5:
        raise Invalid(_("Proficiency goes from 1 to 5."), field="proficiency")
    with transaction.atomic():
        _say(member.pk, topic.pk, source, Learned(member.pk, topic.pk, proficiency, 0.0, 0), at)
        skill, _created = Skill.objects.update_or_create(
            member=member,
            topic=topic,
            defaults={"proficiency": _counting(member.pk, topic.pk, proficiency, at), "source": source},
        )
        fact = SkillSet(member=member.pk, topic=topic.pk, proficiency=skill.proficiency, source=source)
        record(fact, actor=actor, at=at)
    return skill


def drop_skill(*, actor: Actor, member: Member, topic: Topic, at: datetime) -> None:
    """Say that a member is not skilled in a topic; saying it again changes nothing. What was learned stays known."""
    require(actor, "skill.set")
    with transaction.atomic():
        stated = SkillEvidence.objects.filter(member=member, topic=topic).exclude(source=Skill.Source.LEARNED)
        stated.delete()
        SkillStretch.objects.filter(member=member, topic=topic).delete()
        gone, _rows = Skill.objects.filter(member=member, topic=topic).delete()
        if gone:
            record(SkillDropped(member=member.pk, topic=topic.pk), actor=actor, at=at)


def learn_skills(*, actor: Actor, learned: Sequence[Learned], at: datetime) -> int:
    """Write down what outcomes tell. It changes what work is given only once somebody lets it count."""
    require(actor, "skill.set")
    rows = [
        SkillEvidence(
            member_id=one.member,
            topic_id=one.topic,
            source=Skill.Source.LEARNED,
            level=min(max(one.level, 1.0), 5.0),
            deviation=one.deviation,
            seen=one.seen,
            at=at,
        )
        for one in learned
    ]
    SkillEvidence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["member", "topic", "source"],
        update_fields=["level", "deviation", "seen", "at"],
    )
    return len(rows)


def count_source(*, actor: Actor, member: Member, topic: Topic, source: str, at: datetime) -> Skill:
    """Let another of the sources count, such as what was learned."""
    require(actor, "skill.set")
    with transaction.atomic():
        said = SkillEvidence.objects.filter(member=member, topic=topic, source=source).first()
        if said is None:
            raise Missing(_("This source says nothing of this skill."))
        skill, _created = Skill.objects.update_or_create(
            member=member,
            topic=topic,
            defaults={"proficiency": _counting(member.pk, topic.pk, said.level, at), "source": source},
        )
        fact = SkillSet(member=member.pk, topic=topic.pk, proficiency=skill.proficiency, source=source)
        record(fact, actor=actor, at=at)
    return skill


def set_ramp(
    *, actor: Actor, member: Member, mentor: Member | None, difficulty: int, needed: int, at: datetime
) -> SkillRamp:
    """Begin with work up to a difficulty, to widen by one each time so many tickets were resolved for good."""
    require(actor, "skill.set")
    if not 1 <= difficulty <= HARDEST or not 1 <= needed <= 1000:
        raise Invalid(
            _("A ramp begins at difficulty 1 to 3 and widens after 1 to 1000 tickets."), field="needed"
        )
    if mentor is not None and mentor.pk == member.pk:
        raise Invalid(_("Name somebody else."), field="mentor")
    with transaction.atomic():
        ramp, _created = SkillRamp.objects.update_or_create(
            member=member,
            defaults={"mentor": mentor, "difficulty": difficulty, "needed": needed, "since": at},
        )
        record(SkillRampSet(member=member.pk, difficulty=difficulty), actor=actor, at=at)
        _follow(actor, member.pk, at)
    return ramp


def widen_ramp(*, actor: Actor, member: Member, at: datetime) -> None:
    """Take the next step of a ramp; past the hardest work it ends."""
    require(actor, "skill.set")
    with transaction.atomic():
        ramp = SkillRamp.objects.select_for_update().filter(member=member).first()
        if ramp is None or ramp.difficulty >= HARDEST:
            _end_ramp(actor, member, at)
            return
        ramp.difficulty, ramp.since = ramp.difficulty + 1, at
        ramp.save(update_fields=["difficulty", "since"])
        record(SkillRampSet(member=member.pk, difficulty=ramp.difficulty), actor=actor, at=at)
        _follow(actor, member.pk, at)


def end_ramp(*, actor: Actor, member: Member, at: datetime) -> None:
    """From now on everything that is stated of a member counts in full."""
    require(actor, "skill.set")
    with transaction.atomic():
        _end_ramp(actor, member, at)


def stretch_skill(
    *, actor: Actor, member: Member, topic: Topic, level: int, mentor: Member, until: datetime, at: datetime
) -> SkillStretch:
    """Let a member have harder work of a topic for a while; the mentor follows it."""
    require(actor, "skill.set")
    if mentor.pk == member.pk:
        raise Invalid(_("Name somebody else."), field="mentor")
    if not 1 <= level <= 5 or until <= at:
        raise Invalid(_("Stretch work has a level from 1 to 5 and ends later than now."), field="level")
    if not Skill.objects.filter(member=mentor, topic=topic, proficiency__gte=min(level, HARDEST)).exists():
        raise Invalid(_("Whoever stands by has to be able to do this work."), field="mentor")
    with transaction.atomic():
        stretch, _created = SkillStretch.objects.update_or_create(
            member=member, topic=topic, defaults={"mentor": mentor, "level": level, "until": until}
        )
        fact = SkillStretched(member=member.pk, topic=topic.pk, level=level, mentor=mentor.pk)
        record(fact, actor=actor, at=at)
        _follow(actor, member.pk, at)
    return stretch


def end_stretch(*, actor: Actor, member: Member, topic: Topic, at: datetime) -> None:
    """Back to the level that is stated."""
    require(actor, "skill.set")
    with transaction.atomic():
        gone, _rows = SkillStretch.objects.filter(member=member, topic=topic).delete()
        if gone:
            record(SkillStretchEnded(member=member.pk, topic=topic.pk), actor=actor, at=at)
            _follow(actor, member.pk, at)


def _end_ramp(actor: Actor, member: Member, at: datetime) -> None:
    gone, _rows = SkillRamp.objects.filter(member=member).delete()
    if gone:
        record(SkillRampEnded(member=member.pk), actor=actor, at=at)
        _follow(actor, member.pk, at)


def _say(member: int, topic: int, source: str, said: Learned, at: datetime) -> None:
    SkillEvidence.objects.update_or_create(
        member_id=member,
        topic_id=topic,
        source=source,
        defaults={"level": said.level, "deviation": said.deviation, "seen": said.seen, "at": at},
    )


def _follow(actor: Actor, member: int, at: datetime) -> None:
    """Bring a member's skills in line with their ramp and stretch work."""
    said = {(one.topic_id, one.source): one.level for one in SkillEvidence.objects.filter(member=member)}
    for skill in Skill.objects.select_for_update().filter(member=member).order_by("pk"):
        stated = said.get((skill.topic_id, skill.source))
        if stated is None:  # stated before sources were kept apart
            stated = skill.proficiency
            _say(member, skill.topic_id, skill.source, Learned(member, skill.topic_id, stated, 0.0, 0), at)
        counts = _counting(member, skill.topic_id, stated, at)
        if counts != skill.proficiency:
            skill.proficiency = counts
            skill.save(update_fields=["proficiency"])
            fact = SkillSet(member=member, topic=skill.topic_id, proficiency=counts, source=skill.source)
            record(fact, actor=actor, at=at)


def _counting(member: int, topic: int, stated: float, at: datetime) -> int:
    """What of a stated level counts now."""
    level = min(max(round(stated), 1), 5)
    ramp = SkillRamp.objects.filter(member=member).first()
    if ramp is not None:
        level = min(level, ramp.difficulty)
    stretch = SkillStretch.objects.filter(member=member, topic=topic, until__gt=at).first()
    return max(level, stretch.level) if stretch else level
