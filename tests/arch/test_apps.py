"""Every app has the same folders, and every write is a verb."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.arch.tree import PACKAGE, apps_that_stand, name, parsed, python_files

MODULES = {"__init__.py", "apps.py", "events.py", "queries.py", "policies.py", "bridge.py", "tasks.py"}
PLACES = {*MODULES, "models", "actions", "migrations"}
# What an app may keep beside the common places, with the reason.
OWN_PLACES = {
    # what can be done by name, and what a rule can wait for: the words that macros, rules and ladders share
    "automation": {"deeds", "following.py", "occasions.py", "rehearsal.py"},
    "desk": {
        "facts.py",
        "reading",
        "language",
        "verdicts.py",
    },  # events and queries of what hangs on a ticket, one file each would be too long; queries people type
    "dispatch": {
        "grading",
        "situation",
        "comparing",
        "rules",
        "policy_rules.py",
        "move_rules.py",
        "preview",
        "reading",
    },  # bridges to triage and to the dials of routing; what a lead can say about dispatch; reads of moves
    "imports": {"readers", "records.py", "wire"},  # files and APIs of other desks: neither ORM nor engine
    # parsing and composing are pure, the wire is network alone; vault, keep and addresses serve all of it
    "mail": {"reading", "writing", "wire", "vault.py", "keep.py", "addresses.py"},
    "webhooks": {
        "kinds.py",
        "payload.py",
        "wire",
    },  # what can be listened to, what is said, what goes over the wire
    "people": {"backends.py", "reading"},  # how Django finds who is signed in; reads that only pages ask for
    "emergency": {"reading"},  # reads that compute: arrivals, who would be called, what rules become
    "rota": {"reading", "files"},  # reads that compute; rosters as tables and calendars, line by line
    "planning": {
        "replay",
        "whatif",
        "bridge",
        "reading",
        "comparison",
        "coverage",
        "skills",
    },  # recorded logs from files; reads that compute
}


def _apps() -> list[Path]:
    return apps_that_stand()


def test_an_app_has_the_places_of_the_house_and_no_others():
    strangers = [
        f"{app.name}/{path.name}"
        for app in _apps()
        for path in app.iterdir()
        if path.name not in PLACES | OWN_PLACES.get(app.name, set()) and path.name != "__pycache__"
    ]
    assert strangers == []


def test_an_app_with_tables_has_verbs_events_and_policies():
    missing = [
        f"{app.name}/{place}"
        for app in _apps()
        if (app / "models").exists()
        for place in ("actions", "events.py", "policies.py", "queries.py", "migrations")
        if not (app / place).exists()
    ]
    assert missing == []


def _verbs() -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, node)
        for path in python_files(*(f"{name(app)}/actions" for app in _apps()))
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "actor" in _named(node)
    ]


def _named(function: ast.FunctionDef) -> set[str]:
    """What a function takes by name; whoever takes an actor is a verb."""
    return {arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)}


def test_a_verb_is_told_the_time():
    timeless = [
        f"{name(path)}:{node.lineno} {node.name}" for path, node in _verbs() if "at" not in _named(node)
    ]
    assert timeless == []


def test_a_verb_takes_every_fact_by_keyword():
    offenders = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path, node in _verbs()
        if node.args.posonlyargs or node.args.args or node.args.vararg or node.args.kwarg
    ]
    assert offenders == []


def test_events_are_frozen_facts():
    offenders = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python_files("src")
        if path.name == "events.py" and path.parent in _apps()
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef)
        and "frozen=True" not in "".join(map(ast.unparse, node.decorator_list))
    ]
    assert offenders == []


def test_jobs_are_a_few_lines():
    """A job wakes a verb; what it knows stands in tables."""
    offenders = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python_files("src")
        if path.name == "tasks.py" and path.is_relative_to(PACKAGE) and path.parent in _apps()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and len(node.body) > 4
    ]
    assert offenders == []
