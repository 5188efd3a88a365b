"""Fixtures for every test: a database as in production, quick passwords, the shared cast."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis_settings

from tests.world import World, build_world

# A busy machine is slow, not wrong.
hypothesis_settings.register_profile("fengong", deadline=None, print_blob=True)
hypothesis_settings.load_profile("fengong")


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in tests/e2e needs a browser; a run without one leaves it out by name, not by a skip."""
    folder = Path(__file__).parent / "e2e"
    for item in items:
        if folder in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, for a database in memory has neither WAL nor the locks that production has."""
    given = connections["default"].settings_dict
    if "sqlite" in given["ENGINE"]:
        given["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "fengong.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def files_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests attach lies in a folder that goes with them."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture
def world(db: None) -> World:
    """The shared cast, written down through the verbs; everybody offline until `world.go_online()`."""
    return build_world()
