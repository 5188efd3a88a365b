"""Rules: what the desk does by itself, tried before it goes live, and what it did."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, Order, Turn, all_of
from fengong.api.schemas import automation as schemas
from fengong.automation import queries
from fengong.automation.actions import rules
from fengong.automation.rehearsal import rehearse
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["automation"])
NEWEST = Order(("-id",), (int,))


@router.get("", operation_id="list_rules", response=Listed[schemas.Rule])
def list_rules(request: MemberRequest) -> Any:
    """All rules, in the order they are asked."""
    require(request.auth, "desk.configure")
    return all_of(schemas.Rule, queries.rules())


@router.post("", operation_id="define_rule", response={201: schemas.Rule})
def post_rule(request: MemberRequest, given: schemas.RuleIn) -> Any:
    """Keep a new rule; it rests until it is switched on."""
    kept = rules.define_rule(actor=request.auth, draft=rules.RuleDraft(**given.model_dump()), at=now())
    return Status(201, schemas.Rule.model_validate(kept))


@router.post("/rehearsals", operation_id="rehearse_rule", response=schemas.RehearsalOut)
def post_rehearsal(request: MemberRequest, given: schemas.RehearsalIn) -> Any:
    """What a rule would have done with the newest tickets; nothing is done or kept."""
    require(request.auth, "desk.configure")
    draft = rules.RuleDraft(**given.model_dump(exclude={"last"}))
    tried = rehearse(actor=request.auth, rule=rules.drafted(draft, at=now()), last=given.last, at=now())
    acted = [schemas.FoundOut(ticket_id=one.ticket.pk, times=one.times, last=one.last) for one in tried.found]
    return schemas.RehearsalOut(looked_at=tried.looked_at, since=tried.since, times=tried.times, found=acted)


@router.get("/runs", operation_id="list_rule_runs", response=Listed[schemas.Run])
def list_runs(request: MemberRequest, which: Query[schemas.RunFilter], turn: Query[Turn]) -> Any:
    """What rules have done, the newest first."""
    require(request.auth, "desk.configure")
    rows = queries.runs(rule=which.rule, ticket=which.ticket, state=which.state or "")
    return NEWEST.shown(schemas.Run, rows, turn)


@router.get("/{int:rule_id}", operation_id="get_rule", response=schemas.Rule)
def get_rule(request: MemberRequest, rule_id: PathId) -> Any:
    """One rule."""
    return schemas.Rule.model_validate(_the_rule(request, rule_id))


@router.put("/{int:rule_id}", operation_id="update_rule", response=schemas.Rule)
def put_rule(request: MemberRequest, rule_id: PathId, given: schemas.RuleIn) -> Any:
    """Change a rule; one that is on concerns itself with what comes from now on."""
    draft = rules.RuleDraft(**given.model_dump())
    kept = rules.update_rule(actor=request.auth, rule=_the_rule(request, rule_id), draft=draft, at=now())
    return schemas.Rule.model_validate(kept)


@router.put("/{int:rule_id}/activity", operation_id="switch_rule", response=schemas.Rule)
def put_activity(request: MemberRequest, rule_id: PathId, given: schemas.ActivityIn) -> Any:
    """Switch a rule on or off."""
    known = _the_rule(request, rule_id)
    kept = rules.switch_rule(actor=request.auth, rule=known, active=given.active, at=now())
    return schemas.Rule.model_validate(kept)


@router.delete("/{int:rule_id}", operation_id="remove_rule", response={204: None})
def delete_rule(request: MemberRequest, rule_id: PathId) -> Any:
    """Give a rule up; its log stays."""
    rules.remove_rule(actor=request.auth, rule=_the_rule(request, rule_id), at=now())
    return Status(204, None)


def _the_rule(request: MemberRequest, rule_id: int) -> Any:
    require(request.auth, "desk.configure")
    return found.there(queries.rule(rule_id))
