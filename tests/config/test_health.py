"""`GET /health` says whether the installation does its work."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from fengong.kernel.clock import now
from fengong.kernel.heartbeat import beat, end
from fengong.kernel.spine import last_seq
from tests.world import World


def test_all_is_well_while_the_worker_lives(client: Client, world: World) -> None:
    world.ticket()
    beat(name="worker:here:1", at=now(), data={"seen": last_seq() - 1})
    response = client.get("/health")
    report = response.json()
    assert response.status_code == 200
    assert set(report) == {"status", "version", "database", "worker", "queue"}
    assert report["status"] == "ok"
    assert report["database"]["ok"] and report["database"]["latency_ms"] >= 0
    assert report["worker"]["ok"] and report["worker"]["heartbeat_age_s"] < 2
    assert report["queue"]["waiting"] == 1
    assert report["queue"]["oldest_s"] > 0
    assert report["queue"]["spine_lag"] == 1


@pytest.mark.parametrize("silent_for", [11, None])
def test_a_silent_worker_fails(client: Client, db: None, silent_for: int | None) -> None:
    if silent_for:
        beat(name="worker:here:1", at=now() - timedelta(seconds=silent_for))
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["status"] == "failing"
    assert response.json()["worker"]["ok"] is False


def test_where_no_worker_is_expected_none_is_missed(client: Client, db: None, settings: Settings) -> None:
    settings.WORKER_EXPECTED = False
    assert client.get("/health").status_code == 200


def test_a_worker_that_stopped_on_purpose_is_not_heard_of_any_more(client: Client, db: None) -> None:
    beat(name="worker:here:1", at=now())
    end("worker:here:1")
    assert client.get("/health").json()["worker"]["heartbeat_age_s"] is None


def test_a_database_that_does_not_answer_fails(client: Client, db: None) -> None:
    with mock.patch("fengong.config.health._database", side_effect=OperationalError("gone")):
        response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["database"]["ok"] is False
    assert response.headers["cache-control"] == "no-store"


def test_it_is_read_only_and_needs_no_sign_in(client: Client, db: None) -> None:
    assert client.post("/health").status_code == 405
