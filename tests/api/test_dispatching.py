"""Who gets a ticket, why, how it moves, how it ends, by JSON."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.silence import move_on_from_silent
from fengong.kernel.actor import MATCHER, SYSTEM
from tests.api.program import Program, as_member, is_problem
from tests.world import World

NOTE = {"tried": "重置过密码", "found": "账号被锁", "wanted": "解锁"}


def test_a_waiting_ticket_can_be_taken(agent: Program, world: World):
    ticket = world.ticket()
    said = agent.put(f"/tickets/{ticket.pk}/assignment", {"member_id": world.li_na.pk}).json()
    assert (said["status"], said["owner"]) == ("open", {"id": world.li_na.pk, "name": "李娜"})
    why = agent.get(f"/tickets/{ticket.pk}/decision").json()
    assert (why["kind"], why["by"], why["winner"]["member"]["name"]) == ("taken", world.li_na.ref, "李娜")


def test_an_assignment_names_what_is_wrong(agent: Program, lead: Program, world: World):
    path = f"/tickets/{world.ticket(difficulty=3).pk}/assignment"
    assert is_problem(lead.put(path, {"member_id": 999}), 404, "missing", "member_id")
    assert is_problem(lead.put(path, {"member_id": world.wang_fang.pk}), 409, "capacity")
    assert is_problem(agent.put(path, {"member_id": world.sun_hao.pk}), 403, "denied")
    assert is_problem(lead.put(path, {"member_id": world.he_jie.pk}, If_Match='"7"'), 412, "stale")
    assert is_problem(lead.put(path, {"member_id": "x"}), 422, "invalid", "member_id")


def test_why_this_person_has_names_terms_others_and_exclusions(agent: Program, world: World):
    world.go_online("li_na", "zhou_min", "he_jie")
    ticket = world.ticket()
    assert is_problem(agent.get(f"/tickets/{ticket.pk}/decision"), 404, "missing")
    match_waiting(actor=MATCHER, at=world.now)
    why = agent.get(f"/tickets/{ticket.pk}/decision").json()
    assert (why["kind"], why["by"], why["policy"]) == ("matched", "system:matcher", "fengong")
    assert why["winner"]["member"]["position"]["slug"] in ("l1", "l2", "l3")
    assert {"skill_fit", "lateness"} <= why["winner"]["terms"].keys()
    assert all(other["member"]["name"] for other in why["alternatives"])
    out = {group["reason"]: [m["member"]["name"] for m in group["members"]] for group in why["exclusions"]}
    assert set(out["absent"]) == {"Sun Hao", "陈立"}
    assert why["considered"] == 5


def test_why_a_ticket_waits(agent: Program, world: World):
    ticket = world.ticket()
    assert is_problem(agent.get(f"/tickets/{ticket.pk}/wait"), 404, "missing")
    match_waiting(actor=MATCHER, at=world.now)
    wait = agent.get(f"/tickets/{ticket.pk}/wait").json()
    assert (wait["eligible"], wait["excluded"]["absent"]) == (0, 5)


def test_an_escalation_leads_to_the_next_tier(agent: Program, world: World):
    ticket = world.ticket()
    agent.put(f"/tickets/{ticket.pk}/assignment", {"member_id": world.li_na.pk})
    path = f"/tickets/{ticket.pk}/escalation"
    assert is_problem(agent.post(path, {**NOTE, "found": ""}), 422, "invalid", "found")
    response = agent.post(path, NOTE)
    assert response.status_code == 201
    said = response.json()
    assert (said["from_tier"], said["to_tier"], said["member"]["name"]) == (1, 2, "李娜")
    assert agent.get(f"/tickets/{ticket.pk}/escalations").json() == {"items": [said]}
    after = agent.get(f"/tickets/{ticket.pk}")
    assert (after.json()["tier"], after.json()["owner"]) == (2, None)
    assert after.headers["ETag"] == response.headers["ETag"]


def test_a_resolution_stands_until_it_is_taken_back(agent: Program, world: World):
    ticket = world.ticket()
    agent.put(f"/tickets/{ticket.pk}/assignment", {"member_id": world.li_na.pk})
    path = f"/tickets/{ticket.pk}/resolution"
    assert agent.post(path).json()["status"] == "resolved"
    assert agent.post(path).json()["version"] == 3
    assert is_problem(agent.delete(path, If_Match='"1"'), 412, "stale")
    reopened = agent.delete(path, If_Match='"3"')
    assert reopened.json()["status"] == "open"
    assert reopened.headers["ETag"] == f'"{Ticket.objects.get().version}"'
    assert is_problem(agent.delete(path), 409, "conflict")


def test_only_its_owner_or_a_lead_settles_a_ticket(agent: Program, lead: Program, world: World):
    ticket = world.ticket()
    assert is_problem(agent.post(f"/tickets/{ticket.pk}/resolution"), 403, "denied")
    assert lead.post(f"/tickets/{ticket.pk}/resolution").status_code == 200


def test_a_ticket_can_wait_for_its_customer(agent: Program, world: World):
    ticket = world.ticket()
    path = f"/tickets/{ticket.pk}/pending"
    agent.put(f"/tickets/{ticket.pk}/assignment", {"member_id": world.li_na.pk})
    assert is_problem(agent.post(path, If_Match='"1"'), 412, "stale")
    assert agent.post(path).json()["status"] == "pending"
    assert is_problem(agent.post(path), 409, "conflict")


def test_a_waiting_ticket_can_be_graded(agent: Program, world: World):
    ticket = world.ticket(topic=None)
    path = f"/tickets/{ticket.pk}/grade"
    api = world.topics["api"].pk
    said = agent.put(path, {"topic_id": api, "difficulty": 3}).json()
    assert (said["topic"]["slug"], said["effort"], said["tier"], said["priority"]) == ("api", 60, 3, 2)
    assert is_problem(agent.put(path, {"topic_id": 999, "difficulty": 3}), 404, "missing", "topic_id")
    assert is_problem(agent.put(path, {"topic_id": api, "difficulty": 4}), 422, "invalid", "difficulty")
    stale = agent.put(path, {"topic_id": api, "difficulty": 1}, If_Match='"1"')
    assert is_problem(stale, 412, "stale")


def test_the_board_shows_who_holds_what_and_what_waits(lead: Program, world: World):
    world.go_online("li_na")
    held, waits = world.ticket(), world.ticket("发票", topic="invoices", difficulty=3)
    as_member(world, "li_na").put(f"/tickets/{held.pk}/assignment", {"member_id": world.li_na.pk})
    match_waiting(actor=MATCHER, at=world.now)
    board = lead.get("/board").json()
    row = next(row for row in board["rows"] if row["member"]["name"] == "李娜")
    assert (row["status"], row["load"]["effort"], row["load"]["capacity"]) == ("online", 10, 120)
    assert [ticket["id"] for ticket in row["tickets"]] == [held.pk]
    assert [waiting["ticket"]["id"] for waiting in board["waiting"]] == [waits.pk]
    assert board["waiting"][0]["wait"]["eligible"] == 0
    assert len(board["rows"]) == 5


def test_a_ticket_is_given_back_a_tier_and_its_steps_tell_the_answer(world: World):
    ticket = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)
    assert as_member(world, "li_na").post(f"/tickets/{ticket.pk}/escalation", NOTE).status_code == 201
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    back = {"found": "已解锁", "wanted": "请告知客户"}
    answer = as_member(world, "zhou_min").post(f"/tickets/{ticket.pk}/deescalation", back)
    assert (answer.status_code, answer.json()["to_tier"]) == (201, 1)
    up, down = as_member(world, "li_na").get(f"/tickets/{ticket.pk}/escalations").json()["items"]
    assert (up["answer"], up["answered_by"]["id"], down["found"]) == ("已解锁", world.zhou_min.pk, "已解锁")


def test_a_move_by_a_rule_tells_who_had_it_and_what_the_rule_saw(world: World):
    world.go_online("li_na", "sun_hao")
    ticket = world.ticket(priority=4)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    move_on_from_silent(actor=SYSTEM, at=world.now + timedelta(minutes=31))
    [move] = as_member(world, "zhou_min").get(f"/tickets/{ticket.pk}/moves").json()["items"]
    assert (move["kind"], move["figures"]) == ("silent", {"minutes": 31})
    assert (move["member"]["id"], move["to"]["id"]) == (world.li_na.pk, world.sun_hao.pk)
    assert as_member(world, "zhou_min").get(f"/tickets/{ticket.pk}/decision").json()["kind"] == "moved"
