"""Webhooks: endpoints, their secrets, and what was delivered to them."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, Order, Turn, all_of
from fengong.api.schemas import webhooks as schemas
from fengong.api.schemas.automation import ActivityIn
from fengong.integrations.webhooks import queries
from fengong.integrations.webhooks.actions import deliveries, endpoints
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["webhooks"])
NEWEST = Order(("-id",), (int,))


@router.get("", operation_id="list_webhooks", response=Listed[schemas.Endpoint])
def list_endpoints(request: MemberRequest) -> Any:
    """All endpoints, by name."""
    require(request.auth, "desk.configure")
    return all_of(schemas.Endpoint, queries.endpoints())


@router.post("", operation_id="add_webhook", response={201: schemas.EndpointMade})
def post_endpoint(request: MemberRequest, given: schemas.EndpointIn) -> Any:
    """Set an endpoint up. It is told what its maker may read; its secret is shown this once."""
    made, secret = endpoints.add_endpoint(actor=request.auth, draft=_draft(given), at=now())
    shown = schemas.Endpoint.model_validate(made)
    return Status(201, schemas.EndpointMade(**shown.model_dump(), secret=secret))


@router.get("/{int:webhook_id}", operation_id="get_webhook", response=schemas.Endpoint)
def get_endpoint(request: MemberRequest, webhook_id: PathId) -> Any:
    """One endpoint."""
    return schemas.Endpoint.model_validate(_the_endpoint(request, webhook_id))


@router.put("/{int:webhook_id}", operation_id="change_webhook", response=schemas.Endpoint)
def put_endpoint(request: MemberRequest, webhook_id: PathId, given: schemas.EndpointIn) -> Any:
    """Change where messages go, which, or in what format."""
    known = _the_endpoint(request, webhook_id)
    kept = endpoints.change_endpoint(actor=request.auth, endpoint=known, draft=_draft(given), at=now())
    return schemas.Endpoint.model_validate(kept)


@router.put("/{int:webhook_id}/activity", operation_id="switch_webhook", response=schemas.Endpoint)
def put_activity(request: MemberRequest, webhook_id: PathId, given: ActivityIn) -> Any:
    """Switch an endpoint on or off; what happens while it is off is not made up for."""
    known = _the_endpoint(request, webhook_id)
    kept = endpoints.switch_endpoint(actor=request.auth, endpoint=known, active=given.active, at=now())
    return schemas.Endpoint.model_validate(kept)


@router.post(
    "/{int:webhook_id}/secrets", operation_id="rotate_webhook_secret", response={201: schemas.SecretOut}
)
def post_secret(request: MemberRequest, webhook_id: PathId) -> Any:
    """Give an endpoint a new secret. For a day messages carry a signature of the one before, too."""
    known = _the_endpoint(request, webhook_id)
    secret = endpoints.rotate_secret(actor=request.auth, endpoint=known, at=now())
    return Status(201, schemas.SecretOut(secret=secret))


@router.delete("/{int:webhook_id}", operation_id="remove_webhook", response={204: None})
def delete_endpoint(request: MemberRequest, webhook_id: PathId) -> Any:
    """Forget an endpoint and its deliveries."""
    endpoints.remove_endpoint(actor=request.auth, endpoint=_the_endpoint(request, webhook_id), at=now())
    return Status(204, None)


@router.post("/{int:webhook_id}/pings", operation_id="ping_webhook", response={201: schemas.Delivery})
def post_ping(request: MemberRequest, webhook_id: PathId) -> Any:
    """Send a message that says nothing, to see whether it arrives."""
    sent = deliveries.ping(actor=request.auth, endpoint=_the_endpoint(request, webhook_id), at=now())
    return Status(201, schemas.Delivery.model_validate(sent))


@router.get(
    "/{int:webhook_id}/deliveries", operation_id="list_webhook_deliveries", response=Listed[schemas.Delivery]
)
def list_deliveries(
    request: MemberRequest, webhook_id: PathId, which: Query[schemas.DeliveryFilter], turn: Query[Turn]
) -> Any:
    """What was sent to an endpoint in the last month, the newest first."""
    rows = queries.deliveries(_the_endpoint(request, webhook_id), state=which.state or "")
    return NEWEST.shown(schemas.Delivery, rows, turn)


@router.post(
    "/deliveries/{int:delivery_id}/attempts",
    operation_id="redeliver_webhook",
    response={201: schemas.Delivery},
)
def post_attempt(request: MemberRequest, delivery_id: PathId) -> Any:
    """Send a message again as it was, under its own id."""
    require(request.auth, "desk.configure")
    known = found.there(queries.delivery(delivery_id))
    return Status(
        201,
        schemas.Delivery.model_validate(deliveries.redeliver(actor=request.auth, delivery=known, at=now())),
    )


def _the_endpoint(request: MemberRequest, webhook_id: int) -> Any:
    require(request.auth, "desk.configure")
    return found.there(queries.endpoint(webhook_id))


def _draft(given: schemas.EndpointIn) -> endpoints.EndpointDraft:
    return endpoints.EndpointDraft(**given.model_dump())
