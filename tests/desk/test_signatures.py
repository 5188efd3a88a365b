"""Signatures."""

from __future__ import annotations

import pytest

from fengong.desk.actions.signatures import set_signature
from fengong.desk.models import Signature
from fengong.desk.reading.signatures import signature_for, signatures_of_member
from fengong.kernel.errors import Denied, Invalid
from tests.world import World


def test_ones_own_signature_comes_before_the_teams_and_the_language_before_both(world: World) -> None:
    def sign(language: str, body: str, **whose) -> None:
        set_signature(actor=world.wang_fang, language=language, body=body, at=world.now, **whose)

    assert signature_for(world.li_na, "en") == ""
    sign("zh-hans", "北区组", team=world.teams["north"])
    assert signature_for(world.li_na, "en") == "北区组"
    sign("en", "North", team=world.teams["north"])
    assert signature_for(world.li_na, "en") == "North"
    set_signature(actor=world.li_na, member=world.li_na, language="zh-hans", body="李娜", at=world.now)
    assert signature_for(world.li_na, "zh-hans") == "李娜"
    assert signature_for(world.li_na, "en") == "North"
    set_signature(actor=world.li_na, member=world.li_na, language="zh-hans", body=" ", at=world.now)
    assert signatures_of_member(world.li_na) == {}
    assert signature_for(world.li_na, "zh-hans") == "北区组"


def test_agents_set_their_own_signature_only(world: World) -> None:
    for whose in ({"team": world.teams["north"]}, {"member": world.zhou_min}):
        with pytest.raises(Denied):
            set_signature(actor=world.li_na, language="en", body="x", at=world.now, **whose)
    for wrong in ({}, {"member": world.li_na, "team": world.teams["north"]}):
        with pytest.raises(Invalid):
            set_signature(actor=world.li_na, language="en", body="x", at=world.now, **wrong)
    with pytest.raises(Invalid):
        set_signature(actor=world.li_na, member=world.li_na, language="tlh", body="x", at=world.now)
    assert not Signature.objects.exists()
