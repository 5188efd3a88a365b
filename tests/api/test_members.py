"""Members, their frame, shifts, customers and promises by JSON."""

from __future__ import annotations

from datetime import timedelta

from fengong.kernel.clock import now
from tests.api.program import Program, as_member, is_problem
from tests.world import World


def test_members_are_listed_with_their_skills(agent: Program, world: World):
    first = agent.get("/members?limit=5").json()
    rest = agent.get(f"/members?limit=5&cursor={first['next']}").json()
    names = [member["name"] for member in first["items"] + rest["items"]]
    assert (len(names), len(set(names)), rest["next"]) == (9, 9, None)
    li_na = first["items"][0]
    assert {skill["topic"]["slug"]: skill["proficiency"] for skill in li_na["skills"]} == {
        "accounts": 4,
        "invoices": 3,
    }
    assert (li_na["team"]["slug"], li_na["position"]["tier"]) == ("north", 1)
    assert agent.get(f"/members/{world.li_na.pk}").json()["position"]["role"] == "agent"
    assert is_problem(agent.get("/members/999"), 404, "missing")


def test_a_skill_is_stated_by_those_who_may(agent: Program, lead: Program, world: World):
    path = f"/members/{world.li_na.pk}/skills/{world.topics['api'].pk}"
    assert is_problem(agent.put(path, {"proficiency": 5}), 403, "denied.skill.set")
    said = lead.put(path, {"proficiency": 2, "source": "assessed"}).json()
    assert (said["topic"]["slug"], said["proficiency"], said["source"]) == ("api", 2, "assessed")
    assert said in lead.get(f"/members/{world.li_na.pk}/skills").json()["items"]
    assert is_problem(lead.put(path, {"proficiency": 6}), 422, "invalid", "proficiency")


def test_presence_is_ones_own_or_that_of_those_one_leads(agent: Program, lead: Program, world: World):
    own, other = f"/members/{world.li_na.pk}/presence", f"/members/{world.chen_li.pk}/presence"
    assert agent.put("/me/presence", {"status": "online"}).json()["status"] == "online"
    assert agent.put(own, {"status": "away"}).json() == {"member_id": world.li_na.pk, "status": "away"}
    assert lead.put(own, {"status": "offline"}).status_code == 200
    assert agent.get(own).json()["status"] == "offline"
    assert is_problem(lead.put(other, {"status": "online"}), 403, "denied")
    assert is_problem(agent.put(own, {"status": "asleep"}), 422, "invalid", "status")
    assert is_problem(lead.get("/members/999/presence"), 404, "missing")


def test_everybody_reads_their_own_presence_and_shifts(world: World):
    counsellor = as_member(world, "tang_yun")
    own, other = world.tang_yun.pk, world.li_na.pk
    assert counsellor.get(f"/members/{own}/presence").json()["status"] == "offline"
    assert counsellor.get(f"/shifts?member={own}").json()["items"] == []
    assert is_problem(counsellor.get(f"/members/{other}/presence"), 403, "denied")
    assert is_problem(counsellor.get(f"/shifts?member={other}"), 403, "denied")
    assert is_problem(counsellor.get("/shifts"), 403, "denied")


def test_shifts_are_planned_and_listed_in_order(agent: Program, lead: Program, world: World):
    start = now().replace(microsecond=0) + timedelta(hours=1)
    for day in range(3):
        begins = start + timedelta(days=day)
        shift = {"member_id": world.li_na.pk, "starts_at": begins.isoformat()}
        shift["ends_at"] = (begins + timedelta(hours=8)).isoformat()
        assert lead.post("/shifts", shift).status_code == 201
        assert is_problem(lead.post("/shifts", shift), 409, "conflict", "starts_at")
    assert is_problem(agent.post("/shifts", shift), 403, "denied.shift.plan")
    first = agent.get("/shifts?limit=2").json()
    rest = agent.get(f"/shifts?limit=2&cursor={first['next']}&member={world.li_na.pk}").json()
    starts = [shift["starts_at"] for shift in first["items"] + rest["items"]]
    assert (len(starts), starts) == (3, sorted(starts))
    assert agent.get("/me").json()["shift"]["starts_at"] == starts[0]


def test_a_span_that_runs_backward_or_has_no_zone(lead: Program):
    assert is_problem(lead.get("/shifts?start=2026-03-02T06:00:00"), 422, "invalid", "start")
    assert is_problem(lead.get("/shifts?start=0001-01-01T00:00:00Z"), 422, "invalid", "start")
    both = "start=2026-03-02T06:00:00Z&end=2026-03-02T05:00:00Z"
    assert is_problem(lead.get(f"/shifts?{both}"), 422, "invalid", "end")
    assert lead.get("/shifts?start=2026-03-02T06:00:00Z").json()["items"] != []


def test_capacity_is_set_by_administrators(lead: Program, admin: Program, world: World):
    path = f"/members/{world.li_na.pk}/capacity"
    assert is_problem(lead.put(path, {"capacity": 60}), 403, "denied.people.manage")
    assert admin.put(path, {"capacity": 60}).json() == {"effort": 0, "capacity": 60, "tickets": 0}
    assert is_problem(admin.put(path, {"capacity": 10**9}), 422, "invalid", "capacity")


def test_the_frame_is_there_for_everybody_at_work(world: World):
    counsellor = as_member(world, "tang_yun")
    slugs = {
        path: [item["slug"] for item in counsellor.get(path).json()["items"]]
        for path in ("/teams", "/positions", "/topics")
    }
    assert slugs["/teams"] == ["north", "south"]
    assert slugs["/topics"] == ["accounts", "api", "invoices"]
    assert set(slugs["/positions"]) == {"l1", "l2", "l3", "lead", "hr", "counsellor", "admin"}
    assert counsellor.get("/topics").json()["items"][0]["minutes_3"] == 40


def test_customers_are_found_and_written_down_once(agent: Program, world: World):
    given = {"email": "Li@Nanshan.example", "name": "李雷", "organization": "南山"}
    first, second = agent.post("/customers", given).json(), agent.post("/customers", given).json()
    assert first == second
    assert (first["email"], first["organization"]["name"]) == ("li@nanshan.example", "南山")
    for query in ("南山", "李", "nanshan"):
        found = agent.get(f"/customers?q={query}").json()["items"]
        assert [customer["id"] for customer in found] == [first["id"]]
    assert len(agent.get("/customers").json()["items"]) == 2
    assert is_problem(agent.get("/customers?q=%00"), 422, "invalid", "q")
    assert is_problem(agent.get("/customers/999"), 404, "missing")


def test_promises_are_read_by_all_and_made_by_administrators(agent: Program, admin: Program):
    promise = {"first_response_minutes": 5, "resolution_minutes": 60}
    assert is_problem(agent.put("/service-levels/4", promise), 403, "denied.people.manage")
    assert admin.put("/service-levels/4", promise).json() == {"priority": 4, **promise}
    levels = agent.get("/service-levels").json()["items"]
    assert [level["priority"] for level in levels] == [1, 2, 3, 4]
    assert levels[3]["first_response_minutes"] == 5
    assert is_problem(admin.put("/service-levels/5", promise), 422, "invalid", "priority")
