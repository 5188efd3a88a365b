"""Whatever is sent, the answer is one that the API promises: no operation fails on any input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengong.api.application import api
from tests.api.program import Program, as_member
from tests.world import World

DESCRIBED = api.get_openapi_schema()
SCHEMAS = DESCRIBED["components"]["schemas"]
IDS = st.sampled_from([1, 2, 3, 5, 999, 0, 2**63 - 1, 2**63, 2**64])
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["", "a\x00b", "长" * 300, "2026-13-01T00:00:00Z", "x@y.example"]
)
TIMES = st.datetimes().map(lambda moment: moment.isoformat() + "Z") | TEXTS
NUMBERS = st.integers(-3, 6) | st.sampled_from([2**31, 2**63, -(2**70), 1.5, float("inf")])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def _like(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values close to what the schema wants, and now and then anything."""
    return st.one_of(_fitting(schema), _fitting(schema), _fitting(schema), ANYTHING)


def _fitting(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return _fitting(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if choices := schema.get("anyOf") or schema.get("allOf"):
        return st.one_of([_fitting(choice) for choice in choices])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _of_type(schema)


def _of_type(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            properties = {name: _like(inner) for name, inner in schema.get("properties", {}).items()}
            required = set(schema.get("required", ()))
            must = {name: value for name, value in properties.items() if name in required}
            may = {name: value for name, value in properties.items() if name not in required}
            return st.fixed_dictionaries(must, optional=may)
        case "array":
            return st.lists(_like(schema["items"]), max_size=3)
        case "integer" | "number":
            return IDS if schema.get("maximum", 0) > 10**9 else NUMBERS
        case "null":
            return st.none()
        case _:
            return TIMES if schema.get("format") == "date-time" else TEXTS


def _operations() -> Iterator[Any]:
    for path, operations in DESCRIBED["paths"].items():
        for method, operation in operations.items():
            if operation["operationId"] not in ("sign_in", "sign_out", "issue_token", "revoke_token"):
                yield pytest.param(method.upper(), path, operation, id=operation["operationId"])


@st.composite
def _requests(draw: Any, path: str, operation: dict[str, Any]) -> tuple[str, bytes | None]:
    query = []
    for parameter in operation["parameters"]:
        name = parameter["name"]
        if parameter["in"] == "path":
            path = path.replace("{" + name + "}", str(draw(IDS)))
        elif parameter["in"] == "query" and draw(st.booleans()):
            query.append(f"{name}={quote(str(draw(_like(parameter['schema']))))}")
    if "requestBody" not in operation:
        return f"{path}?{'&'.join(query)}", None
    body = draw(_like(operation["requestBody"]["content"]["application/json"]["schema"]))
    return f"{path}?{'&'.join(query)}", json.dumps(body).encode()


@pytest.fixture
def everybody(world: World) -> list[Program]:
    """Somebody for each degree of power, and some tickets for them to act on."""
    programs = [as_member(world, name) for name in ("admin", "li_na", "tang_yun")]
    for number in range(3):
        world.ticket(f"#{number}")
    world.ticket(topic=None)
    return programs


@pytest.mark.parametrize(("method", "path", "operation"), list(_operations()))
def test_no_input_makes_it_fail(method: str, path: str, operation: dict[str, Any], everybody: list[Program]):
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=_requests(path, operation), who=st.sampled_from(range(len(everybody))))
    def send(request: tuple[str, bytes | None], who: int) -> None:
        program, (address, body) = everybody[who], request
        response = program.client.generic(
            method, address, body or b"", content_type="application/json", headers=program.headers
        )
        promised = operation["responses"].keys()
        if response.status_code < 400:
            assert str(response.status_code) in promised
            assert response.status_code == 204 or response.json() is not None
        else:
            assert response.status_code < 500, (address, body, response.content)
            assert response.headers["Content-Type"] == "application/problem+json"

    send()
