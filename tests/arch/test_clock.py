"""Time is an argument: only the clock of the kernel looks at the wall."""

from __future__ import annotations

import ast
import re

from tests.arch.tree import name, parsed, python_files

LOOKS = re.compile(
    r"(^|\.)((datetime|date)\.(now|utcnow|today)|timezone\.(now|localtime|localdate)|time\.time)$"
)
CLOCK = "src/fengong/kernel/clock.py"


def test_nobody_but_the_clock_asks_what_time_it_is():
    offenders = [
        f"{name(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in python_files("src")
        if name(path) != CLOCK
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and _looks(node)
    ]
    assert offenders == []


def _looks(call: ast.Call) -> bool:
    """`timezone.localtime(at)` converts what it is given; without an argument it asks the wall."""
    words = ast.unparse(call.func)
    return bool(LOOKS.search(words)) and not ("local" in words and call.args)


def test_the_engine_brings_no_dice_of_its_own():
    offenders = [
        f"{name(path)}:{node.lineno}"
        for path in python_files("src/fengong/engine")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and _global_dice(node)
    ]
    assert offenders == []


def _global_dice(call: ast.Call) -> bool:
    words = ast.unparse(call.func)
    if words.endswith("default_rng") or words.endswith("SeedSequence"):
        return not call.args
    return bool(re.match(r"(np|numpy)\.random\.[a-z_]+$", words))
