"""The process tree of `fengong serve`, seen from outside."""

from __future__ import annotations

import os
import subprocess

import httpx

from tests.serving import Server


def healthy(server: Server) -> bool:
    """Whether it answers that all is well."""
    try:
        return server.get("/health").status_code == 200
    except httpx.TransportError:
        return False


def children(server: Server) -> dict[str, int]:
    """Process ids of the tree's children, by what they do."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.process.pid)],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    found = {}
    for line in listed.splitlines():
        pid, _, words = line.strip().partition(" ")
        found["worker" if "serving.worker" in words else "web"] = int(pid)
    return found


def alive(pid: int) -> bool:
    """Whether the process still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
