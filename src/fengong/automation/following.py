"""The places on the spine up to which rules and ladders have read, one of each in a process."""

from __future__ import annotations

from fengong.kernel.following import Follower

RULES = Follower("rules")
LADDERS = Follower("ladders")
