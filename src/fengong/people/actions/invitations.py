"""Verbs by which somebody gets a sign-in of their own: a link is handed to them, and they choose their password.

The link's secret is signed and written nowhere. It ends with the time Django gives password resets, and with the first
password chosen by it, since a password is part of what is signed.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.events import AccountInvited, PasswordChanged
from fengong.people.models import Account, Member
from fengong.people.policies import require


def invite_member(*, actor: Actor, member: Member, email: str, language: str, at: datetime) -> Account:
    """Give a member an account without a password; where they have one, keep it. `secret_of` makes the link."""
    require(actor, "people.manage")
    with transaction.atomic():
        row = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        account = row.account or _opened(email, language)
        if row.account is None:
            row.account = account
            row.save(update_fields=["account"])
        record(AccountInvited(account=account.pk), actor=actor, at=at)
    return account


def secret_of(account: Account) -> str:
    """What a link carries that lets its bearer choose the password of this account."""
    return default_token_generator.make_token(account)


def choose_password(*, account: Account | None, secret: str, password: str, at: datetime) -> Account:
    """Set the password of an account by the secret of a link; Conflict where that does not hold any more."""
    with transaction.atomic():
        row = Account.objects.select_for_update().filter(pk=account.pk).first() if account else None
        if row is None or not row.is_active or not default_token_generator.check_token(row, secret):
            raise Conflict(_("This link does not hold any more. Ask an administrator for a new one."))
        try:
            validate_password(password, row)
        except ValidationError as weak:
            raise Invalid(" ".join(weak.messages), field="password") from weak
        row.set_password(password)
        row.save(update_fields=["password"])
        member = getattr(row, "member", None)
        record(PasswordChanged(account=row.pk), actor=member or _Owner(row.pk), at=at)
    return row


class _Owner:
    """Somebody who has an account and is no member."""

    def __init__(self, pk: int) -> None:
        self.ref = f"account:{pk}"

    def may(self, permission: str) -> bool:
        return False


def _opened(email: str, language: str) -> Account:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise Invalid(_("This is no e-mail address."), field="email") from wrong
    if Account.objects.filter(email__iexact=address).exists():
        raise Invalid(_("This e-mail address is already in use."), field="email")
    account = Account(email=address, language=language)
    account.set_unusable_password()
    account.save()
    return account
