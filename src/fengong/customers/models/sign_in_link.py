"""A sign-in link."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import models

from fengong.customers.models.contact import Contact


class SignInLink(models.Model):
    """The right to sign in once as a contact, for whoever holds the secret; only its digest is kept."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["contact", "made_at"], name="sign_in_link_of"),)

    def __str__(self) -> str:
        return f"{self.contact_id} {self.made_at}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a secret."""
        return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

    def is_good(self, at: datetime) -> bool:
        """Whether it may still be used."""
        return self.used_at is None and at < self.expires_at
