"""Macros, rules and webhooks by JSON."""

from __future__ import annotations

import pytest

from fengong.automation.models import Macro, Rule, RuleRun
from fengong.desk import queries as desk
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.integrations.webhooks.models import Delivery
from tests.api.program import Program, is_problem
from tests.automation.steps import PRIORITY, rule, runs
from tests.world import World

RULE = {"name_en": "Shout", "events": ["opened"], "condition": "priority:low", "deeds": [PRIORITY]}
HOOK = {"name": "crm", "url": "https://example.com/hook", "events": ["ticket.opened"]}


def test_every_deed_is_described_with_what_it_must_be_told(agent: Program):
    said = {deed["deed"]: deed for deed in agent.get("/deeds").json()["items"]}
    priority = said["set_priority"]["parameters"][0]
    assert (priority["name"], priority["required"], priority["choices"]) == ("priority", True, [1, 2, 3, 4])
    assert said["note"]["parameters"][0]["kind"] == "area"


def test_a_macro_is_kept_previewed_applied_changed_and_removed(agent: Program, world: World):
    world.go_online()
    given = {
        "name_en": "Thanks",
        "body_en": "Hi {{customer.name}}",
        "body_zh": "{{customer.name}}，您好",
        "own": True,
    }
    macro = agent.post("/macros", {**given, "deeds": [{"deed": "set_priority", "priority": 3}]}).json()
    ticket = world.ticket()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    shown = agent.get(f"/macros/{macro['id']}/preview?ticket={ticket.pk}").json()
    assert shown == {"body": "王强，您好", "deeds": ["Priority: High"]}
    done = agent.post(f"/macros/{macro['id']}/applications", {"ticket_id": ticket.pk})
    assert (done.status_code, done.json()["priority"]) == (201, 3)
    assert desk.thread(ticket).last().body == "王强，您好"
    changed = agent.put(f"/macros/{macro['id']}", {**given, "name_en": "Welcome"}).json()
    assert (changed["name_en"], changed["deeds"], changed["uses"]) == ("Welcome", [], 1)
    assert agent.delete(f"/macros/{macro['id']}").status_code == 204
    assert Macro.objects.count() == 0


def test_another_members_macro_is_not_there(agent: Program, admin: Program, world: World):
    kept = Macro.objects.create(name_en="hers", body_en="x", member=world.sun_hao)
    assert is_problem(agent.get(f"/macros/{kept.pk}"), 404)
    assert is_problem(agent.post("/macros", {"name_en": "all", "body_en": "x"}), 403)
    assert is_problem(
        admin.post("/macros", {"name_en": "x", "body_en": "x", "team_id": 999}), 404, field="team_id"
    )


def test_a_rule_is_tried_kept_switched_and_removed(admin: Program, world: World):
    meant = world.ticket(priority=1)
    tried = admin.post("/rules/rehearsals", {**RULE, "last": 50}).json()
    assert (tried["looked_at"], [one["ticket_id"] for one in tried["found"]]) == (1, [meant.pk])
    kept = admin.post("/rules", RULE).json()
    assert kept["active"] is False
    assert admin.put(f"/rules/{kept['id']}/activity", {"active": True}).json()["active"] is True
    timed = {**RULE, "when": "time", "clock": "idle", "minutes": 60}
    assert admin.put(f"/rules/{kept['id']}", timed).json()["clock"] == "idle"
    assert admin.delete(f"/rules/{kept['id']}").status_code == 204
    assert is_problem(admin.get(f"/rules/{kept['id']}"), 404)
    assert Rule.objects.count() == 1 and admin.get("/rules").json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"condition": "priority>=sky"}, "condition"), ({"events": ["eclipse"]}, "events"),
     ({"deeds": [{"deed": "note"}]}, "deeds.0.text"), ({"deeds": [{"deed": "note", "text": "\x00"}]}, "deeds.0.text")],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_with_its_field(admin: Program, wrong, field):
    assert is_problem(admin.post("/rules", {**RULE, **wrong}), 422, field=field)


def test_agents_and_leads_see_no_rules(agent: Program, lead: Program):
    for program in (agent, lead):
        for path in ("/rules", "/rules/runs", "/webhooks"):
            assert is_problem(program.get(path), 403)
        assert is_problem(program.post("/rules", RULE), 403)
        assert is_problem(program.post("/rules/rehearsals", RULE), 403)
        assert is_problem(program.post("/webhooks", HOOK), 403)


def test_the_log_is_read_by_rule_ticket_and_outcome(admin: Program, world: World):
    kept, ticket = rule(world), world.ticket()
    for seq, state in ((1, "done"), (2, "refused")):
        outcome = {"deed": "wait", "done": state == "done", "code": "", "said": ""}
        RuleRun.objects.create(
            rule=kept, ticket=ticket, seq=seq, at=world.now, state=state, outcomes=[outcome]
        )
    found = admin.get(f"/rules/runs?rule={kept.pk}&ticket={ticket.pk}&state=refused").json()["items"]
    assert [(run["seq"], run["outcomes"][0]["done"]) for run in found] == [(2, False)]
    page = admin.get("/rules/runs?limit=1").json()
    assert len(page["items"]) == 1
    assert len(admin.get(f"/rules/runs?limit=1&cursor={page['next']}").json()["items"]) == 1
    assert len(runs("id")) == 2


def test_a_webhook_is_made_pinged_rotated_and_its_secret_shown_once(admin: Program):
    made = admin.post("/webhooks", HOOK).json()
    assert made["secret"].startswith("whsec_")
    path = f"/webhooks/{made['id']}"
    assert "secret" not in admin.get(path).json()
    assert admin.post(f"{path}/secrets").json()["secret"] != made["secret"]
    sent = admin.post(f"{path}/pings").json()
    assert (sent["type"], sent["state"]) == ("endpoint.ping", "waiting")
    Delivery.objects.update(
        state="failed",
        tries=10,
        log=[{"at": "2026-03-02T06:00:00+00:00", "status": None, "milliseconds": 3, "said": "x"}],
    )
    again = admin.post(f"/webhooks/deliveries/{sent['id']}/attempts").json()
    assert (again["state"], again["tries"], again["message_id"]) == ("waiting", 0, sent["message_id"])
    assert admin.get(f"{path}/deliveries?state=waiting").json()["items"][0]["log"][0]["status"] is None
    assert admin.put(f"{path}/activity", {"active": False}).json()["active"] is False
    assert is_problem(admin.post(f"{path}/pings"), 409)
    assert admin.delete(path).status_code == 204


def test_a_webhook_to_a_private_address_is_refused(admin: Program):
    for url in ("https://127.0.0.1/", "http://example.com/", "https://[fd00::1]/x"):
        assert is_problem(admin.post("/webhooks", {**HOOK, "url": url}), 422, field="url")
