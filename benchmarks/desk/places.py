"""Databases to measure on, each new and gone afterwards, and the processes that work on them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from tools import postgres

Env = dict[str, str]


def play(module: str, role: str, env: Env, **words: Any) -> Any:
    """What a process of the benchmark answers."""
    command = [sys.executable, "-m", f"{module}.child", role, json.dumps(words)]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True, timeout=3000)
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def sqlite(names: list[str]) -> Iterator[dict[str, Env]]:
    """Surroundings by name, each with an SQLite file of its own."""
    folder = Path(tempfile.mkdtemp(prefix="fengong-bench-"))
    try:
        for name in names:
            (folder / name).mkdir()
        yield {name: {**os.environ, "FENGONG_DATA": str(folder / name), "DATABASE_URL": ""} for name in names}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgresql(names: list[str]) -> Iterator[dict[str, Env]]:
    """Surroundings by name, each with a database in one cluster that flushes as it does by default."""
    with sqlite(names) as plain, postgres.cluster(durable=True) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}")
        root = url.rsplit("/", 1)[0]
        yield {name: {**plain[name], "DATABASE_URL": f"{root}/{name}"} for name in names}
