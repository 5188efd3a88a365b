"""The tables of webhooks."""

from fengong.integrations.webhooks.models.delivery import Delivery
from fengong.integrations.webhooks.models.endpoint import Endpoint

__all__ = ["Delivery", "Endpoint"]
