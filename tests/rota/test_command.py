"""The command line brings rosters in: a report first, writing when told to."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from fengong.config.commands.roster import command
from fengong.rota.models import PlannedShift
from tests.rota.test_files import GOOD
from tests.world import World


def test_the_command_reports_without_writing_and_writes_when_told(world: World, tmp_path: Path):
    file = tmp_path / "shifts.csv"
    file.write_text(GOOD, encoding="utf-8")
    before = PlannedShift.objects.count()
    assert "Nothing was written" in CliRunner().invoke(command, [str(file)]).output
    assert PlannedShift.objects.count() == before
    assert CliRunner().invoke(command, [str(file), "--write"]).exit_code == 0
    assert PlannedShift.objects.count() == before + 2


def test_the_command_says_by_its_exit_whether_lines_were_refused(world: World, tmp_path: Path):
    file = tmp_path / "shifts.csv"
    file.write_text(GOOD + "Nobody,shift,2026-03-10 09:00,18:00,,,k\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(file)])
    assert (done.exit_code, "Nobody" in done.output) == (1, True)
    file.write_text("nothing", encoding="utf-8")
    assert CliRunner().invoke(command, [str(file)]).exit_code == 2
