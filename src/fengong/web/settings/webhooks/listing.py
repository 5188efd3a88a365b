"""Endpoints and their deliveries as rows of a page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from fengong.integrations.webhooks import queries as webhooks
from fengong.kernel.paging import page
from fengong.web.settings.webhooks.forms import DeliveriesForm

A_PAGE = 30
LATELY = timedelta(days=7)
REASONS = {
    "gone": _("It answered that it is gone."),
    "failing": _("Nothing arrived for three days."),
    "creator": _("Whoever set it up may not read tickets any more."),
}


def rows(at: datetime) -> list[tuple[Any, dict[str, int], Any]]:
    """Each endpoint with its deliveries of the last week by state, and why it is off."""
    counts = webhooks.counts(at - LATELY)
    return [
        (endpoint, counts.get(endpoint.pk, {}), REASONS.get(endpoint.disabled_reason, ""))
        for endpoint in webhooks.endpoints()
    ]


class Deliveries:
    """A stretch of an endpoint's deliveries, the newest first."""

    def __init__(self, endpoint: Any, query: Any) -> None:
        self.form = DeliveriesForm(query)
        self.form.is_valid()
        self.state = self.form.cleaned_data.get("state", "")
        after = self.form.cleaned_data.get("after")
        found = webhooks.deliveries(endpoint, state=self.state)
        self._page = page(found, by=("-id",), limit=A_PAGE, after=(after,) if after else None)

    @property
    def rows(self) -> list[tuple[Any, list[dict[str, Any]], str]]:
        return [(delivery, _attempts(delivery), _pretty(delivery.body)) for delivery in self._page.rows]

    @property
    def older(self) -> str:
        """Query of the next stretch; empty at the end."""
        return urlencode({"state": self.state, "after": self._page.after[0]}) if self._page.after else ""


def _attempts(delivery: Any) -> list[dict[str, Any]]:
    """The answers so far, their times as times."""
    return [{**entry, "at": datetime.fromisoformat(entry["at"])} for entry in delivery.log]


def _pretty(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
