"""The pages of macros and rules: written in a plain form, tried on past tickets, switched on, and their log."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.automation.models import Macro, Rule, RuleRun
from tests.automation.steps import PRIORITY, rule
from tests.world import World

RULE = {
    "op": "save",
    "name_en": "Shout",
    "when": "event",
    "events": ["opened", "customer_wrote"],
    "condition": "priority:low",
    "deed-0": "set_priority",
    "deed-0-priority": "4",
    "deed-1": "note",
    "deed-1-text": "{{customer.name}} waits",
}


def test_a_rule_is_written_in_the_form_and_rests_until_it_is_switched_on(world: World, reader):
    client = reader(world.admin)
    answer = client.post("/settings/rules/new", RULE)
    kept = Rule.objects.get()
    assert answer.headers["Location"] == f"/settings/rules/{kept.pk}"
    assert kept.deeds == [PRIORITY, {"deed": "note", "text": "{{customer.name}} waits"}]
    assert (kept.events, kept.active) == (["opened", "customer_wrote"], False)
    client.post(f"/settings/rules/{kept.pk}/activity")
    kept.refresh_from_db()
    assert kept.active
    client.post(f"/settings/rules/{kept.pk}/activity", {"off": "1"})
    kept.refresh_from_db()
    assert not kept.active


def test_a_time_is_written_in_words(world: World, reader):
    timed = {**RULE, "when": "time", "minutes": "2h 30m", "clock": "unanswered"}
    client = reader(world.admin)
    client.post("/settings/rules/new", timed)
    kept = Rule.objects.get()
    assert (kept.minutes, kept.clock, kept.events) == (150, "unanswered", [])
    assert 'value="2h 30m"' in client.get(f"/settings/rules/{kept.pk}").text


def test_steps_are_added_moved_and_removed_without_losing_what_was_typed(world: World, reader):
    client = reader(world.admin)
    page = client.post("/settings/rules/new", {**RULE, "op": "add", "new": "resolve"})
    assert (page.status_code, Rule.objects.count()) == (200, 0)
    assert _steps(page.text) == ["set_priority", "note", "resolve"]
    assert "{{customer.name}} waits" in page.text
    page = client.post("/settings/rules/new", {**RULE, "op": "up-1"})
    assert _steps(page.text) == ["note", "set_priority"]
    page = client.post("/settings/rules/new", {**RULE, "op": "remove-0"})
    assert _steps(page.text) == ["note"]


def _steps(page: str) -> list[str]:
    return re.findall(r'name="deed-\d+" value="(\w+)"', page)


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(world: World, reader):
    client = reader(world.admin)
    page = client.post("/settings/rules/new", {**RULE, "condition": "priority>=sky", "name_zh": "喊"})
    assert page.status_code == 422
    assert 'class="errorlist' in page.text and "喊" in page.text
    page = client.post("/settings/rules/new", {**RULE, "deed-1-text": "{{customer.shoe}}"})
    assert page.status_code == 422
    assert "customer.shoe" in re.search(r'id="deed-1".*?</li>', page.text, re.DOTALL).group()


def test_a_rule_is_tried_on_past_tickets_from_the_form_before_it_is_saved(world: World, reader):
    world.ticket("meant", priority=1)
    world.ticket("other", priority=2)
    page = reader(world.admin).post("/settings/rules/new", {**RULE, "op": "rehearse", "last": "200"})
    shown = re.search(r'id="rehearsal".*?</section>', page.text, re.DOTALL).group()
    assert "It would have acted once" in shown
    assert "meant" in shown and "other" not in shown
    assert "Priority: Urgent" in shown
    assert (Rule.objects.count(), RuleRun.objects.count()) == (0, 0)


def test_the_log_says_what_each_rule_did_and_can_be_narrowed(world: World, reader):
    kept = rule(world, name_en="Shout")
    first, second = world.ticket("first"), world.ticket("second")
    for ticket, state, said in ((first, "done", ""), (second, "refused", "No room")):
        RuleRun.objects.create(
            rule=kept,
            ticket=ticket,
            seq=ticket.pk,
            at=world.now,
            state=state,
            outcomes=[{"deed": "assign", "done": not said, "code": "", "said": said}],
        )
    client = reader(world.admin)
    whole = client.get("/settings/rules/log").text
    assert "first" in whole and "No room" in whole
    narrow = client.get(f"/settings/rules/log?rule={kept.pk}&state=refused").text
    assert "second" in narrow and f"#{first.pk} first" not in narrow
    assert client.get("/settings/rules/log?rule=x&after=-1&state=%00").status_code == 200


def test_the_log_turns_its_pages_and_a_longer_one_takes_no_more_statements(world: World, reader):
    kept, ticket, client = rule(world), world.ticket(), reader(world.admin)
    costs, seen, path = [], 0, "/settings/rules/log"
    for more in (5, 100):
        RuleRun.objects.bulk_create(
            RuleRun(
                rule=kept,
                ticket=ticket,
                due_at=world.now + timedelta(seconds=n + more * 1000),
                at=world.now,
                state="done",
            )
            for n in range(more)
        )
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 9
    while path:
        page = client.get(path).text
        seen += page.count('data-state="done"')
        more = re.search(r'href="(/settings/rules/log\?after=\d+)"', page)
        path = more.group(1) if more else ""
    assert seen == 105


@pytest.mark.parametrize("path", ["/settings/rules", "/settings/macros"])
def test_a_longer_list_of_rules_or_macros_takes_no_more_statements(world: World, reader, path: str):
    client, costs = reader(world.admin), []
    for more in (2, 20):
        for n in range(more):
            deeds = [{"deed": "assign", "member": world.li_na.pk}, {"deed": "set_topic", "topic": n + 1}]
            Macro.objects.create(name_en=f"m{n}", body_en="x", deeds=deeds, team=world.teams["north"])
            Rule.objects.create(name_en=f"r{n}", events=["opened"], deeds=deeds)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_agents_keep_their_own_macros_on_the_page_and_see_no_rules(world: World, reader):
    client = reader(world.li_na)
    given = {"op": "save", "name_en": "mine", "writes": "reply", "body_en": "Hello", "audience": "me"}
    assert client.post("/settings/macros/new", given).status_code == 302
    kept = Macro.objects.get()
    assert kept.member == world.li_na
    assert client.post("/settings/macros/new", {**given, "audience": "all"}).status_code == 422
    assert client.get("/settings/rules").status_code == 403
    assert client.get("/settings/rules/log").status_code == 403
    assert client.post(f"/settings/macros/{kept.pk}/removal").status_code == 302
    assert Macro.objects.count() == 0


def test_leads_share_macros_with_a_team_and_change_them(world: World, reader):
    client = reader(world.wang_fang)
    given = {
        "op": "save",
        "name_zh": "退款",
        "writes": "note",
        "body_zh": "已退款",
        "audience": str(world.teams["north"].pk),
    }
    client.post("/settings/macros/new", {**given, "deed-0": "resolve", "deed-0-reason": "solved"})
    kept = Macro.objects.get()
    assert (kept.team, kept.deeds) == (world.teams["north"], [{"deed": "resolve", "reason": "solved"}])
    client.post(f"/settings/macros/{kept.pk}", {**given, "audience": "all"})
    kept.refresh_from_db()
    assert (kept.team, kept.deeds) == (None, [])
    assert client.get("/settings/macros/999").status_code == 404
