"""Duty lists: what each position is responsible for, since when, and how its figures stand."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas import duties as shown
from fengong.api.schemas.people import Position
from fengong.kernel.clock import now
from fengong.people import policies
from fengong.people import queries as people
from fengong.people.actions import duties as verbs
from fengong.people.actions import duty_templates
from fengong.people.actions.duty_checks import DutyWanted

router = Router(tags=["duties"])


@router.get("/positions/{int:position_id}/duties", operation_id="get_duties", response=shown.DutyEdition)
def get_duties(request: MemberRequest, position_id: PathId, asked: Query[shown.At]) -> Any:
    """The edition in force at a moment."""
    position = found.there(people.position(position_id))
    edition = found.there(people.duties_in_force(position, asked.at or now()))
    return shown.DutyEdition.model_validate(edition)


@router.get(
    "/positions/{int:position_id}/duty-editions",
    operation_id="list_duty_editions",
    response=Listed[shown.DutyEdition],
)
def list_editions(request: MemberRequest, position_id: PathId) -> Any:
    """All editions, the newest first."""
    position = found.there(people.position(position_id))
    return all_of(shown.DutyEdition, people.duty_editions(position))


@router.post(
    "/positions/{int:position_id}/duty-editions",
    operation_id="publish_duties",
    response={201: shown.DutyEdition},
)
def publish(request: MemberRequest, position_id: PathId, wanted: shown.EditionIn) -> Any:
    """Publish the draft: in force from the beginning of a day, from now on if that is today."""
    position = found.there(people.position(position_id))
    account = request.auth.account
    zone = wanted.zone or (account.time_zone if account else "UTC")
    edition = verbs.publish_duties(
        actor=request.auth, position=position, effective_on=wanted.effective_on, zone=zone, at=now()
    )
    return Status(201, shown.DutyEdition.model_validate(edition))


@router.get(
    "/positions/{int:position_id}/duty-draft", operation_id="get_duty_draft", response=shown.DutyDraft
)
def get_draft(request: MemberRequest, position_id: PathId) -> Any:
    """What is being written, for those who may write it."""
    position = found.there(people.position(position_id))
    policies.require_describing(request.auth, position)
    return shown.DutyDraft.model_validate(found.there(people.duty_draft(position)))


@router.post(
    "/positions/{int:position_id}/duty-draft", operation_id="draft_duties", response={201: shown.DutyDraft}
)
def begin_draft(request: MemberRequest, position_id: PathId) -> Any:
    """Begin a draft as a copy of the newest edition."""
    position = found.there(people.position(position_id))
    draft = verbs.draft_duties(actor=request.auth, position=position, at=now())
    return Status(201, shown.DutyDraft.model_validate(draft))


@router.put("/positions/{int:position_id}/duty-draft", operation_id="write_duties", response=shown.DutyDraft)
def write(request: MemberRequest, position_id: PathId, wanted: shown.DutiesIn) -> Any:
    """Write the draft as a whole."""
    position = found.there(people.position(position_id))
    lines = [DutyWanted(**line.model_dump()) for line in wanted.duties]
    draft = verbs.write_duties(actor=request.auth, position=position, duties=lines, at=now())
    return shown.DutyDraft.model_validate(draft)


@router.delete(
    "/positions/{int:position_id}/duty-draft", operation_id="drop_duty_draft", response={204: None}
)
def drop(request: MemberRequest, position_id: PathId) -> Any:
    """Throw the draft away."""
    verbs.drop_draft(actor=request.auth, position=found.there(people.position(position_id)), at=now())
    return Status(204, None)


@router.get("/duty-editions/{int:edition_id}", operation_id="get_duty_edition", response=shown.DutyEdition)
def get_edition(request: MemberRequest, edition_id: PathId) -> Any:
    """One edition, however old."""
    return shown.DutyEdition.model_validate(found.there(people.duty_edition(edition_id)))


@router.get(
    "/duty-editions/{int:edition_id}/changes", operation_id="get_duty_changes", response=shown.DutyChanges
)
def get_changes(request: MemberRequest, edition_id: PathId, asked: Query[shown.Since]) -> Any:
    """What was added, removed and changed since another edition."""
    edition = found.there(people.duty_edition(edition_id))
    if asked.since:
        before = found.there(people.duty_edition(asked.since), "since")
    else:
        before = people.duty_editions(edition.position).filter(number__lt=edition.number).first()
    return shown.DutyChanges.model_validate(people.duty_changes(before, edition))


@router.put(
    "/duty-editions/{int:edition_id}/acknowledgement",
    operation_id="acknowledge_duties",
    response=shown.Acknowledged,
)
def acknowledge(request: MemberRequest, edition_id: PathId) -> Any:
    """Say that you have read the duties of your position."""
    edition = found.there(people.duty_edition(edition_id))
    row = verbs.acknowledge_duties(actor=request.auth, edition=edition, at=now())
    return shown.Acknowledged.model_validate(row)


@router.get(
    "/duty-editions/{int:edition_id}/acknowledgements",
    operation_id="list_duty_readers",
    response=shown.Readers,
)
def get_readers(request: MemberRequest, edition_id: PathId) -> Any:
    """Who has read an edition and who has not, for those who write it."""
    edition = found.there(people.duty_edition(edition_id))
    policies.require_describing(request.auth, edition.position)
    return shown.Readers.model_validate(people.readers(edition))


@router.get("/me/duties", operation_id="get_own_duties", response=shown.OwnDuties)
def get_own(request: MemberRequest) -> Any:
    """The duties of your position, and what you have still to acknowledge."""
    member, at = request.auth, now()
    in_force = people.duties_in_force(member.position, at)
    return shown.OwnDuties.model_validate(
        {"in_force": in_force, "to_acknowledge": people.to_acknowledge(member, at)}
    )


@router.get("/raci", operation_id="get_raci", response=shown.Raci)
def get_raci(request: MemberRequest, asked: Query[shown.At]) -> Any:
    """Every task by position, with the faults found."""
    positions, rows = people.raci(asked.at or now())
    return shown.Raci.model_validate({"positions": positions, "rows": rows})


@router.get("/duty-templates", operation_id="list_duty_templates", response=Listed[shown.DutyTemplate])
def list_templates(request: MemberRequest) -> Any:
    """Divisions of labour to begin with."""
    return all_of(shown.DutyTemplate, duty_templates.TEMPLATES.values())


@router.post(
    "/duty-templates/{slug}/positions",
    operation_id="apply_duty_template",
    response={201: Listed[Position]},
)
def apply_template(request: MemberRequest, slug: str) -> Any:
    """Make the positions of a template, each with a draft of its duties."""
    made = duty_templates.apply_template(actor=request.auth, slug=slug, at=now())
    return Status(201, all_of(Position, made))
