"""Templates of whole divisions of labour: positions with drafts of their duty lists, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Missing
from fengong.people.actions.duties import draft_duties, write_duties
from fengong.people.actions.duty_checks import DutyWanted
from fengong.people.actions.teams import define_position
from fengong.people.models import Position
from fengong.people.policies import require


@dataclass(frozen=True, slots=True)
class PositionTemplate:
    """A position and its duties; `hands_to` names for each task positions of the same template by slug."""

    slug: str
    name_zh: str
    name_en: str
    tier: int | None
    difficulty: tuple[int, int]
    duties: tuple[DutyWanted, ...]
    hands_to: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DutyTemplate:
    """Positions that divide work between them."""

    slug: str
    name_zh: str
    name_en: str
    positions: tuple[PositionTemplate, ...]


def _kpi(key: str, target: float, unit: str) -> dict[str, Any]:
    return {"key": key, "target": target, "unit": unit, "source": "spine"}


def _duty(
    task: str, zh: str, en: str, raci: str, *kpis: dict[str, Any], grades: Sequence[int] = ()
) -> DutyWanted:
    return DutyWanted(task=task, task_zh=zh, task_en=en, raci=raci, kpis=kpis, difficulties=grades)


COMMON = ("answer-common", "解答常见问题", "Answer common questions")
MEDIUM = ("solve-medium", "处理中等难度的问题", "Solve questions of medium difficulty")
HARD = ("solve-hard", "处理疑难问题并提供技术支持", "Solve hard questions and give technical support")
HANDOVER = ("hand-over", "转交时写明已试、已知与所需", "Hand over with what was tried, found and wanted")
LESSONS = ("write-lessons", "把解决办法写成知识", "Write solutions down as knowledge")
THREE_TIERS = DutyTemplate(
    "three-tier-desk", "三级服务台", "Three-tier service desk",
    (
        PositionTemplate(
            "l1", "初级客服", "Agent L1", 1, (1, 1),
            (
                _duty(*COMMON, "RA", _kpi("first_response_seconds_p50", 900, "seconds"),
                      _kpi("csat", 0.9, "share"), grades=(1,)),
                _duty(*MEDIUM, "I", grades=(2,)),
                _duty(*HANDOVER, "R"),
            ),
            {"answer-common": ("l2",), "hand-over": ("l2",)},
        ),
        PositionTemplate(
            "l2", "二级客服", "Agent L2", 2, (1, 2),
            (
                _duty(*MEDIUM, "RA", _kpi("resolution_seconds_p50", 28800, "seconds"),
                      _kpi("reopened_share", 0.08, "share"), grades=(2,)),
                _duty(*COMMON, "C", grades=(1,)),
                _duty(*HARD, "I", grades=(3,)),
                _duty(*HANDOVER, "RA"),
            ),
            {"solve-medium": ("l3",), "hand-over": ("l3",)},
        ),
        PositionTemplate(
            "l3", "高级客服", "Agent L3", 3, (1, 3),
            (
                _duty(*HARD, "RA", _kpi("resolution_seconds_p90", 259200, "seconds"),
                      _kpi("promises_kept_share", 0.95, "share"), grades=(3,)),
                _duty(*MEDIUM, "C", grades=(2,)),
                _duty(*LESSONS, "RA"),
            ),
            {"solve-medium": ("l2",)},
        ),
    ),
)  # fmt: skip
CARE = ("keep-contact", "维护客户关系，定期回访", "Look after the customer and call back regularly")
DIAGNOSE = ("diagnose", "查明技术原因并给出方案", "Find the technical cause and propose a solution")
DELIVER = ("deliver", "制定计划并按期交付", "Plan the work and deliver it in time")
RECEIVE = ("receive", "受理来访并告知进展", "Receive requests and report progress")
ACCOUNT_TEAM = DutyTemplate(
    "account-team", "客户服务小组", "Account team",
    (
        PositionTemplate(
            "account-manager", "客户经理", "Account manager", None, (1, 3),
            (
                _duty(*CARE, "RA", _kpi("csat", 0.92, "share")),
                _duty(*RECEIVE, "I"), _duty(*DIAGNOSE, "I"), _duty(*DELIVER, "C"),
            ),
            {"keep-contact": ("service-representative",)},
        ),
        PositionTemplate(
            "technical-expert", "技术专家", "Technical expert", 3, (2, 3),
            (
                _duty(*DIAGNOSE, "RA", _kpi("resolution_seconds_p90", 259200, "seconds"), grades=(2, 3)),
                _duty(*DELIVER, "R"), _duty(*CARE, "C"),
            ),
            {"diagnose": ("project-manager",)},
        ),
        PositionTemplate(
            "project-manager", "项目经理", "Project manager", None, (1, 3),
            (
                _duty(*DELIVER, "A", _kpi("promises_kept_share", 0.95, "share")),
                _duty(*DIAGNOSE, "C"), _duty(*CARE, "I"),
            ),
            {"deliver": ("account-manager",)},
        ),
        PositionTemplate(
            "service-representative", "客服代表", "Service representative", 1, (1, 2),
            (
                _duty(*RECEIVE, "RA", _kpi("first_response_seconds_p50", 600, "seconds")),
                _duty(*DIAGNOSE, "I"), _duty(*CARE, "R"),
            ),
            {"receive": ("technical-expert", "account-manager")},
        ),
    ),
)  # fmt: skip
TEMPLATES = {template.slug: template for template in (THREE_TIERS, ACCOUNT_TEAM)}


def apply_template(*, actor: Actor, slug: str, at: datetime) -> list[Position]:
    """Make the positions of a template, each with a draft. One whose slug stands already keeps its names and tier."""
    require(actor, "people.manage")
    if slug not in TEMPLATES:
        raise Missing(_("There is no template of this name."), field="template")
    wanted = TEMPLATES[slug].positions
    with transaction.atomic():
        known = {one.slug: one for one in Position.objects.filter(slug__in=[one.slug for one in wanted])}
        made = {one.slug: known.get(one.slug) or _define(actor, one, at) for one in wanted}
        for one in wanted:
            duties = [_resolved(duty, one, made) for duty in one.duties]
            draft_duties(actor=actor, position=made[one.slug], at=at)
            write_duties(actor=actor, position=made[one.slug], duties=duties, at=at)
    return list(made.values())


def _define(actor: Actor, wanted: PositionTemplate, at: datetime) -> Position:
    return define_position(
        actor=actor,
        slug=wanted.slug,
        name_zh=wanted.name_zh,
        name_en=wanted.name_en,
        role=Position.Role.AGENT,
        tier=wanted.tier,
        difficulty=wanted.difficulty,
        at=at,
    )


def _resolved(duty: DutyWanted, one: PositionTemplate, made: dict[str, Position]) -> DutyWanted:
    """The duty with the positions it hands over to by id, as the table holds them."""
    return replace(duty, hands_to=[made[slug].pk for slug in one.hands_to.get(duty.task, ())])
