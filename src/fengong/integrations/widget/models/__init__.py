"""The widget's tables."""

from fengong.integrations.widget.models.visitor import Visitor
from fengong.integrations.widget.models.widget import Widget

__all__ = ["Visitor", "Widget"]
