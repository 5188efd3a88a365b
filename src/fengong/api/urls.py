"""Addresses of the API, below its version. Whatever is not one of them is a problem of its own."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from fengong.api.application import api
from fengong.api.guard import guarded, unknown

_patterns, app_name, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = guarded(_pattern.callback)

urlpatterns = [path("", (_patterns, app_name, _namespace)), re_path(r"", unknown)]
