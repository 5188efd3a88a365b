"""bin/setup skips what is done, does again what changed, and never asks the network for what it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import browser, install


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A set-up of one stage that reads `wish` and makes `thing`; `done` counts its runs."""
    wish, thing, done = tmp_path / "wish", tmp_path / "thing", []
    wish.write_text("one")

    def work() -> None:
        thing.write_text(wish.read_text())
        done.append(wish.read_text())

    monkeypatch.setattr(install, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(install, "stages", lambda wanted: [install.Stage("thing", (wish,), (thing,), work)])
    monkeypatch.setattr("sys.argv", ["bin/setup"])
    return {"done": done, "paths": [str(wish), str(thing)]}


def test_an_unchanged_checkout_is_left_alone(checkout: dict[str, list[str]]):
    install.main()
    install.main()
    assert checkout["done"] == ["one"]


def test_a_change_in_what_a_stage_reads_runs_it_again(checkout: dict[str, list[str]]):
    install.main()
    Path(checkout["paths"][0]).write_text("two")
    install.main()
    assert checkout["done"] == ["one", "two"]


def test_a_lost_result_is_made_again(checkout: dict[str, list[str]]):
    install.main()
    Path(checkout["paths"][1]).unlink()
    install.main()
    assert checkout["done"] == ["one", "one"]


def test_a_spoilt_stamp_means_starting_over(checkout: dict[str, list[str]]):
    install.main()
    install.STAMP.write_text("{")
    install.main()
    assert checkout["done"] == ["one", "one"]


def test_the_fingerprint_tells_absent_from_empty(tmp_path: Path):
    absent = install.fingerprint([tmp_path / "file"])
    (tmp_path / "file").write_text("")
    assert install.fingerprint([tmp_path / "file"]) != absent


def test_the_sprite_holds_each_icon_once_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    icons = tmp_path / "modules" / "lucide-static" / "icons"
    icons.mkdir(parents=True)
    (icons / "dot.svg").write_text('<!-- @license x -->\n<svg\n  class="y"\n>\n  <circle r="1" />\n</svg>\n')
    (tmp_path / "icons.txt").write_text("dot  # the smallest\n\n# none of these\ndot\n")
    monkeypatch.setattr(browser, "MODULES", tmp_path / "modules")
    monkeypatch.setattr(browser, "ICONS", tmp_path / "icons.txt")
    sprite = browser.sprite(browser.icon_names())
    assert sprite.count("<symbol") == 1
    assert 'id="dot"' in sprite and '><circle r="1" /></symbol>' in sprite


def test_an_icon_that_does_not_exist_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(browser, "MODULES", tmp_path)
    with pytest.raises(SystemExit):
        browser.sprite(["no-such-thing"])
    assert "no-such-thing" in capsys.readouterr().err
