"""The command line answers at once and survives a broken command."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from fengong.config import cli
from fengong.config.cli import main
from tests.serving import CLI


def test_help_lists_every_command_within_a_second() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    shown = subprocess.run([*CLI, "--help"], capture_output=True, text=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1
    for name in ("serve", "migrate", "manage", "what-if"):
        assert f"  {name} " in shown


def test_a_broken_command_leaves_the_others_working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.py").write_text('"""Do something that cannot be done."""\n\nraise RuntimeError\n')
    monkeypatch.setattr(cli, "COMMANDS", tmp_path)
    shown = CliRunner().invoke(main, ["--help"]).output
    assert "Do something that cannot be done." in shown
    assert CliRunner().invoke(main, ["broken"]).exit_code == 1


def test_an_unknown_command_is_said_to_be_unknown() -> None:
    result = CliRunner().invoke(main, ["fly"])
    assert result.exit_code == 2
    assert "No such command 'fly'" in result.output


def test_manage_passes_options_on() -> None:
    result = CliRunner().invoke(main, ["manage", "check", "--tag", "fengong-has-no-such-tag"])
    assert 'no system check with the "fengong-has-no-such-tag" tag' in str(result.output) + str(
        result.exception
    )
