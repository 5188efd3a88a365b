"""Verbs on accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.events import PasswordChanged
from fengong.people.models import Account
from fengong.people.policies import require

SEEN_EVERY = timedelta(seconds=30)


def open_account(*, actor: Actor, email: str, password: str, language: str, at: datetime) -> Account:
    """Create a sign-in; an address that is taken is Invalid."""
    require(actor, "people.manage")
    with transaction.atomic():
        if Account.objects.filter(email__iexact=email).exists():
            raise Invalid(_("This e-mail address is already in use."), field="email")
        account = Account(email=email.strip().lower(), language=language)
        account.set_password(password)
        account.save()
        record(PasswordChanged(account=account.pk), actor=actor, at=at)
    return account


def change_reading(*, account: Account, language: str = "", theme: str = "", time_zone: str = "") -> Account:
    """Set how the account's owner reads: language, theme, zone. Blank leaves as it is."""
    wanted = {"language": language, "theme": theme, "time_zone": time_zone}
    changed = {name: value for name, value in wanted.items() if value}
    for name, value in changed.items():
        setattr(account, name, value)
    account.save(update_fields=list(changed))
    return account


def note_seen(*, account: Account, at: datetime) -> None:
    """Remember that a person uses this account now; written at most twice a minute."""
    if account.last_seen is None or at - account.last_seen > SEEN_EVERY:
        Account.objects.filter(pk=account.pk).update(last_seen=at)
