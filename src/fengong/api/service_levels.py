"""The times promised to customers."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from ninja.params.functions import Path

from fengong.api.authentication import MemberRequest
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.customers import ServiceLevel, ServiceLevelIn
from fengong.desk import queries as desk
from fengong.desk.actions.promises import set_service_level
from fengong.kernel.clock import now

router = Router(tags=["frame"])


@router.get("", operation_id="list_service_levels", response=Listed[ServiceLevel])
def list_service_levels(request: MemberRequest) -> Any:
    """Promised times, by priority."""
    return all_of(ServiceLevel, desk.service_levels())


@router.put("/{int:priority}", operation_id="set_service_level", response=ServiceLevel)
def put_service_level(
    request: MemberRequest, priority: Annotated[int, Path(ge=1, le=4)], promised: ServiceLevelIn
) -> Any:
    """Promise times for a priority to every ticket to which no other policy applies; open ones follow."""
    level = set_service_level(
        actor=request.auth,
        priority=priority,
        first_response_minutes=promised.first_response_minutes,
        resolution_minutes=promised.resolution_minutes,
        at=now(),
    )
    return ServiceLevel.model_validate(level)
