"""The API put together: its nouns, who may knock, and how its description reads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from fengong.api import (
    attachments,
    board,
    bulk_changes,
    calendars,
    calls,
    conversation,
    customers,
    dispatching,
    duties,
    frame,
    kpis,
    leaves,
    macros,
    me,
    members,
    messages,
    patterns,
    relations,
    rosters,
    rules,
    service_levels,
    service_policies,
    session,
    shifts,
    standby,
    states,
    tags,
    ticket_batches,
    ticket_templates,
    tickets,
    tokens,
    types,
    webhooks,
)
from fengong.api.authentication import ANY
from fengong.api.problems import MEDIA_TYPE, Problem, handle_problems

ROOT = "/api/v1/"
DESCRIPTION = (
    "Fengong by JSON. Programs send an access token as `Authorization: Bearer …`; browsers send their session cookie,"
    " and with whatever changes something the header X-CSRFToken. Every refusal is application/problem+json."
    " Sentences for people follow Accept-Language, else the language of the account."
)
ROUTERS = {
    "/session": (session.router,),
    "/me": (me.router,),
    "/tokens": (tokens.router,),
    "/tickets": (
        tickets.router,
        messages.router,
        conversation.of_tickets,
        states.router,
        dispatching.router,
        attachments.of_tickets,
        types.of_tickets,
        tags.of_tickets,
        relations.router,
    ),
    "/scheduled-replies": (conversation.replies,),
    "/side-conversations": (conversation.talking,),
    "/signatures": (conversation.signed,),
    "/ticket-batches": (ticket_batches.router,),
    "/bulk-changes": (bulk_changes.router,),
    "/calls": (calls.router,),
    "/attachments": (attachments.router,),
    "/tags": (tags.router,),
    "/ticket-templates": (ticket_templates.router,),
    "/board": (board.router,),
    "/members": (members.router,),
    "": (frame.router, types.router, duties.router, kpis.router),
    "/shifts": (shifts.router,),
    "/patterns": (patterns.router,),
    "/leaves": (leaves.router,),
    "/standby": (standby.router,),
    "/roster": (rosters.router,),
    "/customers": (customers.router,),
    "/service-levels": (service_levels.router,),
    "/service-policies": (service_policies.router,),
    "/calendars": (calendars.router,),
    "/deeds": (macros.deeds,),
    "/macros": (macros.router,),
    "/rules": (rules.router,),
    "/webhooks": (webhooks.router,),
}


class JSON(BaseRenderer):
    """JSON by pydantic: times as ISO 8601 to the microsecond, text as it is."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


class Api(NinjaAPI):
    """Adds to the description what holds for every operation: how it refuses."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        described = super().get_openapi_schema(path_prefix=path_prefix or ROOT, path_params=path_params)
        refusal = {
            "description": "Refused; `code` says why.",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        model = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        described["components"]["schemas"] |= {**model.pop("$defs"), "Problem": model}
        for operations in described["paths"].values():
            for operation in operations.values():
                answers = {str(status): answer for status, answer in operation["responses"].items()}
                operation["responses"] = {**answers, "default": refusal}
        return described


def build() -> NinjaAPI:
    """The API with all its routers."""
    api = Api(
        title="Fengong",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        docs_url=None,
        auth=ANY,
        renderer=JSON(),
    )
    handle_problems(api)
    for prefix, routers in ROUTERS.items():
        for router in routers:
            api.add_router(prefix, router)
    return api


api = build()
