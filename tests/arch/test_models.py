"""Models: one noun a file, references point down and leave no trace above."""

from __future__ import annotations

import ast

from django.apps import apps
from django.db import models

from tests.arch.tree import APPS, depth, files, name, parsed

CHECKED = sorted({*APPS, "kernel"})


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("fengong.")]


def _room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_a_file_holds_one_noun():
    offenders = [
        f"{name(path)}: {', '.join(found)}"
        for path in files(".py")
        if path.parent.name == "models"
        and path.stem != "__init__"
        and len(found := _models_in(parsed(path))) != 1
    ]
    assert offenders == []


def _models_in(module: ast.Module) -> list[str]:
    """Classes that are tables: neither choices nor query sets nor managers."""
    bases = {
        node.name: " ".join(ast.unparse(base) for base in node.bases)
        for node in module.body
        if isinstance(node, ast.ClassDef)
    }
    return [
        found
        for found, base in bases.items()
        if not any(word in base for word in ("Choices", "QuerySet", "Manager"))
    ]


def test_references_between_apps_point_down():
    offenders = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _ours()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and _crosses(model, field.related_model)
        and depth(_room(field.related_model)) <= depth(_room(model))
    ]  # fmt: skip
    assert offenders == []


def test_references_between_apps_add_nothing_to_what_they_point_at():
    offenders = [
        f"{model._meta.label}.{field.name}"
        for model in _ours()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and _crosses(model, field.related_model)
        and not field.remote_field.hidden
    ]  # fmt: skip
    assert offenders == []


def _crosses(model: type[models.Model], other: type[models.Model]) -> bool:
    return other.__module__.startswith("fengong.") and _room(model) != _room(other)


def test_save_has_no_side_effects():
    offenders = [
        f"{model._meta.label}.{method}"
        for model in _ours()
        for method in ("save", "delete")
        if method in vars(model)
    ]
    assert offenders == []


def test_every_room_keeps_its_tables_to_itself():
    assert [model._meta.label for model in _ours() if _room(model) not in CHECKED] == []
