"""A web process: HTTP and live streams by uvicorn on the supervisor's socket.

Uvicorn takes the event loop of uvloop, which is written in C, where that is installed; Windows, which uvloop does not
know, keeps asyncio's own.
"""

from __future__ import annotations

import socket
from types import FrameType

import uvicorn

from fengong.config import asgi
from fengong.config.serving.heads import Http

FINISH_WITHIN = 5  # seconds for requests under way when told to stop


class Server(uvicorn.Server):
    """Uvicorn waits for open responses when it stops; live streams never end by themselves, so they are told to."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asgi.live.close()
        super().handle_exit(sig, frame)


def main(descriptor: str) -> int:
    """Serve on an inherited listening socket until told to stop."""
    Server(settled()).run(sockets=[socket.socket(fileno=int(descriptor))])
    return 0


def settled() -> uvicorn.Config:
    """How uvicorn serves us."""
    return uvicorn.Config(
        asgi.application,
        loop="auto",
        http=Http,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=FINISH_WITHIN,
        timeout_keep_alive=30,
    )
