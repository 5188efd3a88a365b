"""How news is written as server-sent events. Each piece is made once, however many streams it goes to."""

from __future__ import annotations

import json

RESYNC = "resync"


def news(event: str, topic: str, ref: int | None, seq: int) -> bytes:
    """One line of news on one topic."""
    data = json.dumps({"topic": topic, "id": ref, "seq": seq}, separators=(",", ":"))
    return f"event: {event}\ndata: {data}\n\n".encode()


def look_again(topic: str, seq: int) -> bytes:
    """What a topic is told instead of more than a stream can hold."""
    ref = topic.partition(":")[2]
    return news(RESYNC, topic, int(ref) if ref else None, seq)


def here(mark: int) -> bytes:
    """The mark, which ends each chunk: a client that has read less resumes from the one before."""
    return f": here\nid: {mark}\n\n".encode()
