"""What must not stand in the tree: excuses to the tools, addresses of one machine or one network."""

from __future__ import annotations

import re

import pytest

from tests.arch.tree import ROOT, files, name, text


def _spelt(*parts: str) -> str:
    """A forbidden word, put together here so that this file does not hold it."""
    return "".join(parts)


EXCUSES = {
    _spelt("# no", "qa"): "ruff is not argued with",
    _spelt("type: ", "ignore"): "mypy is not argued with",
    _spelt("# ruff", ":"): "ruff is not argued with",
    _spelt("# mypy", ":"): "mypy is not argued with",
    _spelt("pragma: no", " cover"): "code that cannot be tested is not written",
    _spelt("@pytest.mark.", "xfail"): "a test passes or it is not there",
}
ADDRESSES = (
    r"pypi\.\w+",
    r"python" + r"hosted",
    r"registry\.\w+",
    r"npm" + r"mirror",
    r"deb\.debian\.\w+",
    r"(?<![\w.])/(?:root|farm|opt/(?:pypi|wheels))(?![\w-])",
    r"(?<![\w.])/work/",
    r"/(?:home|Users)/[a-z]\w*",
    r"[A-Z]:\\+Users",
    r"\.pyenv",
    r"extra-index" + r"-url",
    r"find-" + r"links",
)


@pytest.mark.parametrize("excuse", EXCUSES)
def test_no_line_asks_a_tool_to_look_away(excuse: str):
    holders = [name(path) for path in files(".py", ".toml", ".html", ".js") if excuse in text(path)]
    assert holders == [], EXCUSES[excuse]


@pytest.mark.parametrize("pattern", ADDRESSES)
def test_nothing_of_one_machine_or_network_is_committed(pattern: str):
    here = name(ROOT / "tests" / "arch" / "test_tree.py")
    holders = [
        f"{name(path)}: {found.group()}"
        for path in files()
        if name(path) != here and (found := re.search(pattern, text(path)))
    ]
    assert holders == []


def test_pins_hold_versions_and_hashes_and_no_address():
    pins = [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]
    assert len(pins) >= 5
    assert [name(path) for path in pins if "://" in text(path) or '"resolved"' in text(path)] == []


def test_every_pin_has_its_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        pinned = re.findall(r"^([\w.\[\]-]+)==", text(path), re.MULTILINE)
        unhashed = re.findall(r"^[\w.\[\]-]+==[^\\\n]*$", text(path), re.MULTILINE)
        assert pinned and not unhashed, name(path)


def test_the_development_pins_agree_with_the_runtime_pins():
    runtime, dev = (
        set(
            re.findall(
                r"^\S+==\S+(?: ; [^\\\n]*\S)?", text(ROOT / "requirements" / f"{which}.txt"), re.MULTILINE
            )
        )
        for which in ("runtime", "dev")
    )
    assert runtime <= dev


def test_files_stay_small():
    """A picture may be large; what the API promises and what pages say is long; data belong elsewhere."""
    limits = {".png": 600_000, ".svg": 200_000, ".po": 400_000, "openapi.json": 500_000}
    heavy = [
        name(path)
        for path in files()
        if path.stat().st_size > limits.get(path.name, limits.get(path.suffix, 150_000))
    ]
    assert [path for path in heavy if not path.startswith("requirements/")] == []
