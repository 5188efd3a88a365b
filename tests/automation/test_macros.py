"""Macros: for whom they are, what they would write and do, and that they do all of it or nothing."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from fengong.automation import queries
from fengong.automation.actions.macros import (
    MacroDraft,
    apply_macro,
    define_macro,
    preview_macro,
    remove_macro,
    update_macro,
)
from fengong.desk import queries as desk
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Conflict, Denied, Invalid, Missing
from fengong.kernel.spine import history
from tests.world import World


def _macro(world: World, **more):
    given = {
        "name_zh": "请补充",
        "name_en": "Ask for details",
        "body_zh": "{{customer.name}}，请补充截图。\n\n{{member.name}}",
        "body_en": "Hello {{customer.name}}, please send a screenshot.",
        "deeds": [{"deed": "set_priority", "priority": 3}, {"deed": "wait"}],
        **more,
    }
    return define_macro(actor=world.wang_fang, draft=MacroDraft(**given), at=world.now)


def _taken(world: World, **more):
    world.go_online()
    ticket = world.ticket(**more)
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)


def test_a_macro_replies_and_does_its_deeds_under_the_members_name(world: World):
    macro, ticket = _macro(world), _taken(world)
    done = apply_macro(actor=world.li_na, ticket=ticket, member=world.li_na, macro=macro, at=world.now)
    assert (done.priority, done.status) == (3, "pending")
    written = desk.thread(ticket).last()
    assert (written.member, written.body) == (world.li_na, "王强，请补充截图。\n\n李娜")
    assert history("ticket", ticket.pk).last().verb == "ticket.macro_applied"


def test_what_the_member_edited_is_what_is_sent(world: World):
    macro, ticket = _macro(world), _taken(world)
    apply_macro(
        actor=world.li_na, ticket=ticket, member=world.li_na, macro=macro, body="改过的", at=world.now
    )
    assert desk.thread(ticket).last().body == "改过的"


def test_a_macro_whose_step_is_refused_writes_nothing_and_counts_no_use(world: World):
    macro = _macro(world)
    ticket = world.ticket()  # waits for an owner, so it cannot wait for its customer
    with pytest.raises(Conflict):
        apply_macro(actor=world.wang_fang, ticket=ticket, member=world.wang_fang, macro=macro, at=world.now)
    ticket.refresh_from_db()
    macro.refresh_from_db()
    assert (desk.thread(ticket).count(), ticket.priority, macro.uses) == (1, 2, 0)


def test_a_macro_on_a_ticket_that_changed_meanwhile_is_stopped(world: World):
    macro, ticket = _macro(world), _taken(world)
    with pytest.raises(Conflict) as refused:
        apply_macro(actor=world.li_na, ticket=ticket, member=world.li_na, macro=macro, at=world.now, seen=1)
    assert refused.value.code == "stale"


@pytest.mark.parametrize(("language", "begins"), [("zh-hans", "王强，"), ("en", "Hello 王强")])
def test_a_preview_is_in_the_customers_language_and_changes_nothing(world: World, language, begins):
    macro, ticket = _macro(world), world.ticket(language=language)
    with override("en"):
        preview = preview_macro(macro=macro, ticket=ticket, member=world.li_na)
    assert preview.body.startswith(begins)
    assert [chip.text for chip in preview.chips] == ["Priority: High", "Let it wait"]
    assert desk.thread(ticket).count() == 1


def test_a_macro_of_a_team_or_a_member_is_no_one_elses(world: World):
    of_south = _macro(world, name_en="south", team=world.teams["south"])
    own = define_macro(
        actor=world.li_na, draft=MacroDraft(name_en="own", body_en="x", member=world.li_na), at=world.now
    )
    shared = _macro(world)
    assert set(queries.macros_for(world.li_na)) == {own, shared}
    assert set(queries.macros_for(world.chen_li)) == {of_south, shared}
    with pytest.raises(Missing):
        preview_macro(macro=own, ticket=world.ticket(), member=world.chen_li)


def test_agents_keep_only_their_own_macros(world: World):
    shared = _macro(world)
    for draft in (
        MacroDraft(name_en="all", body_en="x"),
        MacroDraft(name_en="hers", body_en="x", member=world.sun_hao),
    ):
        with pytest.raises(Denied):
            define_macro(actor=world.li_na, draft=draft, at=world.now)
    with pytest.raises(Denied):
        remove_macro(actor=world.li_na, macro=shared, at=world.now)
    with pytest.raises(Denied):
        update_macro(
            actor=world.li_na,
            macro=shared,
            draft=MacroDraft(name_en="mine now", body_en="x", member=world.li_na),
            at=world.now,
        )


def test_the_picker_shows_the_most_used_first_and_finds_by_name_or_text(world: World):
    rare, often = _macro(world, name_en="rare"), _macro(world, name_en="often", body_en="refund")
    apply_macro(actor=world.li_na, ticket=_taken(world), member=world.li_na, macro=often, at=world.now)
    assert list(queries.macros_for(world.li_na)) == [often, rare]
    assert list(queries.macros_for(world.li_na, "REFUND")) == [often]
    assert list(queries.macros_for(world.li_na, "补充 rare")) == [rare]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name_zh": "", "name_en": " "}, "name_zh"),
        ({"body_zh": "", "body_en": "", "deeds": []}, "body_zh"),
        ({"body_en": "{{customer.shoe}}"}, "body_en"),
        ({"deeds": [{"deed": "fly"}]}, "deeds.0"),
        ({"writes": "poem"}, "writes"),
        ({"name_en": "x" * 121}, "name_en"),
    ],
)
def test_a_macro_that_makes_no_sense_is_refused_with_its_field(world: World, given, field):
    with pytest.raises(Invalid) as refused:
        _macro(world, **given)
    assert refused.value.field == field
