"""The names of figures, policies and groups, in the language that is active."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from fengong.planning.whatif.results import Row

LANGUAGES = ("en", "zh-hans")
Said = TypeVar("Said")


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Say everything inside in this language."""
    with override(language):
        yield


def both(say: Callable[[], Said]) -> tuple[Said, Said]:
    """Return what is said in English and in Chinese."""
    with override("en"):
        english = say()
    with override("zh-hans"):
        return english, say()


def replay_language(language: str) -> str:
    """Return the name the replay has for a language."""
    return "zh" if language.startswith("zh") else "en"


def figure(name: str) -> str:
    """Return the name of a figure."""
    return {
        "wait": _("Wait until work begins"),
        "resolution": _("Time to resolution"),
        "answered": _("Begun within the promised time"),
        "kept": _("Resolved within the promised time"),
        "right_first": _("Right tier first"),
        "handovers": _("Hand-overs per ticket"),
        "effort": _("Effort"),
        "busy": _("Share of busy time"),
        "taken": _("Tickets begun a week"),
        "spread": _("Spread of effort over members (Gini)"),
    }[name]


def policy(name: str) -> str:
    """Return the name of a policy; its own where we have none."""
    known = {
        "fengong": pgettext("policy", "Fengong"),
        "round-robin": pgettext("policy", "round robin"),
        "least-loaded": pgettext("policy", "least loaded"),
        "longest-idle": pgettext("policy", "longest idle"),
        "static-tiers": pgettext("policy", "fixed tiers"),
        "first-come": pgettext("policy", "first come, first served"),
        "static-priority": pgettext("policy", "fixed priority"),
        "fixed-ratio": pgettext("policy", "fixed queue ratio"),
        "generalized-cmu": pgettext("policy", "generalized cμ"),
        "cmu-theta": "cμ/θ",
        "overflow": pgettext("policy", "overflow threshold"),
        "fair-idle": pgettext("policy", "longest idle in all"),
        "bullseye": pgettext("policy", "rings that widen"),
    }
    return known.get(name, name)


def tier(name: object) -> str:
    """Return the short name of a tier."""
    return f"L{name}"


def groups(by: str) -> str:
    """Return what the groups of customers are."""
    if by == "topic":
        return _("topics")
    if by == "priority":
        return _("priorities")
    return _("groups by %(column)s") % {"column": by}


def group(row: Row, by: str) -> str:
    """Return the name of a group of tickets."""
    if by == "priority":
        return {
            "low": pgettext("priority", "Low"),
            "normal": pgettext("priority", "Normal"),
            "high": pgettext("priority", "High"),
            "urgent": pgettext("priority", "Urgent"),
        }[row.name]
    return _("all others") if row.name == "other" else row.name


def tickets_of(row: Row, by: str) -> str:
    """Return which tickets a row is about, as the beginning of a sentence."""
    if row.kind == "tier":
        return _("Tickets that need %(tier)s") % {"tier": tier(row.name)}
    if row.kind != "group":
        return _("All tickets")
    if by == "topic":
        return _("Tickets on %(topic)s") % {"topic": group(row, by)}
    if by == "priority":
        return _("Tickets of priority %(priority)s") % {"priority": group(row, by)}
    return _("Tickets of %(group)s") % {"group": group(row, by)}


def whose(row: Row, by: str) -> str:
    """Return the name of a subject for a table."""
    if row.kind == "tier":
        return tier(row.name)
    if row.kind == "all":
        return _("Everything")
    if row.kind == "group":
        return group(row, by)
    return f"{row.name} · {row.team}" if row.team else row.name
