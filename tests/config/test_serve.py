"""`fengong serve` as people start it: it answers, restarts what dies, stops when told, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fengong.config.serving.supervisor import STOP_WITHIN, bind
from tests.config.tree import alive, children, healthy
from tests.live.conftest import cookie_of, listening
from tests.serving import CLI, Server, environment, free_port, start, wait_for
from tests.world import World, build_world


@pytest.fixture
def cast(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def server(cast: World, tmp_path: Path) -> Iterator[Server]:
    found = start(tmp_path / "serve.log", port=free_port())
    try:
        wait_for(lambda: healthy(found), seconds=60)
        yield found
    finally:
        found.kill_group()


def test_it_stops_within_seconds_although_somebody_listens(server: Server, cast: World) -> None:
    before = children(server)
    assert set(before) == {"web", "worker"}
    with listening(server, cookie_of(cast.li_na), "board") as ear:
        ear.settle()
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < STOP_WITHIN
        with pytest.raises((EOFError, httpx.TransportError)):
            ear.next()
    assert not any(alive(pid) for pid in before.values())
    assert "Traceback" not in server.log.read_text()


def test_what_customers_are_told_names_the_address_it_serves_at(server: Server, cast: World) -> None:
    page = server.get("/settings/portal", cookies=cookie_of(cast.admin))
    assert f"{server.address}/portal" in page.text


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_killed_child_comes_back_and_the_rest_goes_on(server: Server, part: str) -> None:
    before = children(server)
    os.kill(before[part], signal.SIGKILL)
    after = wait_for(lambda: (found := children(server)) and len(found) == 2 and found != before and found)
    assert after[part] != before[part]
    other = ({"web", "worker"} - {part}).pop()
    assert after[other] == before[other]
    wait_for(lambda: healthy(server), seconds=60)


def test_children_do_not_outlive_a_killed_supervisor(server: Server) -> None:
    before = children(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(5)
    wait_for(lambda: not any(alive(pid) for pid in before.values()), seconds=20)


def test_a_second_server_on_the_same_port_says_why_it_cannot(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    refused = subprocess.run(
        [*CLI, "serve", "--no-migrate", "--port", port],
        env=environment(), capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert refused.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in refused.stderr
    assert healthy(server)


def test_a_port_that_is_free_in_a_moment_is_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holding:
        port = holding.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            bind("127.0.0.1", port, patience=0.1)
    with bind("127.0.0.1", port, patience=0.1) as listening_again:
        assert listening_again.getsockname()[1] == port
