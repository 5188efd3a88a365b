"""A web process: HTTP and live streams by uvicorn on the supervisor's socket."""

from __future__ import annotations

import socket
from types import FrameType

import uvicorn

from fengong.config import asgi

FINISH_WITHIN = 5  # seconds for requests under way when told to stop


class Server(uvicorn.Server):
    """Uvicorn waits for open responses when it stops; live streams never end by themselves, so they are told to."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asgi.live.close()
        super().handle_exit(sig, frame)


def main(descriptor: str) -> int:
    """Serve on an inherited listening socket until told to stop."""
    config = uvicorn.Config(
        asgi.application,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=FINISH_WITHIN,
        timeout_keep_alive=30,
    )
    Server(config).run(sockets=[socket.socket(fileno=int(descriptor))])
    return 0
