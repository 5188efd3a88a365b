"""Django with its middleware and its view in one go on the request's thread.

Left alone, Django's ASGI handler steps from the loop to the thread and back twice for each middleware; that costs more
processor time than most requests need in all. None of our middleware and views has anything to wait for on the loop.
"""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(ASGIHandler):
    """Takes one step to the thread for all that makes the response."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Whatever is asked for, middleware that calls each other plainly."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The response, made on the thread."""
        response: HttpResponseBase = await sync_to_async(self.get_response)(request)
        return response
