"""The ASGI application: live streams, then static files, then Django.

Streams and files stand before Django because neither needs its middleware: a stream stays open for hours, and Django
would hand every file through a thread. Files are served from the source folder, so nothing is collected and nothing
goes stale; a browser keeps one for a minute and then asks whether it changed. With FENGONG_DEBUG=1 files are looked up
anew each time, so that an edit shows at once.
"""

from __future__ import annotations

import os
from importlib import import_module
from wsgiref.headers import Headers

import django
from django.conf import settings
from servestatic import ServeStaticASGI

from fengong.config.handler import Handler
from fengong.config.pages import Pages, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengong.config.settings")


def _no_sniffing(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


django.setup(set_prefix=False)
pages = Pages(Handler(), threads=settings.WEB_THREADS)
# By name, for what they import needs the apps that are loaded just above. The addresses are all known before the first
# request, which would wait for them otherwise.
live = import_module("fengong.live.stream").Live()
import_module(settings.ROOT_URLCONF)
files = ServeStaticASGI(
    pages,
    autorefresh=settings.DEBUG,
    max_age=0 if settings.DEBUG else 60,
    allow_all_origins=False,
    add_headers_function=_no_sniffing,
)
for folder in settings.STATICFILES_DIRS:
    files.add_files(folder, prefix=settings.STATIC_URL)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand each request to the part it belongs to."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["path"] == "/live":
        await live(scope, receive, send)
    else:
        await files(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
