"""Access tokens of one's own account. Making one takes a session: a token that leaked must not breed others."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest, Session
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.people import NewToken, TokenIn, TokenOut
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.tokens import issue_token, revoke_token

router = Router(tags=["me"])


@router.get("", operation_id="list_tokens", response=Listed[TokenOut])
def list_tokens(request: MemberRequest) -> Any:
    """The tokens of one's account that were not revoked, the newest first."""
    return all_of(TokenOut, people.tokens_of(request.auth.account))


@router.post("", operation_id="issue_token", response={201: NewToken}, auth=Session())
def post_token(request: MemberRequest, wanted: TokenIn) -> Any:
    """Make a token for a program. Its secret is shown this once."""
    token, secret = issue_token(
        actor=request.auth,
        account=request.auth.account,
        name=wanted.name,
        expires_at=wanted.expires_at,
        at=now(),
    )
    return Status(201, NewToken(**TokenOut.model_validate(token).model_dump(), secret=secret))


@router.delete("/{int:token_id}", operation_id="revoke_token", response={204: None})
def delete_token(request: MemberRequest, token_id: PathId) -> Any:
    """Make a token useless from now on."""
    own = {token.pk: token for token in people.tokens_of(request.auth.account)}
    revoke_token(actor=request.auth, token=found.there(own.get(token_id)), at=now())
    return Status(204, None)
