"""Who may configure widgets, and by what a site vouches for its visitor."""

from __future__ import annotations

import hashlib
import hmac

from fengong.integrations.widget.models import Widget
from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_configuring(actor: Actor) -> None:
    """Raise Denied unless the actor may change channels."""
    require(actor, "desk.configure")


def identity_hash(secret: str, identity: str) -> str:
    """What a site computes on its server from the widget's secret and its own name for a visitor."""
    return hmac.new(secret.encode(), identity.encode(), hashlib.sha256).hexdigest()


def vouches(widget: Widget, identity: str, given: str) -> bool:
    """Whether the site has vouched for this identity."""
    return hmac.compare_digest(identity_hash(widget.secret, identity).encode(), given.lower().encode())
