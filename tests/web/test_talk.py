"""Writing on a ticket: drafts, preview, files, answers for later, macros, talks with outsiders, mails in a frame."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.automation.actions.macros import MacroDraft, define_macro
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.signatures import set_signature
from fengong.desk.models import Draft, Message, ScheduledReply, SideConversation, Ticket, Viewer
from fengong.desk.reading.freshness import heard_of
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.world import World


@pytest.fixture
def mine(world: World) -> Ticket:
    """A ticket of 周敏's, by mail from a customer who writes English."""
    world.go_online()
    given = world.ticket("Webhook", topic="api", difficulty=2, language="en", channel="mail")
    return assign_ticket(actor=world.wang_fang, ticket=given, member=world.zhou_min, at=world.now)


def page_of(client, ticket: Ticket) -> str:
    return client.fragment(f"/tickets/{ticket.pk}").text


def test_what_is_typed_is_kept_shown_again_and_gone_once_sent(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    assert client.do(f"/tickets/{mine.pk}/drafts/reply", body="半句").status_code == 204
    assert ">半句</textarea>" in page_of(client, mine)
    assert ">半句</textarea>" not in page_of(reader(world.li_na), mine)
    client.do(f"/tickets/{mine.pk}/replies", body="半句话", heard=heard_of(mine))
    assert not Draft.objects.exists()
    assert client.do(f"/tickets/{mine.pk}/drafts/poem", body="x").status_code == 422


def test_a_draft_on_its_way_when_its_words_were_sent_is_told_the_newest_number(
    world: World, reader, mine: Ticket
):
    client, heard = reader(world.zhou_min), heard_of(mine)
    assert f'data-drafts-heard-value="{heard}"' in page_of(client, mine)
    client.do(f"/tickets/{mine.pk}/replies", body="半句话", heard=heard)
    answer = client.do(f"/tickets/{mine.pk}/drafts/reply", body="半句", heard=heard)
    assert (answer.status_code, answer.json()) == (409, {"heard": heard_of(mine)})
    assert not Draft.objects.exists()
    assert (
        client.do(f"/tickets/{mine.pk}/drafts/reply", body="下一句", heard=heard_of(mine)).status_code == 204
    )


def test_a_draft_of_an_escalation_keeps_its_three_parts(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    client.do(f"/tickets/{mine.pk}/drafts/escalate", tried="重启", found="日志")
    page = page_of(client, mine)
    assert ">重启</textarea>" in page
    assert 'data-composer-kind-value="escalate"' in page


def test_the_preview_is_what_will_be_read_with_the_signature_in_the_customers_language(
    world: World, reader, mine: Ticket
):
    for language, body in (("zh-hans", "周敏，{{team.name}}"), ("en", "{{member.name}}, support")):
        set_signature(actor=world.zhou_min, member=world.zhou_min, language=language, body=body, at=world.now)
    client = reader(world.zhou_min)
    shown = client.do(f"/tickets/{mine.pk}/preview", body="**a** <b>", kind="reply", sign="1").text
    assert "<strong>a</strong> &lt;b&gt;" in shown
    assert "周敏, support" in shown
    client.do(f"/tickets/{mine.pk}/replies", body="Hello", sign="1", heard=heard_of(mine))
    assert Message.objects.get(member=world.zhou_min).body == "Hello\n\n-- \n周敏, support"
    thread = page_of(client, mine)
    assert (
        thread.index("<p>Hello</p>") < thread.index('<details class="older">') < thread.index("周敏, support")
    )


def test_files_go_with_the_message_and_stand_under_it(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    given = SimpleUploadedFile("log.txt", b"line", content_type="text/plain")
    file = client.post(f"/tickets/{mine.pk}/files", {"file": given}).json()["files"][0]
    assert "log.txt" in page_of(client, mine).partition('class="tray"')[2]
    client.do(f"/tickets/{mine.pk}/notes", body="see", attachments=[file["id"], "x", "999"])
    page = page_of(client, mine)
    assert "log.txt" in page.partition('class="files"')[2].partition("</ul>")[0]


def test_an_answer_for_later_is_planned_changed_and_taken_back(world: World, reader, mine: Ticket):
    client, due = reader(world.zhou_min), (now() + timedelta(days=1)).isoformat()
    path = f"/tickets/{mine.pk}/scheduled"
    assert client.do(path, body="later", due_at="").status_code == 422
    assert "later" in client.do(path, body="later", due_at=due, then="resolve").text
    planned = ScheduledReply.objects.get()
    assert "later" in client.fragment(f"{path}/{planned.pk}").text
    client.do(f"{path}/{planned.pk}", body="much later", due_at=due)
    answer = client.delete(f"{path}/{planned.pk}", headers={"HX-Request": "true"})
    assert ">much later</textarea>" in answer.text
    assert ScheduledReply.objects.get().state == "cancelled"
    assert client.fragment(f"/tickets/{world.ticket().pk}/scheduled/{planned.pk}").status_code == 404


def test_a_macro_is_seen_before_it_is_done(world: World, reader, mine: Ticket):
    draft = MacroDraft(
        name_zh="问候", name_en="Greeting", body_zh="您好", body_en="Dear {{customer.name}}", deeds=[]
    )
    macro = define_macro(actor=world.wang_fang, draft=draft, at=world.now)
    client, path = reader(world.zhou_min), f"/tickets/{mine.pk}/macros"
    assert "Dear 王强" in client.fragment(path).text
    assert "No macro found." in client.fragment(f"{path}?q=zzz").text
    assert client.get(f"{path}?names=1").json()["macros"] == [{"id": macro.pk, "name": "Greeting"}]
    assert client.get(f"{path}/{macro.pk}?text=1").json()["body"] == "Dear 王强"
    done = client.do(f"{path}/{macro.pk}/application", heard=heard_of(mine))
    assert "<p>Dear 王强</p>" in done.text
    assert client.fragment(f"{path}/999").status_code == 404


def test_a_macro_leaves_what_one_has_begun_to_write(world: World, reader, mine: Ticket):
    draft = MacroDraft(name_zh="收", name_en="收", body_zh="收到。", body_en="收到。", deeds=[])
    macro = define_macro(actor=world.wang_fang, draft=draft, at=world.now)
    client, path = reader(world.zhou_min), f"/tickets/{mine.pk}/macros/{macro.pk}/application"
    client.do(f"/tickets/{mine.pk}/drafts/reply", body="半句")
    assert client.do(path, heard=heard_of(mine)).status_code == 200
    assert ">半句</textarea>" in page_of(client, mine)
    client.do(path, body="收到，半句话。", heard=heard_of(mine))
    assert not Draft.objects.exists()


def test_outsiders_are_written_to_beside_the_conversation(world: World, reader, mine: Ticket):
    client, path = reader(world.zhou_min), f"/tickets/{mine.pk}/sides"
    assert "the customer never sees it" in client.fragment(path).text
    page = client.do(path, subject="77", participants="a@example.com，b@example.com", body="**hi**").text
    side = SideConversation.objects.get()
    assert side.participants == ["a@example.com", "b@example.com"]
    assert "<strong>hi</strong>" not in page
    assert "<strong>hi</strong>" in client.fragment(f"{path}/{side.pk}").text
    client.do(f"{path}/{side.pk}", body="more")
    assert "more" in client.fragment(f"{path}/{side.pk}").text
    client.delete(f"{path}/{side.pk}", headers={"HX-Request": "true"})
    assert SideConversation.objects.get().closed_at is not None


def test_a_mail_with_its_pictures_stands_in_a_frame_where_nothing_runs(world: World, reader, mine: Ticket):
    message = receive_message(
        actor=world.customer, ticket=mine, contact=world.customer, body="x", at=world.now
    )
    Message.objects.filter(pk=message.pk).update(
        html='<p>hi<img src="https://e.example/a.png"></p><script>x</script>'
    )
    client, path = reader(world.zhou_min), f"/tickets/{mine.pk}/messages/{message.pk}"
    assert "https://e.example/a.png" not in page_of(client, mine)
    assert "<iframe" in client.fragment(f"{path}/pictures").text
    letter = client.get(f"{path}/letter")
    assert "https://e.example/a.png" in letter.text
    assert "<script" not in letter.text
    policy = letter.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "allow-scripts" not in policy
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(f"/tickets/{world.ticket().pk}/messages/{message.pk}/letter").status_code == 404


def test_a_page_says_that_it_is_open_and_that_it_closes(world: World, reader, mine: Ticket):
    path = f"/tickets/{mine.pk}/viewers"
    assert reader(world.li_na).do(path, typing="note").status_code == 204
    assert "李娜 is writing" in reader(world.zhou_min).fragment(path).text
    assert "李娜" not in reader(world.li_na).fragment(path).text
    reader(world.li_na).do(path, leave="1")
    assert "李娜" not in reader(world.zhou_min).fragment(path).text
    assert Viewer.objects.count() == 1


def test_names_are_offered_to_those_who_read_tickets(world: World, reader):
    names = [one["name"] for one in reader(world.li_na).get("/tickets/colleagues").json()["colleagues"]]
    assert {"North", "周敏"} <= set(names)
    assert reader(world.qian_wei).get("/tickets/colleagues").status_code == 403


def test_a_long_conversation_takes_as_many_statements_as_a_short_one(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)

    def statements() -> int:
        page_of(client, mine)
        with CaptureQueriesContext(connection) as caught:
            page_of(client, mine)
        return len(caught)

    def talk(times: int) -> None:
        for number in range(times):
            at = now() + timedelta(seconds=number)
            add_note(actor=world.li_na, ticket=mine, member=world.li_na, body="@周敏 看", at=at)
            reply(actor=world.zhou_min, ticket=mine, member=world.zhou_min, body="**好**", at=at)

    talk(2)
    few = statements()
    talk(20)
    assert statements() == few
    assert few <= 20


def test_signatures_are_kept_on_their_page(world: World, reader):
    client = reader(world.li_na)
    assert "My signature" in client.get("/settings/signatures").text
    assert "北区组" not in client.get("/settings/signatures").text.partition("settings-page")[2]
    client.post("/settings/signatures", {"whose": "me", "body-zh-hans": "李娜", "body-en": "Li Na"})
    assert ">Li Na</textarea>" in client.get("/settings/signatures").text
    wrong = client.post("/settings/signatures", {"whose": "me", "body-en": "{{nobody.knows}}"})
    assert wrong.status_code == 422
    assert "{{nobody.knows}}" in wrong.text
    team = str(world.teams["north"].pk)
    assert client.post("/settings/signatures", {"whose": team, "body-en": "x"}).status_code == 403
    assert (
        reader(world.wang_fang).post("/settings/signatures", {"whose": team, "body-en": "x"}).status_code
        == 302
    )
