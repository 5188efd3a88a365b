"""The desk is built through verbs, once, and completed when it was left half done."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fengong.demo import setup
from fengong.demo.cast import cast
from fengong.demo.furnish import furnish
from fengong.demo.setup import bring_in, build_desk, plan_shifts
from fengong.demo.state import remembered
from fengong.desk import queries as desk
from fengong.kernel import spine
from fengong.people import queries as people
from fengong.rota import queries as rota

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def test_an_empty_database_gets_the_whole_desk() -> None:
    everybody = build_desk(password="not a secret", at=NOW)
    assert len(everybody) == people.members().count() == len(cast().members)
    assert people.topics().count() == 12
    assert people.account_by_email("lin.jing@fengong.example").check_password("not a secret")
    assert all(team.lead_id for team in people.teams())


def test_building_again_changes_nothing() -> None:
    build_desk(password="not a secret", at=NOW)
    before = spine.last_seq()
    build_desk(password="another", at=NOW + timedelta(days=1))
    assert spine.last_seq() == before


def test_a_desk_without_tickets_is_furnished_too() -> None:
    everybody = build_desk(password="not a secret", at=NOW)
    assert furnish(everybody, at=NOW)
    assert not furnish(everybody, at=NOW)
    assert desk.tickets().count() == 0


def test_a_member_comes_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(setup, "set_capacity", fail)
        with pytest.raises(RuntimeError):
            build_desk(password="not a secret", at=NOW)
    assert {member.position.role for member in people.members()} == {"lead"}
    assert len(build_desk(password="not a secret", at=NOW)) == len(cast().members)


def test_starting_again_brings_those_in_who_should_be_there() -> None:
    everybody = build_desk(password="not a secret", at=NOW)
    assert plan_shifts(everybody, anchor=NOW, at=NOW) >= len(everybody)
    assert plan_shifts(everybody, anchor=NOW, at=NOW) == 0
    for hours in (0, 0.2, 5, 11, 30, 200):
        at = NOW + timedelta(hours=hours)
        plan_shifts(everybody, anchor=at, at=at)
        bring_in(everybody, at=at)
        online = [pk for pk, status in rota.presences().items() if status == "online"]
        assert len(online) > len(everybody) / 2, hours


def test_the_password_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    state = remembered(tmp_path / "data", at=NOW, past=20)
    assert remembered(tmp_path / "data", at=NOW + timedelta(days=1)) == state
    assert (state.anchor, state.past) == (NOW, 20)
    mode = (tmp_path / "data" / "demo.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert remembered(tmp_path / "other", at=NOW).password != state.password
