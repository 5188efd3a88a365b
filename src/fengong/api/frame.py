"""What members and tickets are sorted by: teams, positions, topics. Short lists that everybody at work may read."""

from __future__ import annotations

from typing import Any

from ninja import Router

from fengong.api.authentication import MemberRequest
from fengong.api.lists import Listed, all_of
from fengong.api.schemas import people as shown
from fengong.people import queries as people

router = Router(tags=["frame"])


@router.get("/teams", operation_id="list_teams", response=Listed[shown.Team])
def list_teams(request: MemberRequest) -> Any:
    """All teams."""
    return all_of(shown.Team, people.teams())


@router.get("/positions", operation_id="list_positions", response=Listed[shown.Position])
def list_positions(request: MemberRequest) -> Any:
    """All positions, by tier."""
    return all_of(shown.Position, people.positions())


@router.get("/topics", operation_id="list_topics", response=Listed[shown.Topic])
def list_topics(request: MemberRequest) -> Any:
    """All topics."""
    return all_of(shown.Topic, people.topics())
