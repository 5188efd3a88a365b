"""Each test is a desk of its own, and so a process that has read nothing yet."""

from __future__ import annotations

import pytest

from fengong.automation.actions import hearing, ladders, rules
from fengong.kernel.following import Follower


@pytest.fixture(autouse=True)
def a_fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (hearing, rules):
        monkeypatch.setattr(module, "RULES", Follower("rules"))
    monkeypatch.setattr(ladders, "LADDERS", Follower("ladders"))
