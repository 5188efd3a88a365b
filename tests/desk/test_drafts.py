"""Words not sent yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.messages import reply
from fengong.desk.models import Draft
from fengong.desk.queries import tickets
from fengong.desk.reading.drafts import drafted, drafts_of, drafts_on, with_draft
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import last_seq
from tests.world import World


def keep(world: World, ticket, body: str, member=None, **more):
    given = {"kind": "reply", "at": world.now, **more}
    who = member or world.li_na
    return keep_draft(actor=who, ticket=ticket, member=who, body=body, **given)


def test_a_draft_is_one_a_member_a_ticket_and_a_kind_and_keeps_its_last_state(world: World) -> None:
    ticket = world.ticket()
    for body in ("您", "您好", "您好，"):
        keep(world, ticket, body)
    keep(world, ticket, "内部", kind="note")
    keep(world, ticket, "", kind="escalate", fields={"tried": "重启", "strange": "x"})
    keep(world, ticket, "hers", member=world.zhou_min)
    found = drafts_on(ticket, world.li_na)
    assert {kind: draft.body for kind, draft in found.items()} == {
        "reply": "您好，",
        "note": "内部",
        "escalate": "",
    }
    assert found["escalate"].fields == {"tried": "重启"}


def test_an_emptied_field_leaves_no_draft(world: World) -> None:
    ticket = world.ticket()
    keep(world, ticket, "x")
    assert keep(world, ticket, "  ") is None
    assert not Draft.objects.exists()


def test_nobody_keeps_drafts_for_others_or_of_unknown_kinds(world: World) -> None:
    ticket = world.ticket()
    with pytest.raises(Denied):
        keep_draft(
            actor=world.zhou_min, ticket=ticket, member=world.li_na, kind="reply", body="x", at=world.now
        )
    with pytest.raises(Invalid):
        keep(world, ticket, "x", kind="poem")


def test_a_list_can_mark_the_tickets_with_my_drafts(world: World) -> None:
    mine, other = world.ticket(), world.ticket()
    keep(world, mine, "x")
    keep(world, other, "y", member=world.zhou_min)
    assert with_draft(world.li_na, [mine.pk, other.pk]) == {mine.pk}
    assert [draft.ticket for draft in drafts_of(world.li_na)] == [mine]
    marks = {row.pk: row.has_draft for row in drafted(tickets(), world.li_na)}
    assert marks == {mine.pk: True, other.pk: False}


def test_typing_writes_nothing_on_the_spine(world: World) -> None:
    ticket = world.ticket()
    before = last_seq()
    keep(world, ticket, "x")
    assert last_seq() == before


def test_a_draft_that_arrives_after_its_words_were_sent_comes_too_late(world: World) -> None:
    ticket = world.ticket()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好，正在核对。", at=world.now)
    soon = world.now + timedelta(seconds=1)
    assert keep(world, ticket, "您好，正在", at=soon) is None
    assert keep(world, ticket, "另外，", at=soon) is not None
    assert keep(world, ticket, "您好，正在", member=world.zhou_min, at=soon) is not None
