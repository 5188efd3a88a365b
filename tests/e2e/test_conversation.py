"""Writing on a ticket in real browsers: nothing typed is lost, colleagues see each other, changes come first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fengong.automation.actions.macros import MacroDraft, define_macro
from fengong.desk.actions.messages import receive_message
from fengong.desk.models import Message, ScheduledReply, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.e2e.conftest import Desk

Visit = Callable[..., Page]
REPLY, NOTE = "#panel-reply textarea", "#panel-note textarea"


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    world = desk.world
    given = world.ticket("Webhook 重试后订单重复", topic="api", difficulty=2)
    return assign_ticket(actor=world.wang_fang, ticket=given, member=world.zhou_min, at=now())


def opened(page: Page, ticket: Ticket) -> Page:
    page.goto(f"/tickets?view=all&ticket={ticket.pk}")
    page.wait_for_selector("#thread")
    return page


def test_a_draft_survives_sign_out_and_another_device(desk: Desk, visit: Visit, ticket: Ticket) -> None:
    page = opened(visit(desk.world.zhou_min), ticket)
    page.locator(REPLY).press_sequentially("您好，我在查")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.locator(REPLY).press_sequentially("，请稍等")
    page.evaluate("document.querySelector('form[action=\"/sign-out\"] button').click()")
    page.wait_for_url("**/sign-in*")
    other = opened(visit(desk.world.zhou_min), ticket)
    expect(other.locator(REPLY)).to_have_value("您好，我在查，请稍等")
    other.locator(REPLY).press("Control+Enter")
    expect(other.locator(".message.ours .body").last).to_contain_text("请稍等")
    expect(other.locator(REPLY)).to_have_value("")
    other.reload()
    expect(other.locator(REPLY)).to_have_value("")


def test_a_draft_survives_a_crash_while_the_line_is_down(desk: Desk, visit: Visit, ticket: Ticket) -> None:
    page = opened(visit(desk.world.zhou_min), ticket)
    page.context.route("**/drafts/**", lambda route: route.abort())
    page.locator(REPLY).press_sequentially("线路断了")
    page.wait_for_timeout(900)
    page.close()
    again = page.context.new_page()
    page.context.unroute("**/drafts/**")
    opened(again, ticket)
    expect(again.locator(REPLY)).to_have_value("线路断了")


def test_colleagues_on_the_same_ticket_see_each_other_look_write_and_leave(
    desk: Desk, visit: Visit, ticket: Ticket
) -> None:
    mine = opened(visit(desk.world.zhou_min), ticket)
    hers = opened(visit(desk.world.li_na), ticket)
    expect(mine.locator("#viewers")).to_contain_text("李娜 is looking at it", timeout=20_000)
    hers.locator("#tab-note").click()
    hers.locator(NOTE).press_sequentially("我也在看")
    expect(mine.locator("#viewers")).to_contain_text("李娜 is writing", timeout=20_000)
    expect(hers.locator("#viewers")).to_contain_text("周敏")
    hers.goto("/today")
    expect(mine.locator("#viewers")).not_to_contain_text("李娜", timeout=20_000)


def test_a_reply_written_while_a_colleague_answers_is_stopped_shown_the_answer_and_sent_by_one_more_click(
    desk: Desk, visit: Visit, ticket: Ticket
) -> None:
    mine = opened(visit(desk.world.zhou_min), ticket)
    mine.locator(REPLY).press_sequentially("我的回答")
    hers = opened(visit(desk.world.li_na), ticket)
    hers.locator(REPLY).press_sequentially("她先答了")
    hers.locator(REPLY).press("Control+Enter")
    expect(hers.locator(".message.ours")).to_contain_text("她先答了")
    mine.locator(REPLY).press("Control+Enter")
    stop = mine.locator(".composer [role=alert]")
    expect(stop).to_contain_text("李娜 replied")
    expect(stop).to_contain_text("她先答了")
    expect(mine.locator(REPLY)).to_have_value("我的回答")
    assert not Message.objects.filter(ticket=ticket, member=desk.world.zhou_min).exists()
    mine.locator("[data-panel=reply] [data-send]").click()
    expect(mine.locator(".message.ours .body").last).to_contain_text("我的回答")


def test_a_colleague_is_named_by_keyboard_and_finds_it_on_today(
    desk: Desk, visit: Visit, ticket: Ticket
) -> None:
    page = opened(visit(desk.world.zhou_min), ticket)
    page.keyboard.press("n")
    page.keyboard.type("请 @李")
    expect(page.locator("#names-note [role=option]")).to_have_text(["李娜North"])
    page.keyboard.press("Enter")
    page.keyboard.type("看看")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.note .mention")).to_have_text("@李娜")
    hers = visit(desk.world.li_na)
    expect(hers.locator("#day")).to_contain_text("请 @李娜 看看")


def test_a_macro_is_chosen_seen_and_done_by_keyboard_alone(desk: Desk, visit: Visit, ticket: Ticket) -> None:
    for name, body, deeds in (
        ("问候", "{{customer.name}}，您好。", []),
        ("解决", "已修复。", [{"deed": "set_priority", "priority": 3}]),
    ):
        draft = MacroDraft(name_zh=name, name_en=name, body_zh=body, body_en=body, deeds=deeds)
        define_macro(actor=desk.world.wang_fang, draft=draft, at=now())
    page = opened(visit(desk.world.zhou_min), ticket)
    page.keyboard.press("m")
    expect(page.locator("#macro-shown")).to_contain_text("王强，您好。")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#macro-shown")).to_contain_text("已修复。")
    expect(page.locator("#macro-shown .chips li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".message.ours .body")).to_contain_text("已修复。")
    expect(page.locator("#dialog")).to_be_hidden()  # the thread may hear of it before the answer comes
    page.keyboard.press("r")
    page.keyboard.type("/问")
    expect(page.locator("#names-reply [role=option]")).to_have_text(["问候"])
    page.keyboard.press("Enter")
    expect(page.locator(REPLY)).to_have_value("王强，您好。")


PASTE = """async (field) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 })
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"))
  const data = new DataTransfer()
  data.items.add(new File([blob], "截图.png", { type: "image/png" }))
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def test_a_pasted_picture_is_previewed_sent_and_shown(desk: Desk, visit: Visit, ticket: Ticket) -> None:
    page = opened(visit(desk.world.zhou_min), ticket)
    page.locator(REPLY).press_sequentially("**看图**：")
    page.locator(REPLY).evaluate(PASTE)
    expect(page.locator("[data-panel=reply] .tray li")).to_contain_text("截图.png")
    page.get_by_role("button", name="Preview").first.click()
    expect(page.locator("#preview-reply strong")).to_have_text("看图")
    expect(page.locator("#preview-reply img")).to_be_visible()
    page.get_by_role("button", name="Preview").first.click()
    page.locator("[data-panel=reply] [data-send]").click()
    picture = page.locator(".message.ours .body img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.naturalWidth") == 8
    assert Message.objects.get(ticket=ticket, member=desk.world.zhou_min).attachments.count() == 1


def test_pictures_from_elsewhere_load_when_asked_for_and_not_before(
    desk: Desk, visit: Visit, ticket: Ticket
) -> None:
    message = receive_message(
        actor=desk.world.customer, ticket=ticket, contact=desk.world.customer, body="见图", at=now()
    )
    html = '<p>见图 <img src="https://pictures.example/a.png" alt="logo"></p><script>document.title = "!"</script>'
    Message.objects.filter(pk=message.pk).update(html=html)
    page, asked = visit(desk.world.zhou_min), []
    pixel = bytes.fromhex(
        "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
    )
    page.context.route(
        "https://pictures.example/**", lambda route: (asked.append(1), route.fulfill(body=pixel))
    )
    opened(page, ticket)
    expect(page.locator(".picture-held")).to_have_text("logo")
    page.wait_for_timeout(300)
    assert asked == []
    page.get_by_role("button", name="Load pictures").click()
    frame = page.frame_locator("iframe.letter")
    expect(frame.locator("img")).to_have_attribute("src", "https://pictures.example/a.png")
    expect(frame.locator("body")).to_contain_text("见图")
    page.wait_for_timeout(300)
    assert asked == [1]


def test_an_answer_is_planned_for_later_and_taken_back_into_the_composer(
    desk: Desk, visit: Visit, ticket: Ticket
) -> None:
    page = opened(visit(desk.world.zhou_min), ticket)
    page.locator(REPLY).press_sequentially("明早告诉您")
    page.get_by_role("button", name="Send later").first.click()
    page.locator("#later-menu button").first.click()
    expect(page.locator(".planned")).to_contain_text("明早告诉您")
    expect(page.locator(REPLY)).to_have_value("")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".planned")).to_have_count(0)
    expect(page.locator(REPLY)).to_have_value("明早告诉您")
    assert ScheduledReply.objects.get(ticket=ticket).state == "cancelled"
