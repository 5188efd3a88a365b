"""The description of the API is what programs build on: it changes only on purpose.

After a change on purpose: fengong openapi > tests/api/openapi.json
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from django.test import Client

from fengong.api.application import api
from fengong.config.commands.openapi import command

KEPT = Path(__file__).with_name("openapi.json")


def _operations() -> list[dict[str, Any]]:
    return [
        operation
        for operations in api.get_openapi_schema()["paths"].values()
        for operation in operations.values()
    ]


def test_the_description_is_the_one_kept():
    assert CliRunner().invoke(command).stdout == KEPT.read_text(encoding="utf-8")


def test_the_description_is_served():
    served = Client().get("/api/v1/openapi.json").json()
    assert served["paths"].keys() == json.loads(KEPT.read_text(encoding="utf-8"))["paths"].keys()


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does():
    names = [operation["operationId"] for operation in _operations()]
    assert len(names) == len(set(names))
    assert [operation["operationId"] for operation in _operations() if "description" not in operation] == []
    assert [
        operation["operationId"] for operation in _operations() if "default" not in operation["responses"]
    ] == []


def test_addresses_are_nouns():
    verbs = {
        "close",
        "assign",
        "resolve",
        "reopen",
        "escalate",
        "create",
        "update",
        "delete",
        "list",
        "get",
        "set",
    }
    paths = api.get_openapi_schema()["paths"]
    assert [path for path in paths if verbs & set(path.split("/"))] == []


def test_every_reference_leads_somewhere():
    described = json.dumps(api.get_openapi_schema())
    schemas = api.get_openapi_schema()["components"]["schemas"]
    named = {part.split('"')[0] for part in described.split("#/components/schemas/")[1:]}
    assert named <= schemas.keys()
