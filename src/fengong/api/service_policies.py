"""Policies of promised times."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed
from fengong.api.schemas.promises import Policy, PolicyIn
from fengong.automation.deeds import check
from fengong.desk.actions.service_policies import Level, Rung, Wanted, remove_policy, save_policy
from fengong.desk.reading import promises as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid
from fengong.people.policies import require

router = Router(tags=["promises"])


@router.get("", operation_id="list_service_policies", response=Listed[Policy])
def list_policies(request: MemberRequest) -> Any:
    """All policies in the order in which they are tried, the default one last."""
    require(request.auth, "ticket.read")
    return Listed[Policy](items=[_shown(policy) for policy in reading.policies()])


@router.post("", operation_id="add_service_policy", response={201: Policy})
def add_policy(request: MemberRequest, wanted: PolicyIn) -> Any:
    """Promise times to the tickets that meet a condition; open ones follow within a moment."""
    require(request.auth, "desk.configure")
    saved = save_policy(actor=request.auth, wanted=_wanted(wanted), at=now())
    return Status(201, _shown(found.there(reading.policy(saved.pk))))


@router.put("/{int:policy_id}", operation_id="change_service_policy", response=Policy)
def change_policy(request: MemberRequest, policy_id: PathId, wanted: PolicyIn) -> Any:
    """Change a policy as a whole; open tickets follow within a moment, with every pause they had."""
    require(request.auth, "desk.configure")
    policy = found.there(reading.policy(policy_id))
    save_policy(actor=request.auth, wanted=_wanted(wanted), policy=policy, at=now())
    return _shown(found.there(reading.policy(policy_id)))


@router.delete("/{int:policy_id}", operation_id="remove_service_policy", response={204: None})
def delete_policy(request: MemberRequest, policy_id: PathId) -> Any:
    """Remove a policy; its tickets get the next one that applies."""
    require(request.auth, "desk.configure")
    remove_policy(actor=request.auth, policy=found.there(reading.policy(policy_id)), at=now())
    return Status(204, None)


def _wanted(given: PolicyIn) -> Wanted:
    calendar = given.calendar_id
    return Wanted(
        name=given.name,
        condition=given.condition,
        position=given.position,
        active=given.active,
        is_default=given.is_default,
        calendar=found.there(reading.calendar(calendar), "calendar_id") if calendar else None,
        pauses=given.pauses,
        ownership={1: given.ownership_1, 2: given.ownership_2, 3: given.ownership_3},
        levels={
            level.priority: Level(
                level.first_response_minutes,
                level.next_response_minutes,
                level.update_minutes,
                level.resolution_minutes,
            )
            for level in given.levels
        },
        rungs=[
            Rung(step.target, step.percent, step.minutes, _deeds(place, step.deeds))
            for place, step in enumerate(given.steps)
        ],
    )


def _deeds(place: int, deeds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        return check(deeds)
    except Invalid as refusal:
        raise Invalid(refusal.message, field=f"steps.{place}.{refusal.field}") from refusal


def _shown(policy: Any) -> Policy:
    named = {name: getattr(policy, name) for name in Policy.model_fields if name not in ("levels", "steps")}
    return Policy.model_validate(
        named | {"levels": list(policy.levels.all()), "steps": list(policy.steps.all())}
    )
