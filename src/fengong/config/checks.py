"""System checks: what must hold before the product may serve."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from fengong.config.sqlite import is_safe

SERVING = "serving"
"""The tag of these checks: `fengong serve` asks for them even where it leaves the long ones out."""


@register(SERVING)
def sqlite_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a SQLite build that can corrupt the database."""
    uses_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    if not uses_sqlite or is_safe(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode.",
            hint="Install the pysqlite3 wheel that the requirements pin, or set DATABASE_URL to PostgreSQL.",
            id="fengong.E001",
        )
    ]
