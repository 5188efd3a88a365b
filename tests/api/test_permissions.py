"""Every position against every operation: what each may do, and that no operation was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from fengong.api.application import api
from fengong.dispatch.models import Wait
from fengong.kernel.clock import now
from tests.api.life import grow_life
from tests.api.program import Program, as_member
from tests.desk.promised import calendar, policy
from tests.world import World

ROLES = {"agent": "he_jie", "lead": "wang_fang", "hr": "qian_wei", "counsellor": "tang_yun", "admin": "admin"}
DESK = {"agent", "lead", "admin"}
LEADS = {"lead", "admin"}
EVERYBODY = set(ROLES)
NOTE = {"tried": "a", "found": "b", "wanted": "c"}
CUSTOMER = {"email": "wang@beifeng.example"}
DRAFT = {"subject": "s", "body": "b", "customer": CUSTOMER}
SHIFT = {"starts_at": "2026-05-01T01:00:00Z", "ends_at": "2026-05-01T09:00:00Z"}
PATTERN = {"name": "n", "weeks": [[[[540, 1080]]] * 5 + [[], []]], "starts_on": "2026-07-06"}
AWAY = {"kind": "annual", "first_day": "2028-08-03", "last_day": "2028-08-04"}
LATER = (now() + timedelta(days=1)).isoformat()
POLICY = {"name": "n", "condition": "priority:urgent"}
CALENDAR = {"name": "n", "zone": "UTC", "week": [[[540, 1080]]] * 5 + [[], []]}
HOLIDAY = {"days": [{"date": "2026-05-04", "kind": "closed"}]}
SIDE = {"subject": "s", "participants": ["post@example.com"], "body": "b"}
MACRO = {"name_en": "n", "body_en": "b", "deeds": []}
RULE = {
    "name_en": "r",
    "events": ["opened"],
    "condition": "",
    "deeds": [{"deed": "set_priority", "priority": 3}],
}
HOOK = {"name": "crm", "url": "https://93.184.215.14/hook", "events": ["ticket.opened"]}
DUTY = {"task": "call", "task_en": "Call back"}
EDITION = {"effective_on": (now() + timedelta(days=2)).date().isoformat(), "zone": "UTC"}
SPAN = "start=2026-03-01T00:00:00Z&end=2026-03-08T00:00:00Z"
PROMISE = {"first_response_minutes": 5, "resolution_minutes": 60}

# operation: (path, body, who may); {t} is a waiting ticket, {m} 李娜 of the northern team, {o} another's open ticket
MATRIX: dict[str, tuple[str, Any, set[str]]] = {
    "get_me": ("/me", None, EVERYBODY),
    "set_own_presence": ("/me/presence", {"status": "online"}, EVERYBODY),
    "list_tokens": ("/tokens", None, EVERYBODY),
    "revoke_token": ("/tokens/{own_token}", None, EVERYBODY),
    "list_tickets": ("/tickets", None, DESK),
    "open_ticket": ("/tickets", DRAFT, DESK),
    "open_tickets": ("/ticket-batches", {"tickets": [DRAFT]}, DESK),
    "get_ticket": ("/tickets/{t}", None, DESK),
    "get_thread": ("/tickets/{t}/thread", None, DESK),
    "list_ticket_events": ("/tickets/{t}/events", None, DESK),
    "reply": ("/tickets/{t}/replies", {"body": "b"}, DESK),
    "add_note": ("/tickets/{t}/notes", {"body": "b"}, DESK),
    "add_customer_message": ("/tickets/{t}/customer-messages", {"body": "b"}, DESK),
    "grade_ticket": ("/tickets/{t}/grade", {"topic_id": "{topic}", "difficulty": 1}, DESK),
    "resolve_ticket": ("/tickets/{o}/resolution", None, LEADS),
    "reopen_ticket": ("/tickets/{r}/resolution", None, DESK),
    "pend_ticket": ("/tickets/{o}/pending", None, LEADS),
    "escalate_ticket": ("/tickets/{o}/escalation", NOTE, LEADS),
    "deescalate_ticket": ("/tickets/{p}/deescalation", {"found": "b", "wanted": "c"}, LEADS),
    "assign_ticket": ("/tickets/{t}/assignment", {"member_id": "{m}"}, LEADS),
    "list_escalations": ("/tickets/{t}/escalations", None, DESK),
    "list_moves": ("/tickets/{t}/moves", None, DESK),
    "get_decision": ("/tickets/{o}/decision", None, DESK),
    "get_wait": ("/tickets/{w}/wait", None, DESK),
    "resume_ticket": ("/tickets/{p}/pending", None, LEADS),
    "snooze_ticket": ("/tickets/{o}/snooze", {"until": LATER}, LEADS),
    "list_attachments": ("/tickets/{t}/attachments", None, DESK),
    "get_attachment": ("/attachments/{file}", None, DESK),
    "get_attachment_content": ("/attachments/{file}/content", None, DESK),
    "remove_attachment": ("/attachments/{file}", None, LEADS),
    "list_types": ("/types", None, DESK),
    "define_type": ("/types", {"slug": "s", "name_en": "n"}, {"admin"}),
    "change_type": ("/types/{type}", {"slug": "s", "name_en": "n"}, {"admin"}),
    "list_fields": ("/fields", None, DESK),
    "define_field": ("/fields", {"slug": "s", "name_en": "n", "kind": "text"}, {"admin"}),
    "change_field": ("/fields/{field}", {"slug": "field-1", "name_en": "n", "kind": "text"}, {"admin"}),
    "set_ticket_type": ("/tickets/{t}/type", {"type_id": "{type}"}, DESK),
    "set_ticket_fields": ("/tickets/{t}/fields", {"values": {}}, DESK),
    "list_tags": ("/tags", None, DESK),
    "rename_tag": ("/tags/{tag}", {"name": "new"}, LEADS),
    "merge_tags": ("/tags/{tag}/merge", {"into_id": "{spare}"}, LEADS),
    "drop_tag": ("/tags/{tag}", None, LEADS),
    "list_ticket_tags": ("/tickets/{t}/tags", None, DESK),
    "set_ticket_tags": ("/tickets/{t}/tags", {"names": ["a"]}, DESK),
    "add_ticket_tags": ("/tickets/{t}/tags", {"names": ["a"]}, DESK),
    "remove_ticket_tag": ("/tickets/{t}/tags?name=a", None, DESK),
    "list_links": ("/tickets/{t}/links", None, DESK),
    "link_tickets": ("/tickets/{t}/links", {"other_id": "{o}"}, DESK),
    "unlink_tickets": ("/tickets/{t}/links/{link}", None, DESK),
    "merge_ticket": ("/tickets/{t}/merge", {"into_id": "{o}"}, DESK),
    "unmerge_ticket": ("/tickets/{merged}/merge", None, LEADS),
    "split_ticket": ("/tickets/{t}/splits", {"subject": "s", "message_ids": "{said}"}, DESK),
    "list_children": ("/tickets/{t}/children", None, DESK),
    "open_child": ("/tickets/{t}/children", {"subject": "s", "body": "b"}, DESK),
    "set_parent": ("/tickets/{child}/parent", {"parent_id": None}, DESK),
    "list_watchers": ("/tickets/{t}/watchers", None, DESK),
    "watch_ticket": ("/tickets/{t}/watchers/{sun_hao}", None, LEADS),
    "unwatch_ticket": ("/tickets/{t}/watchers/{sun_hao}", None, LEADS),
    "list_templates": ("/ticket-templates", None, DESK),
    "define_template": ("/ticket-templates", {"name_en": "n"}, LEADS),
    "change_template": ("/ticket-templates/{template}", {"name_en": "n"}, LEADS),
    "drop_template": ("/ticket-templates/{template}", None, LEADS),
    "write_down_call": ("/calls", {"subject": "s", "body": "b", "name": "n"}, DESK),
    "change_many": ("/bulk-changes", {"ticket_ids": "{said}", "deed": "reopen"}, DESK),
    "get_bulk_change": ("/bulk-changes/{bulk}", None, DESK),
    "undo_many": ("/bulk-changes/{bulk}", None, LEADS),
    "get_board": ("/board", None, DESK),
    "list_members": ("/members", None, DESK | {"hr"}),
    "get_member": ("/members/{m}", None, DESK | {"hr"}),
    "list_skills": ("/members/{m}/skills", None, DESK | {"hr"}),
    "set_skill": ("/members/{m}/skills/{topic}", {"proficiency": 3}, LEADS | {"hr"}),
    "get_presence": ("/members/{m}/presence", None, DESK | {"hr"}),
    "set_presence": ("/members/{m}/presence", {"status": "away"}, LEADS),
    "set_capacity": ("/members/{m}/capacity", {"capacity": 100}, {"admin"}),
    "list_teams": ("/teams", None, EVERYBODY),
    "list_positions": ("/positions", None, EVERYBODY),
    "list_topics": ("/topics", None, EVERYBODY),
    "get_duties": ("/positions/{l1}/duties?at=2030-01-01T00:00:00Z", None, EVERYBODY),
    "list_duty_editions": ("/positions/{l1}/duty-editions", None, EVERYBODY),
    "publish_duties": ("/positions/{l1}/duty-editions", EDITION, LEADS),
    "get_duty_draft": ("/positions/{l1}/duty-draft", None, LEADS),
    "draft_duties": ("/positions/{lead}/duty-draft", None, LEADS),
    "write_duties": ("/positions/{l1}/duty-draft", {"duties": [DUTY]}, LEADS),
    "drop_duty_draft": ("/positions/{l1}/duty-draft", None, LEADS),
    "get_duty_edition": ("/duty-editions/{edition}", None, EVERYBODY),
    "get_duty_changes": ("/duty-editions/{edition}/changes", None, EVERYBODY),
    "acknowledge_duties": ("/duty-editions/{edition_of_l3}/acknowledgement", None, {"agent"}),
    "list_duty_readers": ("/duty-editions/{edition}/acknowledgements", None, LEADS),
    "get_own_duties": ("/me/duties", None, EVERYBODY),
    "get_raci": ("/raci", None, EVERYBODY),
    "list_duty_templates": ("/duty-templates", None, EVERYBODY),
    "apply_duty_template": ("/duty-templates/account-team/positions", None, {"admin"}),
    "get_position_kpis": ("/positions/{l1}/kpis?" + SPAN, None, LEADS),
    "get_member_kpis": ("/members/{m}/kpis?" + SPAN, None, LEADS),
    "list_shifts": ("/shifts", None, DESK | {"hr"}),
    "plan_shift": ("/shifts", {**SHIFT, "member_id": "{m}"}, LEADS),
    "move_shift": ("/shifts/{shift}/times", SHIFT, LEADS),
    "cancel_shift": ("/shifts/{shift}", None, LEADS),
    "list_breaks": ("/shifts/{shift}/breaks", None, DESK | {"hr"}),
    "set_breaks": ("/shifts/{shift}/breaks", {"breaks": []}, LEADS),
    "move_break": ("/shifts/breaks/{break}", {"starts_at": "2026-06-01T04:30:00Z"}, LEADS),
    "list_patterns": ("/patterns", None, DESK | {"hr"}),
    "add_pattern": ("/patterns", {**PATTERN, "member_id": "{sun_hao}"}, LEADS),
    "change_pattern": ("/patterns/{pattern}", PATTERN, LEADS),
    "remove_pattern": ("/patterns/{pattern}", None, LEADS),
    "list_leaves": ("/leaves", None, EVERYBODY),
    "request_leave": ("/leaves", AWAY, EVERYBODY),
    "get_leave": ("/leaves/{leave}", None, LEADS | {"hr"}),
    "decide_leave": ("/leaves/{leave}/decision", {"state": "approved"}, LEADS),
    "withdraw_leave": ("/leaves/{leave}", None, LEADS),
    "list_standby": ("/standby", None, DESK | {"hr"}),
    "plan_standby": ("/standby", {**SHIFT, "member_id": "{m}"}, LEADS),
    "cancel_standby": ("/standby/{standby}", None, LEADS),
    "get_roster": ("/roster", None, DESK | {"hr"}),
    "get_roster_now": ("/roster/now", None, DESK | {"hr"}),
    "get_roster_shares": ("/roster/shares?monday=2026-03-02", None, DESK | {"hr"}),
    "get_roster_calendar": ("/roster/calendar?member={m}", None, DESK | {"hr"}),
    "import_roster": ("/roster/imports", {"form": "csv", "content": "member,start,end"}, LEADS),
    "list_customers": ("/customers", None, DESK),
    "get_customer": ("/customers/{customer}", None, DESK),
    "find_or_add_customer": ("/customers", CUSTOMER, DESK),
    "list_service_levels": ("/service-levels", None, EVERYBODY),
    "set_service_level": ("/service-levels/2", PROMISE, {"admin"}),
    "list_service_policies": ("/service-policies", None, DESK),
    "add_service_policy": ("/service-policies", POLICY, {"admin"}),
    "change_service_policy": ("/service-policies/{policy}", POLICY, {"admin"}),
    "remove_service_policy": ("/service-policies/{policy}", None, {"admin"}),
    "list_calendars": ("/calendars", None, DESK),
    "add_calendar": ("/calendars", CALENDAR, {"admin"}),
    "change_calendar": ("/calendars/{calendar}", CALENDAR, {"admin"}),
    "remove_calendar": ("/calendars/{calendar}", None, {"admin"}),
    "list_calendar_days": ("/calendars/{calendar}/days?year=2026", None, DESK),
    "set_calendar_days": ("/calendars/{calendar}/days", HOLIDAY, {"admin"}),
    "clear_calendar_day": ("/calendars/{calendar}/days/2026-05-04", None, {"admin"}),
    "schedule_reply": ("/tickets/{t}/scheduled-replies", {"body": "b", "due_at": LATER}, DESK),
    "scheduled_replies": ("/tickets/{t}/scheduled-replies", None, DESK),
    "change_scheduled_reply": ("/scheduled-replies/{planned}", {"body": "b", "due_at": LATER}, {"admin"}),
    "cancel_scheduled_reply": ("/scheduled-replies/{planned}", None, LEADS),
    "side_conversations": ("/tickets/{t}/side-conversations", None, DESK),
    "start_side_conversation": ("/tickets/{t}/side-conversations", SIDE, DESK),
    "reply_on_the_side": ("/side-conversations/{side}/messages", {"body": "b"}, DESK),
    "put_side_conversation_away": ("/side-conversations/{side}", None, DESK),
    "set_language": ("/tickets/{t}/language", {"language": "en"}, DESK),
    "my_signatures": ("/signatures", None, DESK),
    "set_my_signature": ("/signatures/en", {"body": "b"}, DESK),
    "set_team_signature": ("/signatures/teams/{team}/en", {"body": "b"}, LEADS),
    "list_deeds": ("/deeds", None, DESK),
    "list_macros": ("/macros", None, DESK),
    "define_macro": ("/macros", MACRO, LEADS),
    "get_macro": ("/macros/{macro}", None, DESK),
    "update_macro": ("/macros/{macro}", MACRO, LEADS),
    "remove_macro": ("/macros/{macro}", None, LEADS),
    "preview_macro": ("/macros/{macro}/preview?ticket={t}", None, DESK),
    "apply_macro": ("/macros/{macro}/applications", {"ticket_id": "{t}"}, DESK),
    "list_rules": ("/rules", None, {"admin"}),
    "define_rule": ("/rules", {**RULE, "name_en": "New"}, {"admin"}),
    "rehearse_rule": ("/rules/rehearsals", RULE, {"admin"}),
    "list_rule_runs": ("/rules/runs", None, {"admin"}),
    "get_rule": ("/rules/{rule}", None, {"admin"}),
    "update_rule": ("/rules/{rule}", RULE, {"admin"}),
    "remove_rule": ("/rules/{rule}", None, {"admin"}),
    "switch_rule": ("/rules/{rule}/activity", {"active": True}, {"admin"}),
    "list_webhooks": ("/webhooks", None, {"admin"}),
    "add_webhook": ("/webhooks", {**HOOK, "name": "erp"}, {"admin"}),
    "get_webhook": ("/webhooks/{hook}", None, {"admin"}),
    "change_webhook": ("/webhooks/{hook}", HOOK, {"admin"}),
    "remove_webhook": ("/webhooks/{hook}", None, {"admin"}),
    "switch_webhook": ("/webhooks/{hook}/activity", {"active": False}, {"admin"}),
    "rotate_webhook_secret": ("/webhooks/{hook}/secrets", None, {"admin"}),
    "ping_webhook": ("/webhooks/{hook}/pings", None, {"admin"}),
    "list_webhook_deliveries": ("/webhooks/{hook}/deliveries", None, {"admin"}),
    "redeliver_webhook": ("/webhooks/deliveries/{sent}/attempts", None, {"admin"}),
}
# What needs a session, or none at all; tests/api/test_authentication.py has them.
# A file comes as a form; tests/api/test_ticket_life.py sends some.
ELSEWHERE = {"get_session", "sign_in", "sign_out", "issue_token", "add_attachment"}


def _operations() -> Iterator[tuple[str, str]]:
    for operations in api.get_openapi_schema()["paths"].values():
        for method, operation in operations.items():
            yield operation["operationId"], method.upper()


METHODS = dict(_operations())


def test_no_operation_is_forgotten():
    assert set(METHODS) == set(MATRIX) | ELSEWHERE


@pytest.fixture
def names(world: World) -> dict[str, int]:
    """What the paths of the matrix name."""
    from_lead = as_member(world, "wang_fang")
    waiting, opened, resolved, looked_at = (world.ticket(f"#{number}") for number in range(4))
    for ticket in (opened, resolved):
        from_lead.put(f"/tickets/{ticket.pk}/assignment", {"member_id": world.li_na.pk})
    from_lead.post(f"/tickets/{resolved.pk}/resolution")
    _look_at(looked_at)
    merged, pended = world.ticket("merged"), world.ticket("pended", difficulty=2)
    from_lead.post(f"/tickets/{merged.pk}/merge", {"into_id": looked_at.pk})
    from_lead.put(f"/tickets/{pended.pk}/assignment", {"member_id": world.li_na.pk})
    from_lead.post(f"/tickets/{pended.pk}/pending")
    said = from_lead.post(f"/tickets/{waiting.pk}/customer-messages", {"body": "b"}).json()
    from_admin = as_member(world, "admin")
    hook = from_admin.post("/webhooks", HOOK).json()["id"]
    from_admin.post(f"/webhooks/{hook}/pings")
    plan = {"body": "b", "due_at": LATER}
    rota = _plan(from_lead, world.li_na.pk)
    life = {name: row.pk for name, row in grow_life(world, waiting.pk, 1).items()}
    return {
        **life,
        **rota,
        "macro": from_admin.post("/macros", {**MACRO, "name_en": "shared"}).json()["id"],
        "rule": from_admin.post("/rules", RULE).json()["id"],
        "hook": hook,
        "sent": from_admin.get(f"/webhooks/{hook}/deliveries").json()["items"][0]["id"],
        "planned": from_admin.post(f"/tickets/{waiting.pk}/scheduled-replies", plan).json()["id"],
        "side": from_admin.post(f"/tickets/{waiting.pk}/side-conversations", SIDE).json()["id"],
        "team": world.teams["north"].pk,
        "lead": world.positions["lead"].pk,
        **_describe(world, from_admin),
        "merged": merged.pk,
        "policy": policy(name="Some", condition="priority:low", first_response=5).pk,
        "calendar": calendar().pk,
        "p": pended.pk,
        "said": [said["id"]],
        "sun_hao": world.sun_hao.pk,
        "t": waiting.pk,
        "o": opened.pk,
        "r": resolved.pk,
        "w": looked_at.pk,
        "m": world.li_na.pk,
        "topic": world.topics["api"].pk,
        "customer": world.customer.pk,
    }


def _plan(lead: Program, member: int) -> dict[str, int]:
    """A shift with a break, a pattern, leave and standby of one member."""
    times = {"starts_at": "2026-06-01T01:00:00Z", "ends_at": "2026-06-01T09:00:00Z"}
    pause = {
        "starts_at": "2026-06-01T04:00:00Z",
        "ends_at": "2026-06-01T04:30:00Z",
        "window_starts_at": "2026-06-01T03:00:00Z",
        "window_ends_at": "2026-06-01T06:00:00Z",
    }
    shift = lead.post("/shifts", {**times, "member_id": member}).json()["id"]
    paused = lead.put(f"/shifts/{shift}/breaks", {"breaks": [pause]}).json()["items"][0]["id"]
    return {
        "shift": shift,
        "break": paused,
        "pattern": lead.post("/patterns", {**PATTERN, "member_id": member}).json()["id"],
        "leave": lead.post("/leaves", {**AWAY, "member_id": member}).json()["id"],
        "standby": lead.post("/standby", {**times, "member_id": member}).json()["id"],
    }


def _describe(world: World, admin: Program) -> dict[str, int]:
    """Duties of L1, published and in the making, and of L3."""
    editions = {}
    for slug in ("l1", "l3"):
        path = f"/positions/{world.positions[slug].pk}"
        admin.post(f"{path}/duty-draft")
        admin.put(f"{path}/duty-draft", {"duties": [DUTY]})
        editions[slug] = admin.post(f"{path}/duty-editions", EDITION).json()["id"]
        admin.post(f"{path}/duty-draft")
    return {"l1": world.positions["l1"].pk, "edition": editions["l1"], "edition_of_l3": editions["l3"]}


def _look_at(ticket: Any) -> None:
    Wait.objects.create(ticket=ticket, reason="nobody", eligible=0, excluded={}, at=ticket.opened_at)


@pytest.mark.parametrize("role", ROLES)
def test_a_position_may_do_what_it_may_and_no_more(role: str, world: World, names: dict[str, int]):
    program = as_member(world, ROLES[role])
    names["own_token"] = program.token.pk
    answers = {operation: _tried(program, operation, names) for operation in MATRIX}
    allowed = {operation for operation, (_path, _body, who) in MATRIX.items() if role in who}
    assert {operation for operation, status in answers.items() if status < 300} == allowed
    assert {status for operation, status in answers.items() if operation not in allowed} <= {403}


def _tried(program: Program, operation: str, names: dict[str, int]) -> int:
    """The status of one try, which is undone at once, so that each finds the world as it was."""
    path, body, _who = MATRIX[operation]
    with transaction.atomic():
        response = program.send(METHODS[operation], path.format(**names), _filled(body, names))
        transaction.set_rollback(True)
    return int(response.status_code)


def _filled(body: Any, names: dict[str, int]) -> Any:
    if not isinstance(body, dict):
        return body
    return {
        key: names[value.strip("{}")] if isinstance(value, str) and value.startswith("{") else value
        for key, value in body.items()
    }
