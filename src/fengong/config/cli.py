"""The `fengong` command line.

Commands are found by their files and imported only when called, so `fengong --help` answers at once and one broken
command leaves the others working.
"""

from __future__ import annotations

import ast
import os
from importlib import import_module
from pathlib import Path

import click
import django

COMMANDS = Path(__file__).parent / "commands"
WITHOUT_DJANGO = frozenset({"demo", "serve"})
"""A supervisor only starts and watches children, so it stays small."""


class Commands(click.Group):
    """A group whose commands are the files beside it; `what_if.py` is called as what-if."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(path.stem.replace("_", "-") for path in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")
        if cmd_name not in WITHOUT_DJANGO:
            django.setup()
        command: click.Command = import_module(f"fengong.config.commands.{_stem(cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(name)) for name in self.list_commands(ctx)])


def _stem(name: str) -> str:
    return name.replace("-", "_")


def _summary(name: str) -> str:
    """The first docstring line, read without running the file."""
    docstring = ast.get_docstring(ast.parse((COMMANDS / f"{_stem(name)}.py").read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


@click.group(cls=Commands)
@click.version_option(package_name="fengong")
def main() -> None:
    """Fengong, the system a service team runs on: who does what, now and next quarter."""


if __name__ == "__main__":
    main(prog_name="fengong")
