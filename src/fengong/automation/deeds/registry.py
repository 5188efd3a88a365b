"""All deeds by name, and whether a list of them can be stored."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fengong.automation.deeds import moving, saying, shaping
from fengong.automation.deeds.deed import Deed
from fengong.kernel.errors import Invalid

DEEDS: dict[str, Deed] = {deed.name: deed for deed in (*saying.DEEDS, *moving.DEEDS, *shaping.DEEDS)}
MOST = 20


def check(deeds: Any) -> list[dict[str, Any]]:
    """The deeds as they are stored; Invalid, naming the place and the parameter, at the first that cannot be done."""
    if not isinstance(deeds, list) or not all(isinstance(deed, dict) for deed in deeds):
        raise Invalid(_("Deeds are a list of objects, each with the name of a deed."), field="deeds")
    if len(deeds) > MOST:
        raise Invalid(_("At most %(count)s deeds.") % {"count": MOST}, field="deeds")
    return [_checked(place, given) for place, given in enumerate(deeds)]


def _checked(place: int, given: dict[str, Any]) -> dict[str, Any]:
    deed = DEEDS.get(str(given.get("deed", "")))
    if deed is None:
        said = _("Step %(place)s: there is no deed “%(name)s”.")
        raise Invalid(
            said % {"place": place + 1, "name": _quoted(given.get("deed", ""))}, field=f"deeds.{place}"
        )
    unknown = set(given) - {"deed"} - {parameter.name for parameter in deed.parameters}
    if unknown:
        said = _("Step %(place)s: “%(name)s” does not take “%(unknown)s”.")
        names = {"place": place + 1, "name": deed.label, "unknown": _quoted(min(unknown))}
        raise Invalid(said % names, field=f"deeds.{place}")
    try:
        return deed.accept(given)
    except Invalid as refusal:
        said = _("Step %(place)s: %(reason)s") % {"place": place + 1, "reason": refusal.message}
        raise Invalid(said, field=f"deeds.{place}.{refusal.field}") from refusal


def _quoted(value: Any) -> str:
    """What somebody sent, short and in characters that can be sent back."""
    return str(value)[:60].encode("utf-8", "replace").decode()
