"""A shop's site with the chat in its page, on an origin of its own, as customers meet it."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator

PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Shop</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {desk}; frame-src {desk}"></head>
<body><h1>A shop</h1><p>Things to buy.</p>
<script async src="{desk}/widget.js" data-widget="{token}"></script></body></html>
"""


@contextlib.contextmanager
def shop(desk: str, token: str, language: str = "en") -> Iterator[str]:
    """Serve the page; yields its origin. Its content policy is as strict as a careful site's."""
    content = PAGE.format(desk=desk, token=token, language=language).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content if found else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.2", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.2:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
