"""A contact."""

from __future__ import annotations

from django.db import models

from fengong.customers.models.organization import Organization


class Contact(models.Model):
    """A person who writes in. Who chats or calls may have left no address yet."""

    display_name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )

    class Meta:
        indexes = (models.Index(fields=["phone"], name="contact_of_number"),)

    def __str__(self) -> str:
        return self.display_name

    @property
    def ref(self) -> str:
        """Reference for the spine."""
        return f"customer:{self.pk}"

    def may(self, permission: str) -> bool:
        """Customers write in and read their own; nothing more."""
        return permission == "ticket.open"
