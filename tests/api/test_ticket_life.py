"""The fuller life of a ticket by JSON: every noun of it read, changed, refused, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.api.program import ROOT, Program, is_problem
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)


def upload(program: Program, ticket: Ticket, **form: Any) -> Any:
    path = f"{ROOT}/tickets/{ticket.pk}/attachments"
    return program.client.post(path, form, headers=program.headers)


def test_a_file_is_sent_as_a_form_and_read_as_bytes(agent: Program, ticket: Ticket):
    answer = upload(agent, ticket, file=SimpleUploadedFile("说明.txt", "你好".encode()))
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["name"], kept["content_type"], kept["state"]) == ("说明.txt", "text/plain", "clean")
    content = agent.get(f"/attachments/{kept['id']}/content")
    assert content.content == "你好".encode()
    assert content.headers["Content-Type"] == "application/octet-stream"
    assert [one["id"] for one in agent.get(f"/tickets/{ticket.pk}/attachments").json()["items"]] == [
        kept["id"]
    ]
    assert agent.delete(f"/attachments/{kept['id']}").status_code == 204
    assert is_problem(agent.get(f"/attachments/{kept['id']}"), 404)


def test_a_file_goes_with_a_message_of_its_own_ticket(agent: Program, ticket: Ticket):
    note = agent.post(f"/tickets/{ticket.pk}/notes", {"body": "见附件"}).json()
    file = SimpleUploadedFile("x.txt", b"x")
    assert upload(agent, ticket, file=file, message_id=note["id"]).json()["message_id"] == note["id"]
    file = SimpleUploadedFile("x.txt", b"x")
    assert is_problem(upload(agent, ticket, file=file, message_id=999), 422, "invalid", "message_id")


def test_what_is_no_form_or_no_file_is_a_problem(agent: Program, ticket: Ticket, settings: Any):
    path = f"/tickets/{ticket.pk}/attachments"
    assert is_problem(agent.post(path, {"file": "x"}), 422)
    assert is_problem(upload(agent, ticket), 422)
    broken = agent.client.generic(
        "POST",
        ROOT + path,
        b"--x\r\nrubbish",
        content_type="multipart/form-data; boundary=",
        headers=agent.headers,
    )
    assert is_problem(broken, 400)
    assert is_problem(upload(agent, ticket, file=SimpleUploadedFile("x.exe", b"MZ")), 422, "invalid", "file")
    settings.ATTACHMENT_MOST_BYTES = 100
    large = SimpleUploadedFile("x.txt", b"x" * 2_000_000)
    assert is_problem(upload(agent, ticket, file=large), 413)
    elsewhere = agent.client.post(f"{ROOT}/tickets", {"file": large}, headers=agent.headers)
    assert elsewhere.status_code in (413, 415)


def test_types_and_fields_are_defined_and_filled_in(admin: Program, agent: Program, ticket: Ticket):
    kind = admin.post("/types", {"slug": "fault", "name_zh": "故障"}).json()
    wanted = {"slug": "severity", "kind": "choice", "name_en": "Severity", "type_ids": [kind["id"]]}
    assert is_problem(admin.post("/fields", wanted), 422, "invalid", "choices")
    made = admin.post("/fields", {**wanted, "choices": [{"value": "a"}, {"value": "b"}]}).json()
    assert (made["type_ids"], [one["value"] for one in made["choices"]]) == ([kind["id"]], ["a", "b"])
    path = f"/tickets/{ticket.pk}"
    assert is_problem(agent.put(f"{path}/fields", {"values": {"severity": "a"}}), 422)
    assert agent.put(f"{path}/type", {"type_id": kind["id"]}).json()["type_id"] == kind["id"]
    filled = agent.put(f"{path}/fields", {"values": {"severity": "a"}})
    assert filled.json()["fields"] == {"severity": "a"}
    stale = agent.put(f"{path}/fields", {"values": {"severity": "b"}}, If_Match='"1"')
    assert is_problem(stale, 412, "stale")
    assert is_problem(
        agent.put(f"{path}/fields", {"values": {"severity": "c"}}), 422, "invalid", "fields.severity"
    )
    changed = {**wanted, "choices": [{"value": "a"}], "active": False}
    assert admin.put(f"/fields/{made['id']}", changed).json()["active"] is False
    assert admin.put(f"/types/{kind['id']}", {"slug": "fault", "name_en": "F"}).json()["name_en"] == "F"
    assert is_problem(agent.post("/types", {"slug": "x", "name_en": "X"}), 403)
    assert [len(agent.get(path).json()["items"]) for path in ("/types", "/fields")] == [1, 1]


def test_tags_are_put_on_taken_off_and_kept_tidy(agent: Program, lead: Program, ticket: Ticket):
    path = f"/tickets/{ticket.pk}/tags"
    assert [tag["name"] for tag in agent.post(path, {"names": ["退款", "vip"]}).json()["items"]] == [
        "vip",
        "退款",
    ]
    assert [tag["name"] for tag in agent.put(path, {"names": ["vip", "急"]}).json()["items"]] == ["vip", "急"]
    assert [tag["name"] for tag in agent.delete(f"{path}?name=急").json()["items"]] == ["vip"]
    assert agent.get(f"/tickets/{ticket.pk}").json()["tags"] == ["vip"]
    known = {tag["name"]: tag for tag in agent.get("/tags").json()["items"]}
    assert {name: tag["uses"] for name, tag in known.items()} == {"退款": 0, "vip": 1, "急": 0}
    vip, refund, urgent = (known[name]["id"] for name in ("vip", "退款", "急"))
    assert is_problem(agent.put(f"/tags/{vip}", {"name": "VIP"}), 403)
    assert lead.put(f"/tags/{vip}", {"name": "VIP"}).json()["name"] == "VIP"
    assert is_problem(lead.put(f"/tags/{vip}", {"name": "急"}), 409)
    assert lead.put(f"/tags/{vip}/merge", {"into_id": refund}).json()["id"] == refund
    assert lead.delete(f"/tags/{urgent}").status_code == 204
    assert [tag["name"] for tag in agent.get(path).json()["items"]] == ["退款"]


def test_a_ticket_waits_is_put_aside_and_resolved_with_a_reason(agent: Program, ticket: Ticket):
    path = f"/tickets/{ticket.pk}"
    assert agent.post(f"{path}/pending", {"reason": "third_party"}).json()["reason"] == "third_party"
    until = (now() + timedelta(hours=2)).isoformat()
    put_aside = agent.put(f"{path}/snooze", {"until": until}).json()
    assert (put_aside["status"], put_aside["reason"]) == ("pending", "snoozed")
    assert is_problem(agent.put(f"{path}/snooze", {"until": "2001-01-01T00:00:00Z"}), 422, "invalid", "until")
    assert agent.delete(f"{path}/pending").json()["status"] == "open"
    resolved = agent.post(f"{path}/resolution", {"reason": "no_answer"}).json()
    assert (resolved["status"], resolved["reason"], resolved["snoozed_until"]) == (
        "resolved",
        "no_answer",
        None,
    )


def test_tickets_are_merged_split_linked_and_given_children(lead: Program, world: World, ticket: Ticket):
    other, path = world.ticket("别的"), f"/tickets/{ticket.pk}"
    merge = lead.post(f"/tickets/{other.pk}/merge", {"into_id": ticket.pk})
    assert (merge.status_code, merge.json()["target_id"]) == (201, ticket.pk)
    assert lead.get(f"/tickets/{other.pk}").json()["merged_into_id"] == ticket.pk
    thread = lead.get(f"{path}/thread").json()["items"]
    assert [message["ticket_id"] for message in thread] == [ticket.pk, other.pk]
    assert is_problem(lead.post(f"{path}/merge", {"into_id": other.pk}), 409, "merged")
    assert lead.delete(f"/tickets/{other.pk}/merge").json()["status"] == "waiting"
    link = lead.post(f"{path}/links", {"other_id": other.pk, "kind": "blocks"}).json()["items"][0]
    assert (link["kind"], link["other"]["id"]) == ("blocks", other.pk)
    assert lead.get(f"/tickets/{other.pk}/links").json()["items"][0]["kind"] == "blocked_by"
    assert is_problem(lead.delete(f"/tickets/{world.ticket('x').pk}/links/{link['id']}"), 404)
    assert lead.delete(f"{path}/links/{link['id']}").status_code == 204
    said = lead.post(f"{path}/customer-messages", {"body": "还有一件事"}).json()
    split = lead.post(f"{path}/splits", {"message_ids": [said["id"]], "subject": "第二件"})
    assert (split.status_code, split.json()["subject"]) == (201, "第二件")
    child = lead.post(f"{path}/children", {"subject": "查日志", "body": "请查"}).json()
    assert child["parent_id"] == ticket.pk
    assert [one["id"] for one in lead.get(f"{path}/children").json()["items"]] == [child["id"]]
    assert lead.put(f"/tickets/{child['id']}/parent", {"parent_id": None}).json()["parent_id"] is None


def test_members_follow_tickets(agent: Program, lead: Program, world: World, ticket: Ticket):
    path = f"/tickets/{ticket.pk}/watchers"
    assert agent.put(f"{path}/{world.li_na.pk}").json()["member"]["name"] == "李娜"
    assert is_problem(agent.put(f"{path}/{world.sun_hao.pk}"), 403)
    assert lead.put(f"{path}/{world.sun_hao.pk}").status_code == 200
    assert agent.delete(f"{path}/{world.li_na.pk}").status_code == 204
    assert [row["member"]["name"] for row in agent.get(path).json()["items"]] == ["Sun Hao"]


def test_templates_are_kept_by_leads(agent: Program, lead: Program, world: World):
    wanted = {"name_zh": "退款", "subject": "退款", "topic_id": world.topics["invoices"].pk, "tags": ["退款"]}
    assert is_problem(agent.post("/ticket-templates", wanted), 403)
    made = lead.post("/ticket-templates", wanted).json()
    assert (made["topic"]["slug"], made["tags"]) == ("invoices", ["退款"])
    path = f"/ticket-templates/{made['id']}"
    assert lead.put(path, {"name_en": "Refund"}).json()["topic"] is None
    assert [one["label"] for one in agent.get("/ticket-templates").json()["items"]] == ["Refund"]
    assert lead.delete(path).status_code == 204


def test_a_call_is_written_down_for_who_called(agent: Program, world: World):
    given = {"subject": "来电", "body": "登录不了", "phone": "138 0013 8000", "name": "林", "minutes": 5}
    first = agent.post("/calls", {**given, "tags": ["来电"]})
    assert (first.status_code, first.json()["channel"], first.json()["tags"]) == (201, "phone", ["来电"])
    again = agent.post("/calls", {**given, "name": "别人"}).json()
    assert again["customer"] == first.json()["customer"]
    by_mail = agent.post("/calls", {**given, "customer": {"email": "wang@beifeng.example"}}).json()
    assert by_mail["customer"]["id"] == world.customer.pk
    assert is_problem(agent.post("/calls", {"subject": "x", "body": "y"}), 422, "invalid", "name")


def test_many_tickets_change_at_once_and_back(lead: Program, agent: Program, world: World, ticket: Ticket):
    ids = [ticket.pk, world.ticket().pk, 10**9]
    made = lead.post("/bulk-changes", {"ticket_ids": ids, "deed": "priority", "priority": 4})
    assert made.status_code == 201
    assert [(row["done"], row["code"]) for row in made.json()["rows"]] == [
        (True, ""),
        (True, ""),
        (False, "missing"),
    ]
    path = f"/bulk-changes/{made.json()['id']}"
    assert lead.get(path).json()["rows"] == made.json()["rows"]
    assert is_problem(agent.delete(path), 403)
    assert lead.delete(path).json() == {"restored": 2, "kept_ticket_ids": []}
    assert is_problem(lead.delete(path), 409)
    assert set(Ticket.objects.values_list("priority", flat=True)) == {2}
    for deed in ("assign", "priority", "topic", "snooze", "merge"):
        assert is_problem(lead.post("/bulk-changes", {"ticket_ids": ids, "deed": deed}), 422), deed


@pytest.mark.parametrize("path", ["/tickets", "/ticket-batches"])
def test_a_new_ticket_comes_with_its_type_and_fields(path: str, agent: Program, admin: Program):
    kind = admin.post("/types", {"slug": "fault", "name_en": "Fault"}).json()
    wanted = {"slug": "version", "kind": "text", "name_en": "Version", "required": "open"}
    admin.post("/fields", {**wanted, "type_ids": [kind["id"]]})
    draft = {"subject": "s", "body": "b", "customer": {"email": "a@b.example"}, "type_id": kind["id"]}

    def send(**more: Any) -> Any:
        body = {**draft, **more}
        answer = agent.post(path, {"tickets": [body]} if path == "/ticket-batches" else body).json()
        found = answer["items"][0] if path == "/ticket-batches" else answer
        return found.get("ticket") or found.get("problem") or found

    assert send(fields={"version": "1.2"})["fields"] == {"version": "1.2"}
    assert send()["type_id"] == kind["id"]
    assert send(fields={})["field"] == "fields.version"
    assert send(type_id=999)["field"] == "type_id"
