"""Verbs on calls to those on standby."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.events import StandbyAnswered, StandbyCalled
from fengong.emergency.models import Measure, StandbyCall
from fengong.emergency.policies import require_answering
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people import queries as people
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Standby

CALLED = StandbyCall.State.CALLED


def call_all(measure: Measure, at: datetime) -> None:
    """Call everybody who is on standby now and knows the topic, each once; who answers too late has missed it."""
    for call in StandbyCall.objects.filter(surge=measure.surge_id, state=CALLED, answer_by__lt=at):
        _settle(call, StandbyCall.State.MISSED, EMERGENCY, at)
    called = set(StandbyCall.objects.filter(surge=measure.surge_id).values_list("member_id", flat=True))
    here = rota.online()
    for standby in rota.standby_between(at, at + timedelta(seconds=1)):
        if standby.member_id not in called | here and _knows(standby, measure.surge.topic_id):
            called.add(standby.member_id)
            _call(measure, standby, at)


def dismiss_all(measure: Measure, at: datetime) -> None:
    """Whoever has not answered need not come any more."""
    for call in StandbyCall.objects.filter(surge=measure.surge_id, state=CALLED):
        _settle(call, StandbyCall.State.DISMISSED, EMERGENCY, at)


def answer_call(*, actor: Actor, call: StandbyCall, coming: bool, at: datetime) -> StandbyCall:
    """Say whether one comes. Who does is online and on shift until their standby ends; a late yes is welcome too."""
    require_answering(actor, call)
    state = StandbyCall.State.COMING if coming else StandbyCall.State.DECLINED
    answered = _settle(call, state, actor, at)
    if coming:
        _come(answered, at)
    return answered


def _call(measure: Measure, standby: Standby, at: datetime) -> None:
    answer_by = at + timedelta(minutes=max(standby.answers_within, 1))
    with transaction.atomic():
        StandbyCall.objects.create(
            surge_id=measure.surge_id,
            member_id=standby.member_id,
            called_at=at,
            answer_by=answer_by,
            until=standby.ends_at,
        )
        fact = StandbyCalled(
            surge=measure.surge_id, member=standby.member_id, answer_by=answer_by.isoformat()
        )
        record(fact, actor=EMERGENCY, at=at)


def _knows(standby: Standby, topic: int | None) -> bool:
    return topic is None or people.skills([standby.member_id]).filter(topic=topic).exists()


def _settle(call: StandbyCall, state: str, actor: Actor, at: datetime) -> StandbyCall:
    with transaction.atomic():
        row = StandbyCall.objects.select_for_update().get(pk=call.pk)
        late = row.state == StandbyCall.State.MISSED and state == StandbyCall.State.COMING
        if row.state != CALLED and not late:
            raise Conflict(_("This call has been answered."))
        row.state, row.answered_at = state, at
        row.save(update_fields=["state", "answered_at"])
        fact = StandbyAnswered(surge=row.surge_id, member=row.member_id, state=state)
        record(fact, actor=actor, at=at)
    return row


def _come(call: StandbyCall, at: datetime) -> None:
    member = people.member(call.member_id)
    if member is None:
        return
    if call.until > at and not rota.shifts_of(member, at, call.until).exists():
        plan_shift(actor=EMERGENCY, member=member, starts_at=at, ends_at=call.until, at=at)
    set_presence(actor=EMERGENCY, member=member, status="online", at=at)
