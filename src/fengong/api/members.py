"""Members: who works here, what they can do, whether they are here."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import BY_ID, Listed, Turn, all_of
from fengong.api.schemas import people as shown
from fengong.desk.actions.loads import set_capacity
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.members import set_skill
from fengong.people.policies import require_reading_members
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.policies import require_reading_shifts_of

router = Router(tags=["members"])


@router.get("", operation_id="list_members", response=Listed[shown.SkilledMember])
def list_members(request: MemberRequest, turn: Query[Turn]) -> Any:
    """Active members with team, position and skills."""
    require_reading_members(request.auth)
    return BY_ID.shown(shown.SkilledMember, people.members(with_skills=True), turn)


@router.get("/{int:member_id}", operation_id="get_member", response=shown.Member)
def get_member(request: MemberRequest, member_id: PathId) -> Any:
    """One member."""
    require_reading_members(request.auth)
    return shown.Member.model_validate(found.the_member(member_id))


@router.get("/{int:member_id}/skills", operation_id="list_skills", response=Listed[shown.Skill])
def list_skills(request: MemberRequest, member_id: PathId) -> Any:
    """What a member is skilled in."""
    require_reading_members(request.auth)
    member = found.the_member(member_id)
    return all_of(shown.Skill, people.skills_of(member))


@router.put("/{int:member_id}/skills/{int:topic_id}", operation_id="set_skill", response=shown.Skill)
def put_skill(request: MemberRequest, member_id: PathId, topic_id: PathId, stated: shown.SkillIn) -> Any:
    """State how proficient a member is in a topic."""
    require_reading_members(request.auth)
    skill = set_skill(
        actor=request.auth,
        member=found.the_member(member_id),
        topic=found.the_topic(topic_id),
        proficiency=stated.proficiency,
        source=stated.source,
        at=now(),
    )
    return shown.Skill.model_validate(skill)


@router.get("/{int:member_id}/presence", operation_id="get_presence", response=shown.PresenceOut)
def get_presence(request: MemberRequest, member_id: PathId) -> Any:
    """Whether a member is here."""
    own = member_id == request.auth.pk
    require_reading_shifts_of(request.auth, request.auth if own else None)
    member = request.auth if own else found.the_member(member_id)
    return shown.PresenceOut(member_id=member.pk, status=rota.presence_of(member))


@router.put("/{int:member_id}/presence", operation_id="set_presence", response=shown.PresenceOut)
def put_presence(request: MemberRequest, member_id: PathId, stated: shown.PresenceIn) -> Any:
    """Say that a member is online, away or offline."""
    member = request.auth if member_id == request.auth.pk else found.the_member(member_id)
    presence = set_presence(actor=request.auth, member=member, status=stated.status, at=now())
    return shown.PresenceOut.model_validate(presence)


@router.put("/{int:member_id}/capacity", operation_id="set_capacity", response=shown.Load)
def put_capacity(request: MemberRequest, member_id: PathId, stated: shown.CapacityIn) -> Any:
    """Say how many minutes of effort a member can hold; not less than they hold now."""
    require_reading_members(request.auth)
    member = found.the_member(member_id)
    load = set_capacity(actor=request.auth, member=member, capacity=stated.capacity, at=now())
    return shown.Load.model_validate(load)
