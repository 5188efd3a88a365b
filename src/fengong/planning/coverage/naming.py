"""What channels are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fengong.desk.models import Ticket

CHANNEL_NAMES: Mapping[str, Any] = dict(Ticket.Channel.choices)
