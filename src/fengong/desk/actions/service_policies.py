"""Verbs on policies of promised times. Every change makes a new edition: open tickets are recomputed from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.editions import new_edition
from fengong.desk.events import PolicyRemoved, PolicySaved
from fengong.desk.language import condition as read_condition
from fengong.desk.models import Calendar, LadderStep, ServiceLevel, ServicePolicy, Ticket
from fengong.desk.models.service_policy import PAUSES, USUAL_PAUSES
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

LONGEST_LADDER = 5
LONGEST = 10 * 366 * 1440
"""Minutes; nothing is promised for longer than ten years."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is promised at one priority, in working minutes; None where nothing is."""

    first_response: int | None = None
    next_response: int | None = None
    update: int | None = None
    resolution: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: at a percentage of the time, or so many working minutes after (before, if negative) its end,
    these deeds are done."""

    target: str
    percent: int | None = None
    minutes: int = 0
    deeds: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A policy as somebody wants it. `ownership` are the minutes of each tier, `rungs` the steps of the ladder."""

    name: str
    condition: str = ""
    calendar: Calendar | None = None
    pauses: Sequence[str] = USUAL_PAUSES
    levels: Mapping[int, Level] = field(default_factory=dict)
    ownership: Mapping[int, int | None] = field(default_factory=dict)
    rungs: Sequence[Rung] = ()
    position: int = 0
    active: bool = True
    is_default: bool = False


def save_policy(
    *, actor: Actor, wanted: Wanted, at: datetime, policy: ServicePolicy | None = None
) -> ServicePolicy:
    """Promise times to the tickets that meet a condition; open ones follow within a moment."""
    require(actor, "desk.configure")
    _check(wanted, at)
    with transaction.atomic():
        saved = policy or ServicePolicy()
        _check_unique(wanted, saved)
        saved.name, saved.position, saved.is_default = wanted.name.strip(), wanted.position, wanted.is_default
        saved.active = wanted.active or wanted.is_default
        saved.condition = "" if wanted.is_default else wanted.condition.strip()
        saved.calendar, saved.pauses = wanted.calendar, list(wanted.pauses)
        for tier in (1, 2, 3):
            setattr(saved, f"ownership_{tier}", wanted.ownership.get(tier))
        saved.save()
        _save_levels(saved, wanted.levels)
        _save_ladder(saved, wanted.rungs, at)
        new_edition(at=at)
        record(PolicySaved(policy=saved.pk, name=saved.name), actor=actor, at=at)
    return saved


def remove_policy(*, actor: Actor, policy: ServicePolicy, at: datetime) -> None:
    """Remove a policy; its tickets get the next one that applies."""
    require(actor, "desk.configure")
    if policy.is_default:
        raise Conflict(_("The default policy cannot be removed; it counts where no other does."))
    pk = policy.pk
    with transaction.atomic():
        ServicePolicy.objects.filter(pk=pk).delete()
        new_edition(at=at)
        record(PolicyRemoved(policy=pk, name=policy.name), actor=actor, at=at)


def move_policy(*, actor: Actor, policy: ServicePolicy, position: int, at: datetime) -> None:
    """Put a policy at a place among those with a condition; the first that a ticket meets counts."""
    require(actor, "desk.configure")
    with transaction.atomic():
        others = list(ServicePolicy.objects.filter(is_default=False).exclude(pk=policy.pk))
        others.insert(min(max(position, 0), len(others)), policy)
        for place, one in enumerate(others):
            ServicePolicy.objects.filter(pk=one.pk).update(position=place)
        new_edition(at=at)
        record(PolicySaved(policy=policy.pk, name=policy.name), actor=actor, at=at)


def _check(wanted: Wanted, at: datetime) -> None:
    if not wanted.name.strip():
        raise Invalid(_("A policy needs a name."), field="name")
    if not set(wanted.pauses) <= set(PAUSES):
        raise Invalid(_("Clocks can only stand still while a ticket waits or is snoozed."), field="pauses")
    minutes = [value for level in wanted.levels.values() for value in _minutes(level).values()]
    if any(
        value is not None and not 0 < value <= LONGEST for value in (*minutes, *wanted.ownership.values())
    ):
        raise Invalid(_("A promised time is longer than nothing and shorter than ten years."), field="levels")
    if not set(wanted.levels) <= set(Ticket.Priority.values):
        raise Invalid(_("Priority goes from 1 to 4."), field="levels")
    _check_ladder(wanted.rungs)
    if not wanted.is_default:
        if not wanted.condition.strip():
            raise Invalid(
                _("Say which tickets it is for; the default policy is for all others."), field="condition"
            )
        _check_condition(wanted.condition, at)


def _check_condition(text: str, at: datetime) -> None:
    try:
        Ticket.objects.filter(read_condition(text, member=None, at=at)).exists()
    except Invalid as refusal:
        raise Invalid(refusal.message, code=refusal.code, field="condition") from refusal


def _check_ladder(rungs: Sequence[Rung]) -> None:
    if len(rungs) > LONGEST_LADDER:
        raise Invalid(_("A ladder has at most five steps."), field="steps")
    for rung in rungs:
        if rung.target not in LadderStep.Target.values:
            raise Invalid(_("There is no such promise."), field="steps")
        if rung.percent is not None and not 1 <= rung.percent <= 500:
            raise Invalid(_("A percentage lies between 1 and 500."), field="steps")
        if abs(rung.minutes) > LONGEST:
            raise Invalid(_("A step lies within ten years of its promise."), field="steps")


def _check_unique(wanted: Wanted, saved: ServicePolicy) -> None:
    others = ServicePolicy.objects.exclude(pk=saved.pk)
    if others.filter(name=wanted.name.strip()).exists():
        raise Conflict(_("There is a policy of this name already."), field="name")
    if wanted.is_default and others.filter(is_default=True).exists():
        raise Conflict(_("There is a default policy already."), field="is_default")
    if saved.pk and saved.is_default and not wanted.is_default:
        raise Conflict(_("The default policy stays the default one."), field="is_default")


def _save_levels(policy: ServicePolicy, levels: Mapping[int, Level]) -> None:
    policy.levels.exclude(priority__in=levels).delete()
    for priority, level in levels.items():
        ServiceLevel.objects.update_or_create(
            policy=policy, priority=priority, defaults={f"{k}_minutes": v for k, v in _minutes(level).items()}
        )


def _minutes(level: Level) -> dict[str, int | None]:
    return {
        "first_response": level.first_response,
        "next_response": level.next_response,
        "update": level.update,
        "resolution": level.resolution,
    }


def _save_ladder(policy: ServicePolicy, rungs: Sequence[Rung], at: datetime) -> None:
    """Keep a step that stays as it is, so that it is not done again; one that changes counts from now on."""
    standing = {step.place: step for step in policy.steps.all()}
    policy.steps.filter(place__gt=len(rungs)).delete()
    for place, rung in enumerate(rungs, start=1):
        when = {"target": rung.target, "percent": rung.percent, "minutes": rung.minutes}
        deeds = [dict(deed) for deed in rung.deeds]
        known = standing.get(place)
        if known and all(getattr(known, name) == value for name, value in when.items()):
            LadderStep.objects.filter(pk=known.pk).update(deeds=deeds)
            continue
        if known:
            known.delete()
        LadderStep.objects.create(policy=policy, place=place, deeds=deeds, since=at, **when)
