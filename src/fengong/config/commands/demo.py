"""Serve a made-up team at work, to look at and try."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import click

from fengong.config.commands.serve import CHILD, address, prepare
from fengong.config.serving.supervisor import Child, Supervisor, bind, python


@click.command(help="Serve a made-up team at work, with customers writing in, to look at and try.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes any free one.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the data; FENGONG_DATA, or var, when not given.",
)
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 50),
    help="How fast customers write and members work.",
)
@click.option(
    "--past",
    default=2000,
    show_default=True,
    type=click.IntRange(0, 100_000),
    help="How many past tickets the first start makes.",
)
def command(port: int, data: Path | None, speed: float, past: int) -> None:
    """Migrate, make what is missing, say who may sign in, and serve until SIGTERM or SIGINT."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if data:
        os.environ["FENGONG_DATA"] = str(data.resolve())
    try:
        listening = bind("127.0.0.1", port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on port {port}: {error.strerror}.") from error
    prepare(migrate=True)
    _make(past)
    descriptor = listening.fileno()
    web = python(CHILD, "fengong.config.serving.web", str(descriptor))
    children = [
        Child("web", web, sockets=(descriptor,)),
        Child("worker", python(CHILD, "fengong.config.serving.worker")),
        Child("demo", python(CHILD, "fengong.demo.stage", str(speed))),
    ]
    click.echo(f"Fengong serves at {address(listening, '127.0.0.1')}")
    Supervisor(children).run()


def _make(past: int) -> None:
    """Make the team and its past in a process of its own; what goes wrong there ends the command."""
    done = subprocess.run(python(CHILD, "fengong.demo.prepare", str(past)), check=False)
    if done.returncode:
        sys.exit(done.returncode)
