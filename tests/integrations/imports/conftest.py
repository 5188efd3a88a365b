"""Running an import to its end, as the worker would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from fengong.integrations.imports import queries
from fengong.integrations.imports.actions.carrying import carry_on
from fengong.integrations.imports.actions.runs import draft_import, start_import
from fengong.integrations.imports.models import ImportRun
from tests.world import World

Bring = Callable[..., ImportRun]


@pytest.fixture
def bring(world: World, settings: Settings, tmp_path: Any) -> Bring:
    """Draft, start and carry a file to its end; the run as it then stands."""
    settings.MEDIA_ROOT = tmp_path

    def run(
        source: str, content: bytes, *, name: str = "export.json", dry: bool = False, **given: Any
    ) -> ImportRun:
        drafted = draft_import(
            actor=world.admin, source=source, account="acme", file_name=name, content=content, at=world.now,
            settings=given, member=world.admin,
        )  # fmt: skip
        started = start_import(actor=world.admin, run=drafted, dry=dry, at=world.now)
        while not carry_on(actor=world.admin, run=started, at=world.now):
            pass
        found = queries.run(started.pk)
        assert found is not None
        return found

    return run
