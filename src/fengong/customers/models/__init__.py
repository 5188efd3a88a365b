"""The customer tables."""

from fengong.customers.models.contact import Contact
from fengong.customers.models.organization import Organization

__all__ = ["Contact", "Organization"]
