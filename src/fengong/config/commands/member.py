"""Bring a person onto the desk, the first administrator among them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from django.db import transaction

from fengong.desk.actions.loads import set_capacity
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.people import queries as people
from fengong.people.actions.accounts import open_account
from fengong.people.actions.members import add_member, set_skill
from fengong.people.actions.teams import appoint_lead, define_position, define_topic, form_team

POSITIONS = {
    "admin": ("系统管理员", "Administrator", "administrator", None, (1, 3)),
    "lead": ("团队负责人", "Team lead", "lead", None, (1, 3)),
    "l1": ("初级客服", "Agent L1", "agent", 1, (1, 1)),
    "l2": ("二级客服", "Agent L2", "agent", 2, (1, 2)),
    "l3": ("高级客服", "Agent L3", "agent", 3, (1, 3)),
}
"""A desk of three tiers: short name, names, role, tier, difficulties."""
MINUTES = 240
"""Effort an agent holds at once, to begin with."""
ABLE = 3
"""What an agent is taken to know of each topic, to begin with."""


@click.command(
    help="Bring a person onto the desk who signs in as EMAIL; team and position are made if need be."
)
@click.argument("email")
@click.option("--name", required=True, help="What colleagues call them.")
@click.option("--position", type=click.Choice(list(POSITIONS)), default="admin", show_default=True)
@click.option("--team", default="desk", show_default=True, help="Short name of their team.")
@click.option("--language", type=click.Choice(["zh-hans", "en"]), default="zh-hans", show_default=True)
@click.password_option(help="Asked for when it is not given.")
def command(*, email: str, name: str, position: str, team: str, language: str, password: str) -> None:
    """All of it or nothing."""
    at = now()
    try:
        with transaction.atomic():
            account = open_account(actor=SYSTEM, email=email, password=password, language=language, at=at)
            where, post = _team(team), _position(position)
            member = add_member(
                actor=SYSTEM, team=where, position=post, display_name=name, account=account, at=at
            )
            if post.tier:
                _equip(member, at)
            if position == "lead" and where.lead is None:
                appoint_lead(actor=SYSTEM, team=where, member=member, at=at)
    except Refused as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(f"{name} can sign in as {account.email}.")


def _equip(member: Any, at: datetime) -> None:
    """Room for work, and some skill in everything there is: work without a topic would find nobody."""
    set_capacity(actor=SYSTEM, member=member, capacity=MINUTES, at=at)
    if not people.topics():
        define_topic(
            actor=SYSTEM,
            slug="general",
            name_zh="综合",
            name_en="General",
            keywords=[],
            minutes=(15, 30, 60),
            at=at,
        )
    for topic in people.topics():
        set_skill(actor=SYSTEM, member=member, topic=topic, proficiency=ABLE, source="declared", at=at)


def _team(slug: str) -> Any:
    known = people.teams().filter(slug=slug).first()
    return known or form_team(actor=SYSTEM, slug=slug, name_zh="", name_en=slug, at=now())


def _position(slug: str) -> Any:
    if known := people.positions().filter(slug=slug).first():
        return known
    zh, en, role, tier, difficulty = POSITIONS[slug]
    return define_position(
        actor=SYSTEM, slug=slug, name_zh=zh, name_en=en, role=role, tier=tier, difficulty=difficulty, at=now()
    )
