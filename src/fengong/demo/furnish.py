"""Furnishing the demo's desk beyond people and topics, through verbs: once, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from fengong.automation.actions.macros import MacroDraft, define_macro
from fengong.automation.actions.rules import RuleDraft, define_rule, switch_rule
from fengong.demo import furniture
from fengong.demo.scenes import play_scenes
from fengong.demo.setup import DEMO, People
from fengong.desk.actions.calendars import save_calendar
from fengong.desk.actions.field_definitions import FieldWanted, define_field, define_type
from fengong.desk.actions.service_policies import Level, Rung, Wanted, save_policy
from fengong.desk.actions.signatures import set_signature
from fengong.desk.actions.surveys import define_survey
from fengong.desk.actions.templates import TemplateWanted, define_template
from fengong.desk.actions.views import save_view
from fengong.desk.reading import fields as fields_reading
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.people import queries as people

WARN = {"deed": "notify", "who": "owner", "text": "承诺的时间快到了"}
RAISE = {"deed": "set_priority", "priority": 3}
TELL = {"deed": "notify", "who": "lead", "text": "承诺的时间已过，请跟进"}
LADDER = (
    Rung("first_response", percent=75, deeds=[WARN]),
    Rung("resolution", percent=80, deeds=[WARN, RAISE]),
    Rung("resolution", minutes=15, deeds=[TELL]),
)
KEY = {
    4: Level(10, 15, 60, 180),
    3: Level(15, 30, 120, 300),
    2: Level(30, 60, 240, 540),
    1: Level(60, 120, None, 1080),
}
URGENT = {4: Level(10, 15, 30, 180)}


def furnish(everybody: People, *, at: datetime) -> bool:
    """Types, fields, templates, macros, promises, views, a rule, a survey, a widget, and tickets that show them.

    False when the desk was furnished before; what people have changed or removed since stays so.
    """
    if any(known.slug == furniture.MARK for known in fields_reading.all_types()):
        return False
    with transaction.atomic():
        _shape(at)
        _promise(at)
        _automate(at)
        _face_customers(everybody, at)
        play_scenes(everybody, at=at)
    return True


def _shape(at: datetime) -> None:
    for position, (slug, zh, en) in enumerate(furniture.TYPES):
        define_type(actor=DEMO, slug=slug, name_zh=zh, name_en=en, position=position, at=at)
    for position, (slug, kind, zh, en, offered) in enumerate(furniture.FIELDS):
        choices = [{"value": value, "zh": in_zh, "en": in_en} for value, in_zh, in_en in offered]
        wanted = FieldWanted(
            slug, kind, zh, en, choices=choices, visible_to_customers=not offered, position=position
        )
        define_field(actor=DEMO, wanted=wanted, at=at)
    topics = {topic.slug: topic for topic in people.topics()}
    for words in furniture.TEMPLATES:
        template = TemplateWanted(**words | {"topic": topics.get(words["topic"])})
        define_template(actor=DEMO, wanted=template, at=at)
    for name, query in furniture.VIEWS:
        save_view(actor=DEMO, name=name, query=query, at=at)


def _promise(at: datetime) -> None:
    office = save_calendar(
        actor=DEMO, name="工作时间 · Office", zone="Asia/Shanghai", week=furniture.OFFICE, region="CN", at=at
    )
    urgent = Wanted(
        "紧急 · Urgent", "priority:urgent", levels=URGENT, rungs=(LADDER[0], LADDER[2]), position=0
    )
    key = Wanted("重点客户 · Key accounts", "grade:key", office, levels=KEY, rungs=LADDER, position=1)
    for wanted in (urgent, key):
        save_policy(actor=DEMO, wanted=wanted, at=at)


def _automate(at: datetime) -> None:
    for position, words in enumerate(furniture.MACROS):
        define_macro(actor=DEMO, draft=MacroDraft(**words, position=position), at=at)
    rule = define_rule(actor=DEMO, draft=RuleDraft(**furniture.RULE), at=at)
    switch_rule(actor=DEMO, rule=rule, active=True, at=at)


def _face_customers(everybody: People, at: datetime) -> None:
    define_survey(actor=DEMO, values=furniture.SURVEY, at=at)
    add_widget(actor=DEMO, values=furniture.WIDGET, at=at)
    team: Any = everybody["lin.jing"].team
    for language, body in furniture.SIGNATURES.items():
        set_signature(actor=DEMO, language=language, body=body, team=team, at=at)
