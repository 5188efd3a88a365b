"""Files, classes, views and pages stay small enough to take in; functions are ruff's part."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.arch.tree import PACKAGE, ROOT, files, name, parsed, python_files, text

CODE, TEST, TEMPLATE, VIEW, PUBLIC_METHODS = 300, 400, 80, 15, 12
DECISION, ARCHITECTURE = 40, 70


def _too_long(paths: tuple[Path, ...] | list[Path], limit: int) -> list[str]:
    lengths = {path: len(text(path).splitlines()) for path in paths}
    return [f"{name(path)}: {length} lines" for path, length in lengths.items() if length > limit]


def test_a_module_has_at_most_300_lines():
    assert _too_long(python_files("src", "tools", "benchmarks"), CODE) == []


def test_a_test_module_has_at_most_400_lines():
    assert _too_long(python_files("tests"), TEST) == []


def test_a_template_has_at_most_80_lines():
    assert _too_long(files(".html"), TEMPLATE) == []


def test_styles_and_scripts_have_at_most_300_lines():
    assert _too_long(files(".css", ".js"), CODE) == []


def test_a_class_has_at_most_12_public_methods():
    offenders = [
        f"{name(path)}: {node.name}"
        for path in python_files("src", "tools", "benchmarks")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and len(_public_methods(node)) > PUBLIC_METHODS
    ]
    assert offenders == []


def _public_methods(node: ast.ClassDef) -> list[str]:
    functions = (item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef))
    return [function.name for function in functions if not function.name.startswith("_")]


def test_a_view_has_at_most_15_lines():
    offenders = [
        f"{name(path)}:{node.lineno} {node.name}: {length} lines"
        for path in python_files("src/fengong/web")
        if path.stem == "views" or path.parent.name == "views"
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and (length := _body_length(node)) > VIEW
    ]
    assert offenders == []


def _body_length(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_kept_small_by_ruff():
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert lint["pylint"]["max-statements"] <= 25
    assert lint["mccabe"]["max-complexity"] <= 8
    assert {"C90", "PL", "TID", "DTZ"} <= set(lint["select"])


def test_the_architecture_fits_one_page():
    page = ROOT / "docs" / "architecture.md"
    assert _too_long([page], ARCHITECTURE) == []
    missing = [
        room
        for room in sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
        if room not in text(page)
    ]
    assert missing == []


def test_decisions_are_short_and_numbered_without_a_gap():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert _too_long(decisions, DECISION) == []
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))


@pytest.mark.parametrize(
    "word", ["utils", "helpers", "managers", "services", "common", "misc", "core", "signals"]
)
def test_no_module_is_a_drawer_for_everything(word: str):
    assert [name(path) for path in files(".py") if word in (path.stem, path.parent.name)] == []
