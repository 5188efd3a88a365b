"""Verbs on macros: keeping them, and doing what one says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fengong.automation.actions.naming import check_names
from fengong.automation.deeds import Chip, check, describe, perform
from fengong.automation.deeds.wording import check as check_places
from fengong.automation.deeds.wording import fill
from fengong.automation.events import MacroApplied, MacroDefined, MacroRemoved
from fengong.automation.models import Macro
from fengong.automation.policies import require_keeping, require_seeing
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member, Team


@dataclass(frozen=True)
class MacroDraft:
    """What a macro says and does. Shared with a team, kept by one member, or with neither, for everybody."""

    name_zh: str = ""
    name_en: str = ""
    writes: str = Macro.Writes.REPLY
    body_zh: str = ""
    body_en: str = ""
    deeds: list[dict[str, Any]] = field(default_factory=list)
    team: Team | None = None
    member: Member | None = None
    position: int = 0


@dataclass(frozen=True)
class Preview:
    """What applying a macro would write, in the customer's language, and do."""

    macro: Macro
    body: str
    chips: list[Chip]


def define_macro(*, actor: Actor, draft: MacroDraft, at: datetime) -> Macro:
    """Keep a new macro."""
    require_keeping(actor, draft.member)
    return _written(Macro(), draft, actor, at)


def update_macro(*, actor: Actor, macro: Macro, draft: MacroDraft, at: datetime) -> Macro:
    """Change what a macro says, does, or for whom it is."""
    require_keeping(actor, macro.member)
    require_keeping(actor, draft.member)
    return _written(macro, draft, actor, at)


def remove_macro(*, actor: Actor, macro: Macro, at: datetime) -> None:
    """Give a macro up; what it did stays in the history of tickets."""
    require_keeping(actor, macro.member)
    with transaction.atomic():
        record(MacroRemoved(macro=macro.pk, name=macro.label), actor=actor, at=at)
        macro.delete()


def preview_macro(*, macro: Macro, ticket: Ticket, member: Member) -> Preview:
    """The text with its placeholders filled for this ticket, and each deed as a sentence."""
    require_seeing(macro, member)
    body = fill(macro.body_for(ticket.language), ticket=ticket, member=member)
    return Preview(macro, body, describe(macro.deeds))


def apply_macro(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    macro: Macro,
    body: str | None = None,
    at: datetime,
    seen: int | None = None,
    heard: int | None = None,
) -> Ticket:
    """Write what the macro says and do what it does: all of it, or when one step is refused nothing.

    `body` is the text as the member has edited it; None takes the macro's own, an empty one writes nothing.
    """
    require_seeing(macro, member)
    text = body if body is not None else fill(macro.body_for(ticket.language), ticket=ticket, member=member)
    with transaction.atomic():
        if text.strip():
            write = add_note if macro.writes == Macro.Writes.NOTE else partial(reply, heard=heard)
            write(actor=actor, ticket=ticket, member=member, body=text, at=at, seen=seen)
        done = perform(actor=actor, ticket=ticket, deeds=macro.deeds, at=at)
        Macro.objects.filter(pk=macro.pk).update(uses=F("uses") + 1, used_at=at)
        record(MacroApplied(ticket=ticket.pk, macro=macro.pk, name=macro.label), actor=actor, at=at)
    return done


def _written(macro: Macro, draft: MacroDraft, actor: Actor, at: datetime) -> Macro:
    _check(draft)
    macro.name_zh, macro.name_en = draft.name_zh.strip(), draft.name_en.strip()
    macro.writes, macro.position = draft.writes, draft.position
    macro.body_zh, macro.body_en = draft.body_zh.strip(), draft.body_en.strip()
    macro.deeds = check(draft.deeds)
    macro.team, macro.member = draft.team, draft.member
    with transaction.atomic():
        macro.save()
        record(MacroDefined(macro=macro.pk, name=macro.label), actor=actor, at=at)
    return macro


def _check(draft: MacroDraft) -> None:
    check_names(zh=draft.name_zh, en=draft.name_en)
    if not (draft.body_zh.strip() or draft.body_en.strip() or draft.deeds):
        raise Invalid(_("A macro says something, does something, or both."), field="body_zh")
    if draft.writes not in Macro.Writes.values:
        raise Invalid(_("A macro writes a reply or a note."), field="writes")
    if draft.team is not None and draft.member is not None:
        raise Invalid(_("A macro is for a team or for one member, not both."), field="team")
    for name in ("body_zh", "body_en"):
        try:
            check_places(getattr(draft, name))
        except Invalid as refusal:
            raise Invalid(refusal.message, field=name) from refusal
