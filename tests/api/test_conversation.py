"""Replies, notes and what customers wrote, by JSON."""

from __future__ import annotations

from fengong.desk.models import Message, Ticket
from tests.api.program import Program, as_member, is_problem
from tests.world import World


def test_a_reply_is_public_and_makes_a_new_version(agent: Program, world: World):
    ticket = world.ticket()
    response = agent.post(f"/tickets/{ticket.pk}/replies", {"body": "请点“忘记密码”。"})
    assert response.status_code == 201
    said = response.json()
    assert (said["kind"], said["member"]["name"], said["customer"]) == ("public", "李娜", None)
    assert response.headers["ETag"] == '"2"'
    assert agent.get(f"/tickets/{ticket.pk}").json()["first_responded_at"] is not None


def test_the_thread_is_read_in_order(agent: Program, world: World):
    ticket = world.ticket()
    agent.post(f"/tickets/{ticket.pk}/notes", {"body": "问过二线了"})
    agent.post(f"/tickets/{ticket.pk}/replies", {"body": "好了"})
    agent.post(f"/tickets/{ticket.pk}/customer-messages", {"body": "谢谢"})
    said = agent.get(f"/tickets/{ticket.pk}/thread?limit=3").json()
    rest = agent.get(f"/tickets/{ticket.pk}/thread?cursor={said['next']}").json()
    turns = [(turn["kind"], turn["body"]) for turn in said["items"] + rest["items"]]
    assert turns == [
        ("public", "请帮我看看。"),
        ("note", "问过二线了"),
        ("public", "好了"),
        ("public", "谢谢"),
    ]
    assert rest["items"][0]["customer"]["name"] == "王强"
    assert rest["next"] is None


def test_a_reply_from_an_old_page_is_refused(agent: Program, world: World):
    ticket = world.ticket()
    path = f"/tickets/{ticket.pk}/replies"
    tag = agent.get(f"/tickets/{ticket.pk}").headers["ETag"]
    first = agent.post(path, {"body": "好了"}, If_Match=tag)
    again = agent.post(path, {"body": "好了"}, If_Match=tag)
    assert first.status_code == 201
    assert is_problem(again, 412, "stale")
    assert Message.objects.filter(member__isnull=False).count() == 1
    assert agent.post(path, {"body": "还有"}, If_Match=first.headers["ETag"]).status_code == 201
    assert agent.post(path, {"body": "还有"}, If_Match="*").status_code == 201


def test_a_tag_of_another_make_never_matches(agent: Program, world: World):
    path = f"/tickets/{world.ticket().pk}/replies"
    for tag in ("1", 'W/"1"', '"x"', '"1", "2"', '"٣"'.encode().decode("latin-1")):
        assert is_problem(agent.post(path, {"body": "好了"}, If_Match=tag), 412, "stale")


def test_an_empty_message_is_refused(agent: Program, world: World):
    ticket = world.ticket()
    for kind in ("replies", "notes", "customer-messages"):
        path = f"/tickets/{ticket.pk}/{kind}"
        assert is_problem(agent.post(path, {"body": ""}), 422, "invalid", "body")
        assert is_problem(agent.post(path, {"body": "  \n"}), 422, "invalid", "body")
        assert is_problem(agent.post(path), 422, "invalid")


def test_what_a_customer_wrote_arrives_once(agent: Program, world: World):
    path = f"/tickets/{world.ticket().pk}/customer-messages"
    first, second = (agent.post(path, {"body": "还在吗", "external_id": "m-1"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    keyed = [agent.post(path, {"body": "在吗"}, Idempotency_Key="k") for _ in range(2)]
    assert [answer.status_code for answer in keyed] == [201, 200]
    assert keyed[0].json()["external_id"] == ""
    assert is_problem(agent.post(path, {"body": "别的"}, Idempotency_Key="k"), 409, "key_reused")


def test_a_customer_brings_a_resolved_ticket_back(world: World, lead: Program):
    ticket = world.ticket()
    lead.post(f"/tickets/{ticket.pk}/resolution")
    lead.post(f"/tickets/{ticket.pk}/customer-messages", {"body": "还是不行"})
    assert Ticket.objects.get().status == "waiting"


def test_a_long_message_is_kept_whole(world: World):
    ticket = world.ticket()
    agent = as_member(world, "li_na")
    body = "长" * 100_000
    assert agent.post(f"/tickets/{ticket.pk}/notes", {"body": body}).json()["body"] == body
    assert is_problem(
        agent.post(f"/tickets/{ticket.pk}/notes", {"body": body + "。"}), 422, "invalid", "body"
    )
