"""An access token."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import models

from fengong.people.models.account import Account


class AccessToken(models.Model):
    """A program's key to an account. The secret is shown once; only its SHA-256 is kept, and its first characters."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.prefix}…"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is stored of a secret. It has 256 random bits, so neither salt nor slow hashing adds anything."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def is_valid(self, at: datetime) -> bool:
        """Whether it still opens the account."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)
