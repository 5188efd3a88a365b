"""The small marks of the interface: icons, dots, badges, clocks, bars; each with its words for who cannot see it."""

from __future__ import annotations

import json
from collections.abc import Hashable
from datetime import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengong.kernel.clock import now as clock_now
from fengong.web import drawing, promises, words
from fengong.web.promises import next_promise
from fengong.web.settings.pages import Section, section_at

register = template.Library()

SHAPES = {"late": "triangle-alert", "soon": "clock-alert", "fine": "clock"}


@register.simple_tag
def icon(name: str, label: str = "", big: bool = False) -> SafeString:
    """An icon of the sprite: decoration, or with a label an image of its own."""
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    classes = "icon big" if big else "icon"
    where = static("vendor/icons.svg")
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', classes, voice, where, name)


@register.simple_tag
def drawn(template: str, **values: Hashable) -> SafeString:
    """A piece that is drawn once for the same values: `{% drawn "tickets/row.html" row=row %}`."""
    return drawing.drawn(template, **values)


@register.simple_tag
def dots(difficulty: int) -> SafeString:
    """Difficulty as three dots with its name."""
    names = {
        1: pgettext("difficulty", "Common"),
        2: pgettext("difficulty", "Medium"),
        3: pgettext("difficulty", "Hard"),
    }
    label = _("Difficulty %(level)s of 3: %(name)s") % {"level": difficulty, "name": names[difficulty]}
    parts = [
        SafeString('<b class="on"></b>') if n <= difficulty else SafeString("<b></b>") for n in (1, 2, 3)
    ]
    return format_html(
        '<span class="dots" role="img" aria-label="{0}" title="{0}">{1}{2}{3}</span>', label, *parts
    )


@register.simple_tag
def badge(name: str, kind: str = "") -> SafeString:
    """Initials in a circle; the name itself stands beside it, so it is hidden from readers of text."""
    return format_html('<span class="who {}" aria-hidden="true">{}</span>', kind, words.initials(name))


@register.simple_tag
def due(ticket: Any, now: datetime | None = None) -> SafeString:
    """The next promise of a ticket as a ticking clock: a shape, a time, and a sentence."""
    return promised(next_promise(ticket, now or clock_now()))


@register.simple_tag
def promised(promise: promises.Promise | None) -> SafeString:
    """The same of a promise that is known; nothing for none."""
    if promise is None:
        return SafeString("")
    marks = [
        format_html(
            '<svg class="icon shape-{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
            state,
            static("vendor/icons.svg"),
            shape,
        )
        for state, shape in SHAPES.items()
    ]
    return format_html(
        '<time class="due" data-controller="clock" data-clock-kind-value="due" datetime="{}" data-state="{}"'
        ' title="{} · {}">{}{}{}<span class="visually-hidden">{}</span>'
        '<span data-clock-target="words" aria-hidden="true">{}</span></time>',
        promise.due.isoformat(),
        promise.state,
        promise.label,
        words.moment(promise.due),
        *marks,
        promise.sentence,
        promise.time,
    )


@register.simple_tag
def ago(at: datetime | None) -> SafeString:
    """A moment as time passed, the absolute on hover."""
    if at is None:
        return SafeString("")
    return format_html(
        '<time data-controller="clock" data-clock-kind-value="ago" datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        words.moment(at),
        words.ago(at, clock_now()),
    )


@register.simple_tag
def bar(value: float, full: float, label: str = "", state: str = "") -> SafeString:
    """A filled bar: a meter with its words, or with no label a decoration beside a number."""
    percent = share(value, full)
    voice = (
        format_html(
            'role="meter" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="{}" aria-label="{}"',
            full,
            value,
            label,
        )
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<span class="bar" data-state="{}" {}><span data-share="{}"></span></span>', state, voice, percent
    )


@register.filter
def section(path: str) -> Section | None:
    """The page of settings that an address belongs to."""
    return section_at(path)


@register.filter
def share(value: float, full: float) -> int:
    """Whole percent of something, 0 to 100."""
    return max(0, min(100, round(100 * value / full))) if full else 0


@register.filter
def minutes(value: float) -> str:
    """Effort in minutes."""
    return words.effort(value)


@register.filter
def duration(value: float) -> str:
    """Minutes in human words."""
    return words.duration(value)


@register.filter
def seconds(value: float) -> str:
    """Seconds in human words."""
    return words.seconds(value)


@register.filter
def percent(value: float) -> str:
    """A share as a percentage."""
    return f"{round(100 * value)}%"


@register.filter
def hour(at: datetime | None) -> str:
    """Time of day in the reader's zone."""
    return words.hour(at) if at else ""


@register.filter
def moment(at: datetime | None) -> str:
    """Day and time in the reader's zone."""
    return words.moment(at) if at else ""


@register.simple_tag
def clocks(ticket: Any, now: datetime) -> list[promises.Clock]:
    """Where all clocks of a ticket stand: `{% clocks ticket now as found %}`."""
    return promises.clocks(ticket, now)


@register.simple_tag
def clock_words() -> str:
    """The clocks' sentences, for the browser."""
    return json.dumps(words.patterns(), ensure_ascii=False)
