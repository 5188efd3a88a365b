"""Words not sent yet."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.scheduled import schedule_reply
from fengong.desk.actions.sides import start_side
from fengong.desk.models import Draft
from fengong.desk.queries import tickets
from fengong.desk.reading.drafts import drafted, drafts_of, drafts_on
from fengong.desk.reading.freshness import heard_of
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.kernel.errors import Conflict, Denied, Invalid
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
    assert [draft.ticket for draft in drafts_of(world.li_na)] == [mine]
    marks = {row.pk: row.has_draft for row in drafted(tickets(), world.li_na)}
    assert marks == {mine.pk: True, other.pk: False}


def test_typing_writes_nothing_on_the_spine(world: World) -> None:
    ticket = world.ticket()
    before = last_seq()
    keep(world, ticket, "x")
    assert last_seq() == before


def test_a_draft_that_arrives_after_its_words_were_sent_is_refused(world: World) -> None:
    ticket = world.ticket()
    heard = heard_of(ticket)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好，正在核对。", at=world.now)
    with pytest.raises(Conflict):
        keep(world, ticket, "您好，正在", heard=heard)
    assert not Draft.objects.exists()
    assert keep(world, ticket, "您好，正在", kind="note", heard=heard) is not None
    assert keep(world, ticket, "您好，正在", member=world.zhou_min, heard=heard) is not None
    assert keep(world, ticket, "另外，", heard=heard_of(ticket)) is not None


@pytest.mark.parametrize("kind", ["reply", "note", "escalate", "side"])
def test_each_way_of_sending_ends_the_draft_of_its_kind(world: World, kind: str) -> None:
    ticket = world.ticket("x", topic="api", difficulty=2)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    heard, who = heard_of(ticket), world.zhou_min
    by: dict[str, Any] = {"actor": who, "ticket": ticket, "at": world.now}
    if kind == "reply":
        schedule_reply(**by, member=who, body="x", due_at=world.now + timedelta(hours=1))
    elif kind == "note":
        add_note(**by, member=who, body="x")
    elif kind == "escalate":
        escalate_ticket(**by, tried="x", found="x", wanted="x")
    else:
        start_side(**by, member=who, subject="x", participants=["bank@example.org"], body="x")
    with pytest.raises(Conflict):
        keep(world, ticket, "x", member=who, kind=kind, heard=heard)


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_arrives_while_its_words_are_being_sent_is_refused(world: World) -> None:
    """It may not look before the answer is there and write after it: so it came back into the composer."""
    ticket, found = world.ticket(), []
    heard, begun = heard_of(ticket), threading.Event()

    def late() -> None:
        begun.set()
        try:
            found.append(keep(world, ticket, "您好", heard=heard))
        except Conflict as refusal:
            found.append(refusal.code)
        finally:
            connection.close()

    thread = threading.Thread(target=late)
    with transaction.atomic():
        reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
        thread.start()
        begun.wait(20)
        time.sleep(0.3)  # it now waits for the lock, or has looked too early
    thread.join(60)
    assert (found, Draft.objects.count()) == (["sent"], 0)
