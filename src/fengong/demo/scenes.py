"""Tickets that show what a desk can do: tagged, rated, followed, merged, in parts, with a talk on the side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from fengong.automation import queries as automation
from fengong.automation.actions.running import Cause, run_rule
from fengong.demo import furniture
from fengong.demo.setup import DEMO, People
from fengong.desk import queries as desk
from fengong.desk.actions.children import open_child
from fengong.desk.actions.fields import set_fields, set_type
from fengong.desk.actions.merges import merge_ticket
from fengong.desk.actions.ratings import rate
from fengong.desk.actions.sides import receive_side, start_side
from fengong.desk.actions.surveys import ask
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.reading import fields as fields_reading
from fengong.desk.reading import satisfaction
from fengong.kernel.spine import history

PAST, LIVE = 24, 16
"""How many tickets are tagged and typed, of the newest."""
MINUTE = timedelta(minutes=1)


def play_scenes(everybody: People, *, at: datetime) -> None:
    """Let some tickets of the past and of now show all there is; with few tickets, only what they can show."""
    tickets = desk.tickets().order_by("-opened_at")
    past = list(tickets.filter(status="resolved", resolved_at__lt=at - timedelta(hours=3))[:PAST])
    live = list(tickets.filter(status__in=("open", "pending"))[:LIVE])
    _describe([*past, *live], at)
    _rate(past, at)
    _act_by_rule(live, at)
    busy = [ticket for ticket in live if ticket.status == "open"][: len(SCENES)]
    for place, scene in enumerate(SCENES if busy else ()):
        scene(busy[place % len(busy)], everybody, at)


def _describe(tickets: Sequence[Any], at: datetime) -> None:
    """Tags, types and fields."""
    types = {known.slug: known for known in fields_reading.types()}
    order = list(types.values())
    for place, ticket in enumerate(tickets):
        tags = [furniture.TAGS.get(ticket.topic.slug, "其他")] if ticket.topic else []
        names = [*tags, *([furniture.OFTEN] if place % 4 == 0 else [])]
        if names:
            tag_ticket(actor=DEMO, ticket=ticket, add=names, at=at)
        set_type(actor=DEMO, ticket=ticket, type=order[place % len(order)], at=at)
        if place % 3 == 0:
            values = {"order-number": f"SO-{20_260_000 + ticket.pk}", "impact": ("one", "shop")[place % 2]}
            set_fields(actor=DEMO, ticket=ticket, values=values, at=at)


def _rate(past: Sequence[Any], at: datetime) -> None:
    """Customers say what they thought of it, soon after it was closed."""
    survey = satisfaction.active("csat")
    if survey is None:
        return
    for ticket, (score, comment) in zip(past, furniture.ANSWERS, strict=False):
        asked = ticket.resolved_at + 30 * MINUTE
        rating = ask(actor=DEMO, survey=survey, contact=ticket.customer, ticket=ticket, at=asked)
        if rating:
            then = min(asked + 45 * MINUTE, at)
            rate(actor=ticket.customer, rating=rating, score=score, comment=comment, via="portal", at=then)


def _act_by_rule(live: Sequence[Any], at: datetime) -> None:
    """The rule takes the newest tickets as if it had been there; it acts where its condition holds."""
    for rule in automation.rules().filter(active=True):
        for ticket in live:
            opened = history("ticket", ticket.pk).filter(verb="ticket.opened").first()
            if opened:
                run_rule(rule, Cause(ticket=ticket.pk, seq=opened.seq), at=at)


def _merge(ticket: Any, everybody: People, at: datetime) -> None:
    """The customer writes a second time by another way; the owner lets both go on as one."""
    again = open_ticket(
        actor=ticket.customer,
        customer=ticket.customer,
        subject=f"再次反馈：{ticket.subject}"[:240],
        body="刚才在网页上提交过一次，担心没有收到，再发一遍。",
        channel="mail",
        topic=ticket.topic,
        at=at,
    )
    merge_ticket(actor=ticket.owner, ticket=again, into=ticket, at=at)


def _divide(ticket: Any, everybody: People, at: datetime) -> None:
    """A part is given to others."""
    open_child(
        actor=ticket.owner,
        ticket=ticket,
        member=ticket.owner,
        subject=f"请协助核对：{ticket.subject}"[:240],
        body="请核对后台记录，把结果写在这里，我来答复客户。",
        at=at,
    )


def _ask_outside(ticket: Any, everybody: People, at: datetime) -> None:
    """Somebody outside is asked, and has answered."""
    side = start_side(
        actor=ticket.owner,
        ticket=ticket,
        member=ticket.owner,
        subject="请协助查询",
        participants=["service@kuaidi.example"],
        body="您好，麻烦帮忙查询这一单目前的状态，谢谢。",
        at=at - 20 * MINUTE,
    )
    answer = "已查到，今天下午会更新状态。"
    receive_side(
        actor=DEMO,
        side=side,
        address="service@kuaidi.example",
        name="快递客服",
        body=answer,
        at=at - 5 * MINUTE,
    )


def _follow(ticket: Any, everybody: People, at: datetime) -> None:
    """Two leads look over the owner's shoulder."""
    for login in ("lin.jing", "hannah.cole"):
        watch_ticket(actor=everybody[login], ticket=ticket, member=everybody[login], at=at)


SCENES = (_merge, _divide, _ask_outside, _follow)
"""What is played on open tickets, one after the other where there are enough."""
