"""Deeds: the one list of things that can be done to a ticket by name, each of which calls a verb.

A stored deed is `{"deed": NAME, …parameters}`. Macros, rules and the ladders of promises keep lists of them. A new deed
is a `Deed` in one of the modules here; forms, sentences and checks follow from what it declares.
"""

from __future__ import annotations

from fengong.automation.deeds.performing import Outcome, perform, perform_each
from fengong.automation.deeds.registry import DEEDS, check
from fengong.automation.deeds.telling import Chip, describe, describe_all

__all__ = ["DEEDS", "Chip", "Outcome", "check", "describe", "describe_all", "perform", "perform_each"]
