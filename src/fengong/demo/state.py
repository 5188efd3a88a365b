"""What the demo remembers between two starts, in a file beside the data that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

NAME = "demo.json"
SEED = 20_260_301


@dataclass(frozen=True, slots=True)
class State:
    """The password of all sign-ins; the moment the past ends, which is the first start, and how many tickets it has."""

    password: str
    first_start: str
    past: int = 2000
    seed: int = SEED

    @property
    def anchor(self) -> datetime:
        """The moment of the first start."""
        return datetime.fromisoformat(self.first_start)


def remembered(folder: Path, *, at: datetime, past: int = 0) -> State:
    """The state in this folder; made with a past of so many tickets, and stored, when there is none."""
    path = folder / NAME
    if path.exists():
        return State(**json.loads(path.read_text("utf-8")))
    folder.mkdir(parents=True, exist_ok=True)
    state = State(password=_password(), first_start=at.isoformat(), past=past)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(state), file)
    return state


def _password() -> str:
    """Three groups that are easy to type, about 60 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
