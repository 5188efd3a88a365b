"""Sign-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.kernel.errors import Denied, Invalid
from fengong.people import queries
from fengong.people.actions.accounts import note_seen, open_account
from fengong.people.models import Account
from tests.world import PASSWORD, World


def opened(world: World, email: str, *, by: str = "admin") -> Account:
    """A new sign-in."""
    return open_account(actor=world.members[by], email=email, password=PASSWORD, language="en", at=world.now)


def test_an_account_is_found_by_its_address_whatever_the_case(world: World):
    account = opened(world, " Zhao@Example.test ")
    assert account.email == "zhao@example.test"
    assert queries.account_by_email("ZHAO@example.TEST") == account
    assert account.check_password(PASSWORD)


def test_an_address_in_use_is_refused_by_the_field(world: World):
    with pytest.raises(Invalid) as refused:
        opened(world, "LI_NA@example.test")
    assert refused.value.field == "email"


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun"])
def test_only_an_administrator_opens_accounts(world: World, name: str):
    with pytest.raises(Denied):
        opened(world, "zhao@example.test", by=name)


def test_an_account_leads_to_its_active_member(world: World):
    account = world.li_na.account
    assert account is not None
    assert queries.member_of(account) == world.li_na
    world.li_na.active = False
    world.li_na.save(update_fields=["active"])
    assert queries.member_of(account) is None


def test_use_of_an_account_is_noted_now_and_then(world: World):
    account = world.li_na.account
    assert account is not None
    for seconds in (0, 10, 40):
        note_seen(account=Account.objects.get(pk=account.pk), at=world.now + timedelta(seconds=seconds))
        account.refresh_from_db()
    assert account.last_seen == world.now + timedelta(seconds=40)
    assert queries.members_seen_since(world.now + timedelta(seconds=20)) == {world.li_na.pk}
    assert queries.members_seen_since(world.now + timedelta(seconds=50)) == set()
