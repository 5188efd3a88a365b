"""Idempotency keys: a request that is sent again does nothing twice.

A key becomes the external id of what it made, under the name of whoever sent it, so it lives exactly as long as that.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict

MARK = "idempotency-key:"


def external_id(given: str, key: str | None, actor: Actor) -> str:
    """The external id to store: the one given, else one made from the key."""
    return given or (f"{MARK}{actor.ref}:{key}" if key else "")


def shown_id(stored: str) -> str:
    """The external id as programs know it; one that was made from a key is nobody else's business."""
    return "" if stored.startswith(MARK) else stored


def check_same(same: bool) -> None:
    """Raise Conflict where a key or an external id comes back with something else."""
    if not same:
        raise Conflict(_("This id or key was used before for something else."), code="key_reused")
