"""Django with its middleware and its view in one go on the request's thread.

Left alone, Django's ASGI handler steps from the loop to the thread and back twice for each middleware; that costs more
processor time than most requests need in all. None of our middleware and views has anything to wait for on the loop.
"""

from __future__ import annotations

import threading

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fengong.kernel.line import Line

for moment in (request_started, request_finished):
    moment.disconnect(close_old_connections)  # at each it would have the line checked by a statement
of_thread = threading.local()


class Handler(ASGIHandler):
    """Takes one step to the thread for all that makes the response."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Whatever is asked for, middleware that calls each other plainly."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The response, made on the thread."""
        response: HttpResponseBase = await sync_to_async(self._made)(request)
        return response

    def _made(self, request: HttpRequest) -> HttpResponseBase:
        """The response; the thread's line to the database is looked after now and then."""
        if not hasattr(of_thread, "line"):
            of_thread.line = Line()
        of_thread.line.look_after()
        return self.get_response(request)
