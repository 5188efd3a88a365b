"""Verbs on access tokens, by which programs act for an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.events import TokenIssued, TokenRevoked
from fengong.people.models import AccessToken, Account
from fengong.people.policies import require_token_keeper

MARK = "fg_"
"""How every secret begins, so that one that leaked can be recognised."""
SHOWN = 10
USED_EVERY = timedelta(hours=1)


class IssuedToken(NamedTuple):
    """A new token and its secret, which cannot be read again."""

    token: AccessToken
    secret: str


def issue_token(
    *, actor: Actor, account: Account, name: str, at: datetime, expires_at: datetime | None = None
) -> IssuedToken:
    """Make a key to an account for a program; without `expires_at` it holds until it is revoked."""
    require_token_keeper(actor, account)
    if not name.strip():
        raise Invalid(_("A token needs a name, so that you know later what uses it."), field="name")
    if expires_at is not None and expires_at <= at:
        raise Invalid(_("A token must expire in the future."), field="expires_at")
    secret = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = AccessToken.objects.create(
            account=account,
            name=name.strip(),
            prefix=secret[:SHOWN],
            digest=AccessToken.digest_of(secret),
            created_at=at,
            expires_at=expires_at,
        )
        record(TokenIssued(account=account.pk, token=token.pk, name=token.name), actor=actor, at=at)
    return IssuedToken(token, secret)


def revoke_token(*, actor: Actor, token: AccessToken, at: datetime) -> AccessToken:
    """Make a key useless from now on. Doing it again changes nothing."""
    require_token_keeper(actor, token.account)
    with transaction.atomic():
        row = AccessToken.objects.select_for_update(of=("self",)).filter(pk=token.pk).first()
        if row is None:
            raise Missing(_("This token does not exist."))
        if row.revoked_at is None:
            row.revoked_at = at
            row.save(update_fields=["revoked_at"])
            record(TokenRevoked(account=row.account_id, token=row.pk), actor=actor, at=at)
    return row


def note_used(*, token: AccessToken, at: datetime) -> None:
    """Remember that a program uses this token; written at most once an hour."""
    if token.used_at is None or at - token.used_at > USED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(used_at=at)
