"""A PostgreSQL of our own for as long as it is needed: own folder, own port on loopback, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.place import give_up

# The suite may lose its data when the machine stops; a benchmark of durable writes may not.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, None where there is none."""
    on_path = shutil.which("initdb")
    return newest(Path("/usr/lib/postgresql")) or (Path(on_path).resolve().parent if on_path else None)


def newest(folder: Path) -> Path | None:
    """The programs of the highest version below the folder, where Debian keeps one folder a version."""
    found = [path.parent for path in folder.glob("*/bin/pg_ctl")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a new cluster, give its DATABASE_URL, and stop and remove it at the end, whatever happens.

    `durable` keeps PostgreSQL's own defaults for flushing to disk; without it the cluster is quicker.
    """
    folder = Path(tempfile.mkdtemp(prefix="fengong-postgres-"))
    try:
        owner = _owner()
        if owner is not None:
            os.chown(folder, owner, -1)
        yield from _running(folder, owner, durable)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path, owner: int | None, durable: bool) -> Iterator[str]:
    data, password, port = folder / "data", folder / "password", _free_port()
    word = secrets.token_hex(16)
    password.write_text(word)
    if owner is not None:
        os.chown(password, owner, -1)
    owned = ("--username", "fengong", "--auth", "scram-sha-256", "--pwfile", password)
    text = ("--encoding", "UTF8", "--locale", "C.UTF-8")
    _call(owner, "initdb", "--pgdata", data, *owned, *text, *(() if durable else ("--no-sync",)))
    settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
    options = " ".join(f"-c {setting}" for setting in [*settings, *(() if durable else CARELESS)])
    _call(
        owner,
        "pg_ctl",
        "--pgdata",
        data,
        "--wait",
        "--silent",
        "--log",
        folder / "log",
        "-o",
        options,
        "start",
    )
    try:
        yield f"postgresql://fengong:{word}@127.0.0.1:{port}/postgres"
    finally:
        _call(owner, "pg_ctl", "--pgdata", data, "--wait", "--silent", "--mode", "immediate", "stop")


def _owner() -> int | None:
    """PostgreSQL refuses to run as root: then the user to run it as, else None for whoever we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise give_up("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _call(owner: int | None, program: str, *words: str | Path) -> None:
    folder = programs()
    if folder is None:
        raise give_up("PostgreSQL's server programs are not installed (apt-get install postgresql)")
    command = [folder / program, *words]
    done = subprocess.run(
        command,
        user=owner,
        cwd="/",
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise give_up(f"{program} failed: {done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
