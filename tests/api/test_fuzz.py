"""Whatever is sent, the answer is one that the API promises: schemathesis attacks each operation of our OpenAPI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fengong.api.application import api
from tests.api.program import Program, as_member
from tests.world import World

SIGNING = {"sign_in", "sign_out", "issue_token", "revoke_token"}
"""These change who asks."""


def _described() -> Any:
    schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
    schema.app = get_wsgi_application()
    return schema


SCHEMA = _described()
OPERATIONS = [
    pytest.param(found.ok(), id=found.ok().definition.raw["operationId"])
    for found in SCHEMA.get_all_operations()
    if found.ok().definition.raw["operationId"] not in SIGNING
]
IDS = (1, 2, 3, 4, 999, 2**63 - 1)
"""What is named in an address mostly exists, so that the attack gets past the door."""
PROMISES = (
    CHECKS.get_one("not_a_server_error"),
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests run inside the test's transaction, so none of them may close its connection."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def everybody(world: World) -> list[Program]:
    """Somebody for each degree of power, and some tickets for them to act on."""
    programs = [as_member(world, name) for name in ("admin", "li_na", "tang_yun")]
    for number in range(3):
        world.ticket(f"#{number}")
    world.ticket(topic=None)
    return programs


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_input_makes_it_fail(operation: Any, everybody: list[Program]):
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(), who=st.sampled_from(range(len(everybody))), there=st.sampled_from(IDS)
    )
    def send(case: Any, who: int, there: int) -> None:
        case.path_parameters = {
            name: there if isinstance(value, int) else value for name, value in case.path_parameters.items()
        }
        response = case.call(headers=everybody[who].headers)
        case.validate_response(response, checks=list(PROMISES))

    send()
