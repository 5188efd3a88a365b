"""`GET /health`: whether this installation does its work, for probes and people. No sign-in, nothing private."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from fengong.desk import queries as desk
from fengong.kernel import clock, heartbeat, spine


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the worker lives; 503 otherwise, with the same figures."""
    report: dict[str, Any] = {
        "status": "ok",
        "version": version("fengong"),
        "database": {"engine": connection.vendor},
    }
    try:
        report["database"] |= _database()
        report["worker"], report["queue"] = _worker(), _queue()
    except DatabaseError:
        report["database"]["ok"] = False
    parts = [report["database"], report.get("worker", {"ok": False})]
    if not all(part["ok"] for part in parts):
        report["status"] = "failing"
    response = JsonResponse(report, status=200 if report["status"] == "ok" else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> dict[str, Any]:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "latency_ms": round((time.perf_counter() - started) * 1000, 1)}


def _worker() -> dict[str, Any]:
    """How long ago the freshest worker was heard of; without any, silent for good."""
    newest = heartbeat.newest("worker")
    age = max((clock.now() - newest.at).total_seconds(), 0.0) if newest else None
    alive = age is not None and age <= heartbeat.SILENT_AFTER.total_seconds()
    return {
        "heartbeat_age_s": None if age is None else round(age, 1),
        "ok": alive or not settings.WORKER_EXPECTED,
    }


def _queue() -> dict[str, Any]:
    """How much waits, for how long, and how many facts the worker has not looked at yet."""
    newest = heartbeat.newest("worker")
    seen = newest.data.get("seen", 0) if newest else 0
    oldest = desk.oldest_waiting_seconds(clock.now())
    return {
        "waiting": desk.waiting().count(),
        "oldest_s": round(oldest, 1),
        "spine_lag": max(spine.last_seq() - seen, 0),
    }
