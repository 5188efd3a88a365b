"""What Zendesk, Freshdesk, Zammad and Chatwoot export comes in whole: people, turns, states, times as they were."""

from __future__ import annotations

from datetime import UTC, datetime

from fengong.desk.models import Message, Ticket
from fengong.kernel.models import Event
from tests.integrations.imports.conftest import Bring
from tests.integrations.imports.exports import CHATWOOT, FRESHDESK, ZAMMAD, zendesk, zendesk_ticket
from tests.world import World


def test_a_zendesk_ticket_keeps_its_times_turns_tags_and_fields(world: World, bring: Bring):
    run = bring("zendesk", zendesk())
    ticket = Ticket.objects.get(external_id="zendesk:acme:t35436")
    assert (run.counts["new"], run.counts["people"], run.refused) == (1, 1, 0)
    assert (ticket.status, ticket.reason, ticket.priority, ticket.channel) == (
        "resolved",
        "solved",
        3,
        "mail",
    )
    assert ticket.opened_at == datetime(2025, 7, 20, 22, 55, 29, tzinfo=UTC)
    assert ticket.resolved_at == datetime(2025, 7, 21, 10, 38, 52, tzinfo=UTC)
    assert ticket.first_responded_at == datetime(2025, 7, 21, 10, 38, 52, tzinfo=UTC)
    assert (ticket.owner, ticket.customer.email) == (world.li_na, "zhou@beifeng.example")
    assert ticket.customer.organization is not None
    assert ticket.customer.organization.name == "北风商贸"
    assert {tagging.tag.name for tagging in ticket.taggings.all()} == {"VIP", "发票"}
    assert ticket.fields == {"27642": "A-12"}


def test_each_turn_has_its_writer_and_notes_stay_internal(world: World, bring: Bring):
    bring("zendesk", zendesk())
    asked, note, answer = Message.objects.filter(external_id__startswith="zendesk:").order_by("at")
    assert (asked.contact is not None, asked.kind) == (True, "public")
    assert "<script" not in asked.html
    assert (note.kind, note.member) == ("note", world.li_na)
    assert (answer.member, answer.contact, bool(answer.author_name)) == (None, None, True)


def test_freshdesk_conversations_that_stand_apart_find_their_ticket(world: World, bring: Bring):
    bring("freshdesk", FRESHDESK)
    ticket = Ticket.objects.get(external_id="freshdesk:acme:t11")
    assert [message.body for message in ticket.messages.order_by("at")] == [
        "It burns", "Pour water", "Call the fire brigade?",
    ]  # fmt: skip
    assert (ticket.status, ticket.reason, ticket.owner, ticket.priority) == (
        "pending", "customer", world.li_na, 4,
    )  # fmt: skip
    assert (ticket.channel, ticket.customer.language) == ("phone", "en")


def test_a_zammad_ticket_of_nobody_waits_for_an_owner(world: World, bring: Bring):
    bring("zammad", ZAMMAD)
    ticket = Ticket.objects.get(external_id="zammad:acme:t1")
    assert (ticket.status, ticket.owner, ticket.channel) == ("waiting", None, "mail")
    assert ticket.messages.get().body == "Where are my beans?"


def test_a_chatwoot_conversation_takes_its_first_words_as_subject(world: World, bring: Bring):
    bring("chatwoot", CHATWOOT)
    ticket = Ticket.objects.get(external_id="chatwoot:acme:t12")
    assert (ticket.subject, ticket.status, ticket.owner) == ("hi, my bill", "resolved", world.li_na)
    assert [message.body for message in ticket.messages.order_by("at")] == ["hi, my bill", "Look here"]


def test_nobody_is_told_and_nothing_is_promised(world: World, bring: Bring):
    bring("zendesk", zendesk(zendesk_ticket(status="open", assignee_id=None)))
    told = set(Event.objects.filter(subjects__kind="ticket").values_list("verb", flat=True))
    assert told == {"ticket.imported"}
    assert Ticket.objects.get(external_id="zendesk:acme:t35436").next_due_at is None


def test_open_work_goes_back_to_its_owner_within_capacity(world: World, bring: Bring):
    bring("zendesk", zendesk(zendesk_ticket(status="open")))
    assert Ticket.objects.get(external_id="zendesk:acme:t35436").owner == world.li_na


def test_a_deleted_ticket_is_left_out(world: World, bring: Bring):
    assert bring("zendesk", zendesk(zendesk_ticket(status="deleted"))).counts.get("new", 0) == 0


def test_tags_of_any_kind_are_made_to_fit(world: World, bring: Bring):
    odd = ["a,b", " ", "", "#", "长" * 90, "VIP", "vip", "-", "x\x00y"]
    bring("zendesk", zendesk(zendesk_ticket(tags=odd)))
    ticket = Ticket.objects.get(external_id="zendesk:acme:t35436")
    assert {tagging.tag.name for tagging in ticket.taggings.all()} == {"a-b", "长" * 40, "vip", "xy"}
