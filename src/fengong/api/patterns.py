"""Weekly patterns."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.rosters import Pattern, PatternIn, PatternState
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.patterns import PatternWanted, remove_pattern, save_pattern
from fengong.rota.policies import require_reading_shifts_of

router = Router(tags=["rota"])


@router.get("", operation_id="list_patterns", response=Listed[Pattern])
def list_patterns(request: MemberRequest) -> Any:
    """All patterns."""
    require_reading_shifts_of(request.auth, None)
    return all_of(Pattern, rota.patterns())


@router.post("", operation_id="add_pattern", response={201: Pattern})
def add_pattern(request: MemberRequest, wanted: PatternIn) -> Any:
    """Write down how a member or a team works; shifts follow within moments."""
    require(request.auth, "shift.plan")
    member = found.the_member(wanted.member_id, field="member_id") if wanted.member_id else None
    teams = {team.pk: team for team in people.teams()} if wanted.team_id else {}
    team = found.there(teams.get(wanted.team_id), "team_id") if wanted.team_id else None
    saved = save_pattern(actor=request.auth, wanted=_wanted(wanted), member=member, team=team, at=now())
    return Status(201, Pattern.model_validate(saved))


@router.put("/{int:pattern_id}", operation_id="change_pattern", response=Pattern)
def change_pattern(request: MemberRequest, pattern_id: PathId, wanted: PatternState) -> Any:
    """Change a pattern as a whole; shifts to come follow, but for those changed by hand."""
    require(request.auth, "shift.plan")
    pattern = found.there(rota.pattern(pattern_id))
    saved = save_pattern(actor=request.auth, wanted=_wanted(wanted), pattern=pattern, at=now())
    return Pattern.model_validate(saved)


@router.delete("/{int:pattern_id}", operation_id="remove_pattern", response={204: None})
def delete_pattern(request: MemberRequest, pattern_id: PathId) -> Any:
    """Remove a pattern and the shifts it would have brought, but for those changed by hand."""
    require(request.auth, "shift.plan")
    remove_pattern(actor=request.auth, pattern=found.there(rota.pattern(pattern_id)), at=now())
    return Status(204, None)


def _wanted(given: PatternState) -> PatternWanted:
    return PatternWanted(**given.model_dump(exclude={"member_id", "team_id"}))
