"""Addresses of the API, below its version. Whatever is not one of them is a problem of its own."""

from __future__ import annotations

from django.urls import URLPattern, include, path, re_path

from fengong.api.application import api
from fengong.api.guard import guarded, unknown
from fengong.api.mail import hand_in

_patterns, _app_name, _namespace = api.urls
_ours = [pattern for pattern in _patterns if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
for _pattern in _ours:
    _pattern.callback = guarded(_pattern.callback)

urlpatterns = [
    path("", include((_ours, _app_name), namespace=_namespace)),
    path("mail/<str:token>", hand_in),
    re_path(r"", unknown),
]
