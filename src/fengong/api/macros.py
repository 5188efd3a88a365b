"""Macros, and the deeds that macros, rules and ladders are made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas import automation as schemas
from fengong.api.schemas.tickets import Ticket
from fengong.automation import queries
from fengong.automation.actions import macros
from fengong.automation.deeds import DEEDS
from fengong.automation.policies import require_seeing
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import require

router = Router(tags=["automation"])
deeds = Router(tags=["automation"])
MOST = 100


@deeds.get("", operation_id="list_deeds", response=Listed[schemas.DeedOut])
def list_deeds(request: MemberRequest) -> Any:
    """Everything that can be done to a ticket by name, with what it must be told."""
    require(request.auth, "ticket.read")
    return all_of(schemas.DeedOut, [_deed(deed) for deed in DEEDS.values()])


@router.get("", operation_id="list_macros", response=Listed[schemas.Macro])
def list_macros(request: MemberRequest, which: Query[schemas.MacroFilter]) -> Any:
    """The macros one may use, the most used first, a hundred at most."""
    require(request.auth, "ticket.work")
    return all_of(schemas.Macro, queries.macros_for(request.auth, which.q)[:MOST])


@router.post("", operation_id="define_macro", response={201: schemas.Macro})
def post_macro(request: MemberRequest, given: schemas.MacroIn) -> Any:
    """Keep a new macro."""
    kept = macros.define_macro(actor=request.auth, draft=_draft(request, given), at=now())
    return Status(201, schemas.Macro.model_validate(kept))


@router.get("/{int:macro_id}", operation_id="get_macro", response=schemas.Macro)
def get_macro(request: MemberRequest, macro_id: PathId) -> Any:
    """One macro."""
    return schemas.Macro.model_validate(_the_macro(request, macro_id))


@router.put("/{int:macro_id}", operation_id="update_macro", response=schemas.Macro)
def put_macro(request: MemberRequest, macro_id: PathId, given: schemas.MacroIn) -> Any:
    """Change a macro."""
    known = _the_macro(request, macro_id)
    kept = macros.update_macro(actor=request.auth, macro=known, draft=_draft(request, given), at=now())
    return schemas.Macro.model_validate(kept)


@router.delete("/{int:macro_id}", operation_id="remove_macro", response={204: None})
def delete_macro(request: MemberRequest, macro_id: PathId) -> Any:
    """Give a macro up."""
    macros.remove_macro(actor=request.auth, macro=_the_macro(request, macro_id), at=now())
    return Status(204, None)


@router.get("/{int:macro_id}/preview", operation_id="preview_macro", response=schemas.PreviewOut)
def get_preview(request: MemberRequest, macro_id: PathId, on: Query[schemas.PreviewOf]) -> Any:
    """What a macro would write on a ticket and do; nothing is done."""
    ticket = found.the_ticket(request.auth, on.ticket)
    shown = macros.preview_macro(macro=_the_macro(request, macro_id), ticket=ticket, member=request.auth)
    return schemas.PreviewOut(body=shown.body, deeds=[chip.text for chip in shown.chips])


@router.post("/{int:macro_id}/applications", operation_id="apply_macro", response={201: Ticket})
def post_application(request: MemberRequest, macro_id: PathId, given: schemas.ApplicationIn) -> Any:
    """Write what a macro says and do what it does: all of it, or nothing. Answers with the ticket."""
    done = macros.apply_macro(
        actor=request.auth,
        ticket=found.the_ticket(request.auth, given.ticket_id),
        member=request.auth,
        macro=_the_macro(request, macro_id),
        body=given.body,
        at=now(),
    )
    return Status(201, Ticket.model_validate(found.the_ticket(request.auth, done.pk)))


def _the_macro(request: MemberRequest, macro_id: int) -> Any:
    require(request.auth, "ticket.work")
    known = found.there(queries.macro(macro_id))
    require_seeing(known, request.auth)
    return known


def _draft(request: MemberRequest, given: schemas.MacroIn) -> macros.MacroDraft:
    team = next((team for team in people.teams() if team.pk == given.team_id), None)
    if given.team_id and team is None:
        raise Missing(_("There is nothing with this id."), field="team_id")
    said = given.model_dump(exclude={"team_id", "own"})
    return macros.MacroDraft(**said, team=team, member=request.auth if given.own else None)


def _deed(deed: Any) -> schemas.DeedOut:
    parameters = [
        schemas.ParameterOut(
            name=parameter.name,
            label=str(parameter.label),
            kind=parameter.kind.widget,
            required=parameter.required,
            choices=[value for value, _label in parameter.kind.options()],
        )
        for parameter in deed.parameters
    ]
    return schemas.DeedOut(deed=deed.name, label=str(deed.label), parameters=parameters)
