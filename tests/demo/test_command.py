"""`fengong demo` as people start it: a page served, a sign-in that works, customers writing in, a second start."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.config.tree import healthy
from tests.serving import CLI, Server, free_port, wait_for


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Server]:
    found = start(tmp_path)
    try:
        wait_for(lambda: healthy(found), seconds=240)
        yield found
    finally:
        found.kill_group()


def test_it_serves_a_team_at_work_outlives_its_stage_and_starts_again(demo: Server, tmp_path: Path) -> None:
    said = demo.log.read_text("utf-8")
    password = json.loads((tmp_path / "data" / "demo.json").read_text("utf-8"))["password"]
    assert demo.address in said
    assert "lin.jing@fengong.example" in said
    assert password in said
    wait_for(lambda: newest(demo, password) > 8, seconds=120)
    first = wait_for(lambda: stage_of(demo))
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: (pid := stage_of(demo)) and pid != first)
    assert healthy(demo)
    assert demo.stop() == 0
    again = start(tmp_path)
    try:
        wait_for(lambda: healthy(again), seconds=240)
        assert again.log.read_text("utf-8").count(password) == 2
        assert newest(again, password) > 8
    finally:
        again.kill_group()
    assert "Traceback" not in demo.log.read_text("utf-8")


def start(folder: Path) -> Server:
    """A demo with a short past, on a database of its own, in a hurry."""
    port = free_port()
    command = [*CLI, "demo", "--port", str(port), "--data", str(folder / "data"), "--past", "6"]
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given["PYTHONUNBUFFERED"] = "1"
    log = folder / "demo.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--speed", "20"], env=given, stdout=output, stderr=output, start_new_session=True
        )
    return Server(f"http://127.0.0.1:{port}", process, log)


def newest(server: Server, password: str) -> int:
    """The highest ticket number a member sees in the list of all tickets."""
    with httpx.Client(base_url=server.address, follow_redirects=True, timeout=20) as client:
        page = client.get("/sign-in").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "email": "lin.jing@fengong.example", "password": password}
        assert client.post("/sign-in", data=form).status_code == 200
        listed = client.get("/tickets", params={"view": "all"})
    assert listed.status_code == 200
    return max((int(number) for number in re.findall(r"ticket=(\d+)", listed.text)), default=0)


def stage_of(server: Server) -> int | None:
    """The process id of the part that plays customers and members."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.process.pid)],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    for line in listed.splitlines():
        pid, _, words = line.strip().partition(" ")
        if "fengong.demo.stage" in words:
            return int(pid)
    return None
