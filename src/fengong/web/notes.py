"""The special rules that had a part in a decision or a wait, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fengong.web import words

UNTIL = {
    "shift_ending": gettext_lazy("%(time)s left"),
    "not_asked": gettext_lazy("asked in %(time)s"),
    "on_break": gettext_lazy("back in %(time)s"),
    "break_soon": gettext_lazy("back in %(time)s"),
    "on_leave": gettext_lazy("back in %(time)s"),
}


def of_decision(notes: Mapping[str, Any]) -> list[str]:
    """What the policy's special rules had to do with a decision."""
    found = [*_asked(notes), *_kept(notes)]
    if "eased" in notes:
        found.append(
            _("It had waited so long that %(steps)s less proficiency was asked for.")
            % {"steps": f"{notes['eased']:g}"}
        )
    if "offered" in notes:
        found.append(
            _("It was offered for %(seconds)s seconds, to be accepted or passed on.")
            % {"seconds": f"{notes['offered']:g}"}
        )
    if notes.get("interrupted"):
        made_way = ", ".join(f"#{ticket}" for ticket in notes["interrupted"])
        found.append(_("Nobody had room, so less urgent work made way: %(tickets)s.") % {"tickets": made_way})
    return found


def of_waiting(notes: Mapping[str, Any]) -> list[str]:
    """What besides people holds a waiting ticket."""
    found = _kept(notes)
    if "wider_in" in notes:
        found.append(_("more people are asked in %(time)s") % {"time": words.duration(notes["wider_in"])})
    return found


def until(reason: str, figures: list[Any]) -> str:
    """When a reason passes that passes by itself."""
    said = UNTIL.get(reason)
    if said is None:
        return ""
    return str(said) % {"time": words.duration(figures[0])} if figures[0] >= 0 else _("not for this work")


def _asked(notes: Mapping[str, Any]) -> list[str]:
    if "group" not in notes:
        return []
    if not notes.get("ring"):
        return [_("The group “%(name)s” was asked first.") % {"name": notes["group"]}]
    return [
        ngettext(
            "The group “%(name)s” was asked first, then %(rings)s wider ring.",
            "The group “%(name)s” was asked first, then %(rings)s wider rings.",
            notes["ring"],
        )
        % {"name": notes["group"], "rings": notes["ring"]}
    ]


def _kept(notes: Mapping[str, Any]) -> list[str]:
    return [_("Kept a while for the member who knows the customer.")] if "kept_for" in notes else []
