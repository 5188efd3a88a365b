"""Verbs on mailboxes and mail."""

from __future__ import annotations

from fengong.kernel.actor import System

MAIL = System("mail")
