"""The customer tables."""

from fengong.customers.models.contact import Contact
from fengong.customers.models.organization import Organization
from fengong.customers.models.outgoing_notice import OutgoingNotice
from fengong.customers.models.sign_in_link import SignInLink

__all__ = ["Contact", "Organization", "OutgoingNotice", "SignInLink"]
