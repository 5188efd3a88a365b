"""Who signs in: the account with its member, team and position in one statement; every page asks for them all."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from fengong.people.models import Account


class AccountBackend(ModelBackend):
    """Django's own way of signing in by password; of who is signed in, it reads everything a page needs."""

    def get_user(self, user_id: int) -> Account | None:
        known = Account.objects.select_related("member__team", "member__position")
        account = known.filter(pk=user_id).first()
        return account if account is not None and self.user_can_authenticate(account) else None
