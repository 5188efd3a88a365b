"""Serve everything: web pages, API, live updates and the worker, as one process tree."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from ipaddress import ip_address

import click

from fengong.config.serving.supervisor import Child, Supervisor, bind, python

CHILD = "fengong.config.serving.child"


@click.command(help="Serve web pages, API, live updates and the worker, as one process tree.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes any free one.")
@click.option(
    "--web", default=1, show_default=True, type=click.IntRange(1, 64), help="Number of web processes."
)
@click.option(
    "--worker/--no-worker", default=True, help="Whether to run the worker here; one is needed somewhere."
)
@click.option("--migrate/--no-migrate", default=True, help="Whether to bring the database up to date first.")
def command(host: str, port: int, web: int, worker: bool, migrate: bool) -> None:
    """Prepare, bind the port, and keep the children running until SIGTERM or SIGINT."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    prepare(migrate=migrate)
    try:
        listening = bind(host, port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host} port {port}: {error.strerror}.") from error
    descriptor = listening.fileno()
    children = [
        Child(
            f"web {number}",
            python(CHILD, "fengong.config.serving.web", str(descriptor)),
            sockets=(descriptor,),
        )
        for number in range(1, web + 1)
    ]
    if worker:
        children.append(Child("worker", python(CHILD, "fengong.config.serving.worker")))
    click.echo(f"Fengong serves at {address(listening, host)}")
    Supervisor(children).run()


def address(listening: socket.socket, host: str) -> str:
    """Where people find it; what is written to customers names it too, unless FENGONG_URL says otherwise."""
    shown = f"[{host}]" if ":" in host else host
    found = f"http://{shown}:{listening.getsockname()[1]}"
    if not _is_everywhere(host):
        os.environ.setdefault("FENGONG_URL", found)
    return found


def _is_everywhere(host: str) -> bool:
    """To listen at all of a machine's addresses is not to have one."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def prepare(*, migrate: bool) -> None:
    """Migrate, or at least check, in a process of its own; what is wrong ends the command."""
    step = (
        ["migrate"]
        if migrate
        else ["manage", "check", "--database", "default", "--tag", "database", "--tag", "serving"]
    )
    done = subprocess.run(python("fengong.config.cli", *step), stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(done.returncode)
