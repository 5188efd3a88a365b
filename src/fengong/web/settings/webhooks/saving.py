"""From the form of an endpoint to its verbs; refusals go back into the form."""

from __future__ import annotations

from typing import Any

from fengong.integrations.webhooks.actions.endpoints import EndpointDraft, add_endpoint, change_endpoint
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.web.settings.webhooks.forms import EndpointForm


def known(endpoint: Any) -> dict[str, Any]:
    """What the form shows of an endpoint."""
    return {name: getattr(endpoint, name) for name in ("name", "url", "events", "format")}


def added(member: Any, form: EndpointForm) -> tuple[Any, str] | None:
    """The endpoint and its secret; None where it was refused."""
    try:
        return add_endpoint(actor=member, draft=EndpointDraft(**form.cleaned_data), at=now())
    except Refused as refusal:
        _refuse(form, refusal)
        return None


def changed(member: Any, endpoint: Any, form: EndpointForm) -> bool:
    """Whether it was changed."""
    try:
        change_endpoint(actor=member, endpoint=endpoint, draft=EndpointDraft(**form.cleaned_data), at=now())
    except Refused as refusal:
        _refuse(form, refusal)
        return False
    return True


def _refuse(form: EndpointForm, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
