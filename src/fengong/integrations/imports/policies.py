"""Who may import: whoever configures the desk."""

from __future__ import annotations

from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_importer(actor: Actor) -> None:
    """Raise Denied unless the actor may bring tickets in and read what was refused."""
    require(actor, "desk.configure")
