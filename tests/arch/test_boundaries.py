"""Imports point down, and no contract is bent."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.arch.tree import (
    APPS,
    LAYERS,
    PACKAGE,
    ROOMS,
    ROOT,
    apps_that_stand,
    files,
    name,
    parsed,
    python_files,
    rooms_that_stand,
)

CONTRACTS = {
    "arrows-point-down",
    "pure-engine",
    "one-bridge",
    "engine-acyclic",
    "surfaces-use-verbs",
    "inside-an-app",
    "integrations-apart",
    "settings-stay-home",
}


def _contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_is_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_has_an_ignore():
    assert set(_contracts()) == CONTRACTS
    bent = {"ignore_imports", "exhaustive_ignores", "unmatched_ignore_imports_alerting"}
    assert [key for contract in _contracts().values() for key in contract if key in bent] == []


def test_the_layers_are_those_of_the_house():
    written = [
        layer.replace("(", "").replace(")", "") for layer in _contracts()["arrows-point-down"]["layers"]
    ]
    assert [set(layer.split(" | ")) for layer in written] == [set(layer) for layer in LAYERS]


def test_every_app_that_stands_is_under_the_contracts():
    standing = {".".join(path.relative_to(PACKAGE.parent).parts) for path in apps_that_stand()}
    rooms = {f"fengong.{path.name}" for path in rooms_that_stand() if path.name in APPS}
    assert standing == set(_contracts()["inside-an-app"]["containers"])
    assert set(_contracts()["surfaces-use-verbs"]["allowed_importers"]) <= rooms | {"fengong.kernel"}


def test_every_package_is_a_room_of_the_house():
    assert {path.name for path in rooms_that_stand()} <= ROOMS


def test_migrations_import_none_of_our_code():
    offenders = [
        f"{name(path)}:{node.lineno}"
        for path in files(".py")
        if path.parent.name == "migrations"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and "fengong" in ast.unparse(node)
    ]
    assert offenders == []


def test_models_are_fetched_by_name_only_in_migrations():
    offenders = [
        name(path) for path in python_files("src") if "apps.get_model(" in path.read_text(encoding="utf-8")
    ]
    assert offenders == []


def test_only_the_bridges_name_the_engine():
    """Import-linter sees imports; this sees that nobody loads the engine by a string either."""
    offenders = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("src")
        if PACKAGE / "engine" not in path.parents and "bridge" not in name(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("fengong.engine")
    ]
    assert offenders == []
